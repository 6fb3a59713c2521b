/*
 * Lanes in AVX2, FMA and F16C: two registers of eight floats, or four of four doubles.
 *
 * Precision: as terms.h says, every operation rounded once to nearest, multiply-adds fused, nothing flushed to zero. Widening is exact.
 *
 * bfloat16 is read as pairs: one shift gives the even elements, one mask the odd ones, where widening in order takes twice the instructions. A row widened for
 * bfloat16 states is therefore kept even elements first in every 16, and the tree puts the lanes back in order.
 */
#ifndef LC_LANES_H
#define LC_LANES_H

#include "x86_trees.h"

#include <stdint.h>
#include <string.h>

#define LC_TIER_NAME avx2

/* How many sets of lanes are kept in registers together: 8 of the 16 registers, enough to hide the latency of the additions. */
#define LC_AT_ONCE_F32 4
#define LC_AT_ONCE_F64 2

/* Reductions that a kernel does together, for which there are registers enough. */
#define LC_TOGETHER_F32 3
#define LC_TOGETHER_F64 3

/* Rows and others that pairs.h holds against each other at a time: 8 of the 16 registers for their lanes. */
#define LC_PAIR_ROWS_F32 2
#define LC_PAIR_COLUMNS_F32 2
#define LC_PAIR_ROWS_F64 2
#define LC_PAIR_COLUMNS_F64 1

typedef struct {
    __m256 a, b; /* lanes 0-7 and 8-15; of bfloat16, the even and the odd ones */
} f32x16;

typedef struct {
    __m256d a, b, c, d; /* lanes 0-3, 4-7, 8-11, 12-15 */
} f64x16;

#define LC_F32(a, b) ((f32x16){a, b})

static inline __m128i lc_load128(const char *p) { return _mm_loadu_si128((const __m128i *)(const void *)p); }
static inline __m128i lc_load64(const char *p) { return _mm_loadl_epi64((const __m128i *)(const void *)p); }

static inline f32x16 f32x16_load_f32(const char *p) {
    return LC_F32(_mm256_loadu_ps((const float *)(const void *)p), _mm256_loadu_ps((const float *)(const void *)(p + 32)));
}

static inline f32x16 f32x16_load_f16(const char *p) { return LC_F32(_mm256_cvtph_ps(lc_load128(p)), _mm256_cvtph_ps(lc_load128(p + 16))); }

static inline f32x16 f32x16_load_bf16(const char *p) {
    __m256i pairs = _mm256_loadu_si256((const __m256i *)(const void *)p);
    __asm__("" : "+x"(pairs)); /* one load, not one for each use */
    return LC_F32(_mm256_castsi256_ps(_mm256_slli_epi32(pairs, 16)),
                  _mm256_castsi256_ps(_mm256_and_si256(pairs, _mm256_set1_epi32((int)0xffff0000u))));
}

/* Even and odd lanes to plain order and back. */
static inline f32x16 lc_interleave(f32x16 p) {
    __m256 low = _mm256_unpacklo_ps(p.a, p.b), high = _mm256_unpackhi_ps(p.a, p.b);
    return LC_F32(_mm256_permute2f128_ps(low, high, 0x20), _mm256_permute2f128_ps(low, high, 0x31));
}

static inline f32x16 lc_deinterleave(f32x16 p) {
    __m256 even = _mm256_shuffle_ps(p.a, p.b, 0x88), odd = _mm256_shuffle_ps(p.a, p.b, 0xdd);
    return LC_F32(_mm256_castpd_ps(_mm256_permute4x64_pd(_mm256_castps_pd(even), 0xd8)),
                  _mm256_castpd_ps(_mm256_permute4x64_pd(_mm256_castps_pd(odd), 0xd8)));
}

static inline f32x16 f32x16_plain_bf16(const char *p) { return lc_interleave(f32x16_load_bf16(p)); }

static inline void f32x16_store(char *p, f32x16 v) {
    _mm256_storeu_ps((float *)(void *)p, v.a);
    _mm256_storeu_ps((float *)(void *)(p + 32), v.b);
}

/* Rows widened to float32, arranged for the type of the states. The argument of arrange is in plain order. */
static inline f32x16 f32x16_fixed_bf16(const char *p) { return f32x16_load_f32(p); }
static inline f32x16 f32x16_fixed_f16(const char *p) { return f32x16_load_f32(p); }
static inline f32x16 f32x16_fixed_f32(const char *p) { return f32x16_load_f32(p); }
static inline void f32x16_arrange_bf16(char *p, f32x16 v) { f32x16_store(p, lc_deinterleave(v)); }
static inline void f32x16_arrange_f16(char *p, f32x16 v) { f32x16_store(p, v); }
static inline void f32x16_arrange_f32(char *p, f32x16 v) { f32x16_store(p, v); }

