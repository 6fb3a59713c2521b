/*
 * Lanes in AVX-512 (F, DQ, BW, VL): one register of sixteen floats, or two of eight doubles, always in plain order.
 *
 * Precision: as terms.h says, every operation rounded once to nearest, multiply-adds fused, nothing flushed to zero. Widening is exact. The processor's own bfloat16
 * products (AVX512_BF16) flush subnormals and round as they like, so they are not used.
 */
#ifndef LC_LANES_H
#define LC_LANES_H

#include "x86_trees.h"

#include <stdint.h>
#include <string.h>

#define LC_TIER_NAME avx512

/* How many sets of lanes are kept in registers together, of 32 registers: four rows of up to six reductions. */
#define LC_AT_ONCE_F32 24
#define LC_AT_ONCE_F64 12

/* Reductions that a kernel does together, for which there are registers enough. */
#define LC_TOGETHER_F32 6
#define LC_TOGETHER_F64 6

/* Rows and others that pairs.h holds against each other at a time: 16 sets of lanes, or 8, in 16 registers. */
#define LC_PAIR_ROWS_F32 4
#define LC_PAIR_COLUMNS_F32 4
#define LC_PAIR_ROWS_F64 2
#define LC_PAIR_COLUMNS_F64 4

typedef struct {
    __m512 v;
} f32x16;

typedef struct {
    __m512d a, b; /* lanes 0-7 and 8-15 */
} f64x16;

#define LC_F32(v) ((f32x16){v})
#define LC_F64(a, b) ((f64x16){a, b})

static inline __m256i lc_load256(const char *p) { return _mm256_loadu_si256((const __m256i *)(const void *)p); }

static inline f32x16 f32x16_load_f32(const char *p) { return LC_F32(_mm512_loadu_ps((const void *)p)); }
static inline f32x16 f32x16_load_f16(const char *p) { return LC_F32(_mm512_cvtph_ps(lc_load256(p))); }
/* One permutation puts every element into the upper half of its lane and zeros into the lower: half of what widening and shifting take. */
static inline f32x16 f32x16_load_bf16(const char *p) {
    const __m512i upper = _mm512_set_epi16(15, 0, 14, 0, 13, 0, 12, 0, 11, 0, 10, 0, 9, 0, 8, 0, 7, 0, 6, 0, 5, 0, 4, 0, 3, 0, 2, 0, 1, 0, 0, 0);
    return LC_F32(_mm512_castsi512_ps(_mm512_maskz_permutexvar_epi16(0xaaaaaaaa, upper, _mm512_castsi256_si512(lc_load256(p)))));
}
static inline f32x16 f32x16_plain_bf16(const char *p) { return f32x16_load_bf16(p); }
static inline void f32x16_store(char *p, f32x16 x) { _mm512_storeu_ps((void *)p, x.v); }

/* Rows widened to float32 are kept in plain order. */
#define LC_ARRANGEMENT(DTYPE)                                                                                                                          \
    static inline f32x16 f32x16_fixed_##DTYPE(const char *p) { return f32x16_load_f32(p); }                                                            \
    static inline void f32x16_arrange_##DTYPE(char *p, f32x16 x) { f32x16_store(p, x); }
LC_ARRANGEMENT(bf16)
LC_ARRANGEMENT(f16)
LC_ARRANGEMENT(f32)

static inline f32x16 f32x16_set(float a) { return LC_F32(_mm512_set1_ps(a)); }
static inline f32x16 f32x16_sub(f32x16 x, f32x16 y) { return LC_F32(_mm512_sub_ps(x.v, y.v)); }
static inline f32x16 f32x16_add(f32x16 x, f32x16 y) { return LC_F32(_mm512_add_ps(x.v, y.v)); }
static inline f32x16 f32x16_mul(f32x16 x, f32x16 y) { return LC_F32(_mm512_mul_ps(x.v, y.v)); }
static inline f32x16 f32x16_fma(f32x16 x, f32x16 y, f32x16 z) { return LC_F32(_mm512_fmadd_ps(x.v, y.v, z.v)); }
/* x where the mask is set, else y. Masks are registers of bits, which stay for many steps; mask registers would be made anew in each. */
static inline f32x16 f32x16_mask(int set) { return LC_F32(_mm512_castsi512_ps(_mm512_set1_epi32(-(set != 0)))); }
static inline f32x16 f32x16_select(f32x16 mask, f32x16 x, f32x16 y) {
    return LC_F32(_mm512_castsi512_ps(
        _mm512_ternarylogic_epi32(_mm512_castps_si512(mask.v), _mm512_castps_si512(x.v), _mm512_castps_si512(y.v), 0xca)));
}
static inline f32x16 f32x16_abs(f32x16 x) { return LC_F32(_mm512_abs_ps(x.v)); }