static inline f32x16 f32x16_set(float a) { return LC_F32(_mm256_set1_ps(a), _mm256_set1_ps(a)); }
static inline f32x16 f32x16_sub(f32x16 x, f32x16 y) { return LC_F32(_mm256_sub_ps(x.a, y.a), _mm256_sub_ps(x.b, y.b)); }
static inline f32x16 f32x16_add(f32x16 x, f32x16 y) { return LC_F32(_mm256_add_ps(x.a, y.a), _mm256_add_ps(x.b, y.b)); }
static inline f32x16 f32x16_mul(f32x16 x, f32x16 y) { return LC_F32(_mm256_mul_ps(x.a, y.a), _mm256_mul_ps(x.b, y.b)); }
static inline f32x16 f32x16_fma(f32x16 x, f32x16 y, f32x16 z) {
    return LC_F32(_mm256_fmadd_ps(x.a, y.a, z.a), _mm256_fmadd_ps(x.b, y.b, z.b));
}

/* x where the mask is set, else y. */
static inline f32x16 f32x16_mask(int set) { return f32x16_set(_mm_cvtss_f32(_mm_castsi128_ps(_mm_set1_epi32(-(set != 0))))); }
static inline f32x16 f32x16_select(f32x16 mask, f32x16 x, f32x16 y) {
    return LC_F32(_mm256_blendv_ps(y.a, x.a, mask.a), _mm256_blendv_ps(y.b, x.b, mask.a));
}

static inline f32x16 f32x16_abs(f32x16 x) {
    __m256 magnitude = _mm256_castsi256_ps(_mm256_set1_epi32(0x7fffffff));
    return LC_F32(_mm256_and_ps(x.a, magnitude), _mm256_and_ps(x.b, magnitude));
}

/* max |x|, |y| by their bits, which order as the numbers do: a NaN is above infinity and stays. y is a magnitude already. */
static inline __m256 lc_max_ps(__m256 x, __m256 y) { return _mm256_castsi256_ps(_mm256_max_epi32(_mm256_castps_si256(x), _mm256_castps_si256(y))); }
static inline f32x16 f32x16_max_abs(f32x16 x, f32x16 y) {
    f32x16 magnitude = f32x16_abs(x);
    return LC_F32(lc_max_ps(magnitude.a, y.a), lc_max_ps(magnitude.b, y.b));
}
static inline __m128i lc_most_four(f32x16 v) {
    __m256i eight = _mm256_max_epi32(_mm256_castps_si256(v.a), _mm256_castps_si256(v.b));
    return _mm_max_epi32(_mm256_castsi256_si128(eight), _mm256_extracti128_si256(eight, 1));
}
LC_KEEP_MOST32(lc_most_four)

/* The tree: lanes j and j + 8, then j + 4, which leaves four. */
static inline __m128 lc_halves_added(__m256 v) { return _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1)); }
static inline __m128 lc_four_f32(f32x16 v) { return lc_halves_added(_mm256_add_ps(v.a, v.b)); }
static inline __m128 lc_four_bf16(f32x16 v) {
    __m128 even = lc_halves_added(v.a), odd = lc_halves_added(v.b);
    return _mm_add_ps(_mm_unpacklo_ps(even, odd), _mm_unpackhi_ps(even, odd));
}

LC_ADD_SUMS(bf16, lc_four_bf16)
LC_ADD_SUMS(f16, lc_four_f32)
LC_ADD_SUMS(f32, lc_four_f32)

/* float64 lanes are always in plain order. */
#define LC_F64(a, b, c, d) ((f64x16){a, b, c, d})

static inline f64x16 lc_widen_ps(f32x16 v) {
    return LC_F64(_mm256_cvtps_pd(_mm256_castps256_ps128(v.a)), _mm256_cvtps_pd(_mm256_extractf128_ps(v.a, 1)),
                  _mm256_cvtps_pd(_mm256_castps256_ps128(v.b)), _mm256_cvtps_pd(_mm256_extractf128_ps(v.b, 1)));
}

static inline f64x16 f64x16_load_f64(const char *p) {
    const double *q = (const double *)(const void *)p;
    return LC_F64(_mm256_loadu_pd(q), _mm256_loadu_pd(q + 4), _mm256_loadu_pd(q + 8), _mm256_loadu_pd(q + 12));
}
static inline f64x16 f64x16_load_f32(const char *p) { return lc_widen_ps(f32x16_load_f32(p)); }
static inline f64x16 f64x16_load_f16(const char *p) { return lc_widen_ps(f32x16_load_f16(p)); }
static inline f64x16 f64x16_load_bf16(const char *p) { return lc_widen_ps(lc_interleave(f32x16_load_bf16(p))); }

static inline f64x16 f64x16_fixed_f32(const char *p) { return lc_widen_ps(f32x16_load_f32(p)); }
static inline f64x16 f64x16_fixed_f16(const char *p) { return lc_widen_ps(f32x16_load_f32(p)); }
static inline f64x16 f64x16_fixed_bf16(const char *p) { return lc_widen_ps(lc_interleave(f32x16_load_f32(p))); }

static inline void f64x16_store(char *p, f64x16 v) {
    double *q = (double *)(void *)p;
    _mm256_storeu_pd(q, v.a);
    _mm256_storeu_pd(q + 4, v.b);
    _mm256_storeu_pd(q + 8, v.c);
    _mm256_storeu_pd(q + 12, v.d);
}

#define LC_EACH64(op, x, y) LC_F64(op(x.a, y.a), op(x.b, y.b), op(x.c, y.c), op(x.d, y.d))

static inline f64x16 f64x16_set(double a) {
    __m256d v = _mm256_set1_pd(a);
    return LC_F64(v, v, v, v);
}
static inline f64x16 f64x16_sub(f64x16 x, f64x16 y) { return LC_EACH64(_mm256_sub_pd, x, y); }
static inline f64x16 f64x16_add(f64x16 x, f64x16 y) { return LC_EACH64(_mm256_add_pd, x, y); }
static inline f64x16 f64x16_mul(f64x16 x, f64x16 y) { return LC_EACH64(_mm256_mul_pd, x, y); }
static inline f64x16 f64x16_fma(f64x16 x, f64x16 y, f64x16 z) {
    return LC_F64(_mm256_fmadd_pd(x.a, y.a, z.a), _mm256_fmadd_pd(x.b, y.b, z.b), _mm256_fmadd_pd(x.c, y.c, z.c), _mm256_fmadd_pd(x.d, y.d, z.d));
}
static inline f64x16 f64x16_mask(int set) { return f64x16_set(_mm_cvtsd_f64(_mm_castsi128_pd(_mm_set1_epi64x(-(set != 0))))); }
static inline f64x16 f64x16_select(f64x16 mask, f64x16 x, f64x16 y) {
    return LC_F64(_mm256_blendv_pd(y.a, x.a, mask.a), _mm256_blendv_pd(y.b, x.b, mask.a), _mm256_blendv_pd(y.c, x.c, mask.a),
                  _mm256_blendv_pd(y.d, x.d, mask.a));
}

static inline __m256d lc_abs_pd(__m256d x) { return _mm256_and_pd(x, _mm256_castsi256_pd(_mm256_set1_epi64x(0x7fffffffffffffff))); }
static inline f64x16 f64x16_abs(f64x16 x) { return LC_F64(lc_abs_pd(x.a), lc_abs_pd(x.b), lc_abs_pd(x.c), lc_abs_pd(x.d)); }

static inline __m256d lc_max_pd(__m256d x, __m256d y) {
    return _mm256_blendv_pd(y, x, _mm256_castsi256_pd(_mm256_cmpgt_epi64(_mm256_castpd_si256(x), _mm256_castpd_si256(y))));
}
static inline f64x16 f64x16_max_abs(f64x16 x, f64x16 y) { return LC_EACH64(lc_max_pd, f64x16_abs(x), y); }
static inline double f64x16_most(f64x16 v) {
    __m256d four = lc_max_pd(lc_max_pd(v.a, v.b), lc_max_pd(v.c, v.d));
    __m256d two = lc_max_pd(four, _mm256_permute2f128_pd(four, four, 1));
    return _mm256_cvtsd_f64(lc_max_pd(two, _mm256_permute_pd(two, 5)));
}
LC_KEEP_MOST(f64x16)