/* max |x|, y by their bits, which order as the numbers do: a NaN is above infinity and stays. y is a magnitude already. */
static inline f32x16 f32x16_max_abs(f32x16 x, f32x16 y) {
    return LC_F32(_mm512_castsi512_ps(_mm512_max_epi32(_mm512_castps_si512(f32x16_abs(x).v), _mm512_castps_si512(y.v))));
}
static inline __m128i lc_most_four(f32x16 x) {
    const __m512i all = _mm512_castps_si512(x.v);
    const __m256i eight = _mm256_max_epi32(_mm512_castsi512_si256(all), _mm512_extracti64x4_epi64(all, 1));
    return _mm_max_epi32(_mm256_castsi256_si128(eight), _mm256_extracti128_si256(eight, 1));
}
LC_KEEP_MOST32(lc_most_four)

/* The tree: lanes j and j + 8, then j + 4, which leaves four. */
static inline __m128 lc_four(f32x16 x) {
    __m256 eight = _mm256_add_ps(_mm512_castps512_ps256(x.v), _mm512_extractf32x8_ps(x.v, 1));
    return _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
}
LC_ADD_SUMS(bf16, lc_four)
LC_ADD_SUMS(f16, lc_four)
LC_ADD_SUMS(f32, lc_four)

static inline f64x16 lc_widen_ps(f32x16 x) { return LC_F64(_mm512_cvtps_pd(_mm512_castps512_ps256(x.v)), _mm512_cvtps_pd(_mm512_extractf32x8_ps(x.v, 1))); }

static inline f64x16 f64x16_load_f64(const char *p) { return LC_F64(_mm512_loadu_pd((const void *)p), _mm512_loadu_pd((const void *)(p + 64))); }
static inline f64x16 f64x16_load_f32(const char *p) { return lc_widen_ps(f32x16_load_f32(p)); }
static inline f64x16 f64x16_load_f16(const char *p) { return lc_widen_ps(f32x16_load_f16(p)); }
static inline f64x16 f64x16_load_bf16(const char *p) { return lc_widen_ps(f32x16_load_bf16(p)); }
static inline f64x16 f64x16_fixed_f32(const char *p) { return f64x16_load_f32(p); }
static inline f64x16 f64x16_fixed_f16(const char *p) { return f64x16_load_f32(p); }
static inline f64x16 f64x16_fixed_bf16(const char *p) { return f64x16_load_f32(p); }
static inline void f64x16_store(char *p, f64x16 x) {
    _mm512_storeu_pd((void *)p, x.a);
    _mm512_storeu_pd((void *)(p + 64), x.b);
}

static inline f64x16 f64x16_set(double a) { return LC_F64(_mm512_set1_pd(a), _mm512_set1_pd(a)); }
static inline f64x16 f64x16_sub(f64x16 x, f64x16 y) { return LC_F64(_mm512_sub_pd(x.a, y.a), _mm512_sub_pd(x.b, y.b)); }
static inline f64x16 f64x16_add(f64x16 x, f64x16 y) { return LC_F64(_mm512_add_pd(x.a, y.a), _mm512_add_pd(x.b, y.b)); }
static inline f64x16 f64x16_mul(f64x16 x, f64x16 y) { return LC_F64(_mm512_mul_pd(x.a, y.a), _mm512_mul_pd(x.b, y.b)); }
static inline f64x16 f64x16_fma(f64x16 x, f64x16 y, f64x16 z) { return LC_F64(_mm512_fmadd_pd(x.a, y.a, z.a), _mm512_fmadd_pd(x.b, y.b, z.b)); }
static inline f64x16 f64x16_mask(int set) { return f64x16_set(_mm_cvtsd_f64(_mm_castsi128_pd(_mm_set1_epi64x(-(set != 0))))); }
static inline __m512d lc_select_pd(__m512d mask, __m512d x, __m512d y) {
    return _mm512_castsi512_pd(_mm512_ternarylogic_epi64(_mm512_castpd_si512(mask), _mm512_castpd_si512(x), _mm512_castpd_si512(y), 0xca));
}
static inline f64x16 f64x16_select(f64x16 mask, f64x16 x, f64x16 y) { return LC_F64(lc_select_pd(mask.a, x.a, y.a), lc_select_pd(mask.b, x.b, y.b)); }
static inline f64x16 f64x16_abs(f64x16 x) { return LC_F64(_mm512_abs_pd(x.a), _mm512_abs_pd(x.b)); }