static inline double f64x16_sum(f64x16 v) {
    __m256d four = _mm256_add_pd(_mm256_add_pd(v.a, v.c), _mm256_add_pd(v.b, v.d));
    __m128d two = _mm_add_pd(_mm256_castpd256_pd128(four), _mm256_extractf128_pd(four, 1));
    return _mm_cvtsd_f64(_mm_add_sd(two, _mm_unpackhi_pd(two, two)));
}

LC_ADD_SUMS64(bf16)
LC_ADD_SUMS64(f16)
LC_ADD_SUMS64(f32)
LC_ADD_SUMS64(f64)

/* For logits: x where it is above y, else y, and so y where x is NaN; then the largest of lanes without a NaN. */
static inline f64x16 f64x16_larger(f64x16 x, f64x16 y) { return LC_EACH64(_mm256_max_pd, x, y); }
static inline double f64x16_largest(f64x16 v) {
    __m256d four = _mm256_max_pd(_mm256_max_pd(v.a, v.b), _mm256_max_pd(v.c, v.d));
    __m128d two = _mm_max_pd(_mm256_castpd256_pd128(four), _mm256_extractf128_pd(four, 1));
    return _mm_cvtsd_f64(_mm_max_sd(two, _mm_unpackhi_pd(two, two)));
}
/* x times 2^k, k the whole number in the lowest bits of `shifted`. */
static inline __m256d lc_scaled_pd(__m256d x, __m256d shifted) {
    return _mm256_castsi256_pd(_mm256_add_epi64(_mm256_castpd_si256(x), _mm256_slli_epi64(_mm256_castpd_si256(shifted), 52)));
}
static inline f64x16 f64x16_scaled(f64x16 x, f64x16 shifted) { return LC_EACH64(lc_scaled_pd, x, shifted); }
/* 0 where u is below the bound, else x: a NaN stays one. */
static inline __m256d lc_unless_below(__m256d u, double bound, __m256d x) {
    return _mm256_and_pd(_mm256_cmp_pd(u, _mm256_set1_pd(bound), _CMP_NLT_UQ), x);
}
static inline f64x16 f64x16_unless_below(f64x16 u, double bound, f64x16 x) {
    return LC_F64(lc_unless_below(u.a, bound, x.a), lc_unless_below(u.b, bound, x.b), lc_unless_below(u.c, bound, x.c), lc_unless_below(u.d, bound, x.d));
}
/* `near` where |g| is within the bound, else `far`, and so where g is NaN. */
static inline __m256d lc_if_within(__m256d g, double bound, __m256d near, __m256d far) {
    return _mm256_blendv_pd(far, near, _mm256_cmp_pd(lc_abs_pd(g), _mm256_set1_pd(bound), _CMP_LE_OQ));
}
static inline f64x16 f64x16_if_within(f64x16 g, double bound, f64x16 near, f64x16 far) {
    return LC_F64(lc_if_within(g.a, bound, near.a, far.a), lc_if_within(g.b, bound, near.b, far.b), lc_if_within(g.c, bound, near.c, far.c),
                  lc_if_within(g.d, bound, near.d, far.d));
}

/* `bytes` is a whole number of 128. */
static inline uint64_t lc_checksum(const char *p, int64_t bytes, int64_t stride, int64_t streams) {
    __m256i x[4] = {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256()};
    for (int64_t i = 0; i + 128 <= bytes; i += 128) {
        for (int64_t s = 0; s < streams; s++) {
            const char *q = p + s * stride + i;
            lc_prefetch(q + 1024);
            lc_prefetch(q + 1088);
            for (int k = 0; k < 4; k++) {
                x[k] = _mm256_xor_si256(x[k], _mm256_loadu_si256((const __m256i *)(const void *)(q + 32 * k)));
            }
        }
    }
    __m256i all = _mm256_xor_si256(_mm256_xor_si256(x[0], x[1]), _mm256_xor_si256(x[2], x[3]));
    __m128i half = _mm_xor_si128(_mm256_castsi256_si128(all), _mm256_extracti128_si256(all, 1));
    return (uint64_t)_mm_cvtsi128_si64(half) ^ (uint64_t)_mm_extract_epi64(half, 1);
}

/* Loaded once into registers, not anew for each use. */
static inline f32x16 f32x16_once(f32x16 x) {
    __asm__("" : "+x"(x.a), "+x"(x.b));
    return x;
}
static inline f64x16 f64x16_once(f64x16 x) {
    __asm__("" : "+x"(x.a), "+x"(x.b), "+x"(x.c), "+x"(x.d));
    return x;
}

#endif