static inline __m512d lc_max_pd(__m512d x, __m512d y) {
    return _mm512_castsi512_pd(_mm512_max_epi64(_mm512_castpd_si512(x), _mm512_castpd_si512(y)));
}
static inline f64x16 f64x16_max_abs(f64x16 x, f64x16 y) {
    f64x16 magnitude = f64x16_abs(x);
    return LC_F64(lc_max_pd(magnitude.a, y.a), lc_max_pd(magnitude.b, y.b));
}
static inline double f64x16_most(f64x16 x) {
    long long most = _mm512_reduce_max_epi64(_mm512_castpd_si512(lc_max_pd(x.a, x.b)));
    return _mm_cvtsd_f64(_mm_castsi128_pd(_mm_cvtsi64_si128(most)));
}
LC_KEEP_MOST(f64x16)

static inline double f64x16_sum(f64x16 x) {
    __m512d eight = _mm512_add_pd(x.a, x.b);
    __m256d four = _mm256_add_pd(_mm512_castpd512_pd256(eight), _mm512_extractf64x4_pd(eight, 1));
    __m128d two = _mm_add_pd(_mm256_castpd256_pd128(four), _mm256_extractf128_pd(four, 1));
    return _mm_cvtsd_f64(_mm_add_sd(two, _mm_unpackhi_pd(two, two)));
}
LC_ADD_SUMS64(bf16)
LC_ADD_SUMS64(f16)
LC_ADD_SUMS64(f32)
LC_ADD_SUMS64(f64)

/* For logits: x where it is above y, else y, and so y where x is NaN; then the largest of lanes without a NaN. */
static inline f64x16 f64x16_larger(f64x16 x, f64x16 y) { return LC_F64(_mm512_max_pd(x.a, y.a), _mm512_max_pd(x.b, y.b)); }
static inline double f64x16_largest(f64x16 x) { return _mm512_reduce_max_pd(_mm512_max_pd(x.a, x.b)); }
/* x times 2^k, k the whole number in the lowest bits of `shifted`. */
static inline __m512d lc_scaled_pd(__m512d x, __m512d shifted) {
    return _mm512_castsi512_pd(_mm512_add_epi64(_mm512_castpd_si512(x), _mm512_slli_epi64(_mm512_castpd_si512(shifted), 52)));
}
static inline f64x16 f64x16_scaled(f64x16 x, f64x16 shifted) { return LC_F64(lc_scaled_pd(x.a, shifted.a), lc_scaled_pd(x.b, shifted.b)); }
/* 0 where u is below the bound, else x: a NaN stays one. */
static inline __m512d lc_unless_below(__m512d u, double bound, __m512d x) {
    return _mm512_maskz_mov_pd(_mm512_cmp_pd_mask(u, _mm512_set1_pd(bound), _CMP_NLT_UQ), x);
}
static inline f64x16 f64x16_unless_below(f64x16 u, double bound, f64x16 x) { return LC_F64(lc_unless_below(u.a, bound, x.a), lc_unless_below(u.b, bound, x.b)); }
/* `near` where |g| is within the bound, else `far`, and so where g is NaN. */
static inline __m512d lc_if_within(__m512d g, double bound, __m512d near, __m512d far) {
    return _mm512_mask_mov_pd(far, _mm512_cmp_pd_mask(_mm512_abs_pd(g), _mm512_set1_pd(bound), _CMP_LE_OQ), near);
}
static inline f64x16 f64x16_if_within(f64x16 g, double bound, f64x16 near, f64x16 far) {
    return LC_F64(lc_if_within(g.a, bound, near.a, far.a), lc_if_within(g.b, bound, near.b, far.b));
}

/* `bytes` is a whole number of 128. */
static inline uint64_t lc_checksum(const char *p, int64_t bytes, int64_t stride, int64_t streams) {
    __m512i x[2] = {_mm512_setzero_si512(), _mm512_setzero_si512()};
    for (int64_t i = 0; i + 128 <= bytes; i += 128) {
        for (int64_t s = 0; s < streams; s++) {
            const char *q = p + s * stride + i;
            lc_prefetch(q + 1024);
            lc_prefetch(q + 1088);
            for (int k = 0; k < 2; k++) {
                x[k] = _mm512_xor_si512(x[k], _mm512_loadu_si512((const void *)(q + 64 * k)));
            }
        }
    }
    uint64_t parts[8], sum = 0;
    _mm512_storeu_si512((void *)parts, _mm512_xor_si512(x[0], x[1]));
    for (int k = 0; k < 8; k++) {
        sum ^= parts[k];
    }
    return sum;
}

static inline f32x16 f32x16_once(f32x16 x) { return x; }
static inline f64x16 f64x16_once(f64x16 x) { return x; }

#endif
