/*
 * Lanes in AVX2, FMA and F16C: two registers of eight floats, or four of four doubles.
 *
 * bfloat16 is read as pairs: one shift gives the even elements, one mask the odd ones, where widening in order takes twice the instructions. A row widened for
 * bfloat16 states is therefore kept even elements first in every 16, and the tree puts the lanes back in order.
 */
#ifndef LC_LANES_H
#define LC_LANES_H

#include <immintrin.h>
#include <stdint.h>
#include <string.h>

#define LC_TIER_NAME avx2

/* How many rows keep their lanes in registers together: 8 of the 16 registers, enough to hide the latency of the additions. */
#define LC_ROWS_F32 4
#define LC_ROWS_F64 2

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

static inline f32x16 f32x16_select(int first, f32x16 x, f32x16 y) {
    __m256 mask = _mm256_castsi256_ps(_mm256_set1_epi32(-(first != 0)));
    return LC_F32(_mm256_blendv_ps(y.a, x.a, mask), _mm256_blendv_ps(y.b, x.b, mask));
}

/* max |x|, |y| by their bits, which order as the numbers do: a NaN is above infinity and stays. */
static inline __m256 lc_max_abs_ps(__m256 x, __m256 y) {
    __m256i magnitude = _mm256_set1_epi32(0x7fffffff);
    return _mm256_castsi256_ps(
        _mm256_max_epi32(_mm256_and_si256(_mm256_castps_si256(x), magnitude), _mm256_and_si256(_mm256_castps_si256(y), magnitude)));
}
static inline f32x16 f32x16_max_abs(f32x16 x, f32x16 y) { return LC_F32(lc_max_abs_ps(x.a, y.a), lc_max_abs_ps(x.b, y.b)); }

/* The tree: lanes j and j + 8, then j + 4, which leaves four. */
static inline __m128 lc_halves_added(__m256 v) { return _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1)); }
static inline __m128 lc_four_f32(f32x16 v) { return lc_halves_added(_mm256_add_ps(v.a, v.b)); }
static inline __m128 lc_four_f16(f32x16 v) { return lc_four_f32(v); }
static inline __m128 lc_four_bf16(f32x16 v) {
    __m128 even = lc_halves_added(v.a), odd = lc_halves_added(v.b);
    return _mm_add_ps(_mm_unpacklo_ps(even, odd), _mm_unpackhi_ps(even, odd));
}

/* The rest of the tree, + 2 and + 1, and the sum's own float64; of four rows side by side. */
static inline void lc_add_one(double *sum, __m128 four) {
    __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    *sum += (double)_mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
}
static inline void lc_add_four(double *sums, __m128 a, __m128 b, __m128 c, __m128 d) {
    __m128 ab = _mm_add_ps(_mm_movelh_ps(a, b), _mm_movehl_ps(b, a)), cd = _mm_add_ps(_mm_movelh_ps(c, d), _mm_movehl_ps(d, c));
    __m128 all = _mm_add_ps(_mm_shuffle_ps(ab, cd, 0x88), _mm_shuffle_ps(ab, cd, 0xdd));
    _mm256_storeu_pd(sums, _mm256_add_pd(_mm256_loadu_pd(sums), _mm256_cvtps_pd(all)));
}
#define LC_ADD_SUMS(DTYPE)                                                                                                                             \
    static inline void f32x16_add_sums_##DTYPE(double *sums, const f32x16 *acc, int rows) {                                                            \
        if (rows == 4) {                                                                                                                               \
            lc_add_four(sums, lc_four_##DTYPE(acc[0]), lc_four_##DTYPE(acc[1]), lc_four_##DTYPE(acc[2]), lc_four_##DTYPE(acc[3]));                     \
        } else {                                                                                                                                       \
            lc_add_one(sums, lc_four_##DTYPE(acc[0]));                                                                                                 \
        }                                                                                                                                              \
    }
LC_ADD_SUMS(bf16)
LC_ADD_SUMS(f16)
LC_ADD_SUMS(f32)

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
static inline f64x16 f64x16_select(int first, f64x16 x, f64x16 y) { return first ? x : y; }

static inline __m256d lc_max_abs_pd(__m256d x, __m256d y) {
    __m256i magnitude = _mm256_set1_epi64x(0x7fffffffffffffff);
    __m256i u = _mm256_and_si256(_mm256_castpd_si256(x), magnitude), v = _mm256_and_si256(_mm256_castpd_si256(y), magnitude);
    return _mm256_castsi256_pd(_mm256_blendv_epi8(v, u, _mm256_cmpgt_epi64(u, v)));
}
static inline f64x16 f64x16_max_abs(f64x16 x, f64x16 y) { return LC_EACH64(lc_max_abs_pd, x, y); }

static inline double f64x16_sum(f64x16 v) {
    __m256d four = _mm256_add_pd(_mm256_add_pd(v.a, v.c), _mm256_add_pd(v.b, v.d));
    __m128d two = _mm_add_pd(_mm256_castpd256_pd128(four), _mm256_extractf128_pd(four, 1));
    return _mm_cvtsd_f64(_mm_add_sd(two, _mm_unpackhi_pd(two, two)));
}

#define LC_ADD_SUMS64(DTYPE)                                                                                                                           \
    static inline void f64x16_add_sums_##DTYPE(double *sums, const f64x16 *acc, int rows) {                                                            \
        sums[0] += f64x16_sum(acc[0]);                                                                                                                 \
        if (rows == 2) {                                                                                                                               \
            sums[1] += f64x16_sum(acc[1]);                                                                                                             \
        }                                                                                                                                              \
    }
LC_ADD_SUMS64(bf16)
LC_ADD_SUMS64(f16)
LC_ADD_SUMS64(f32)
LC_ADD_SUMS64(f64)

/* The largest lane, which are all positive, or a NaN if there is one. */
static inline double lc_most(const double *lanes) {
    double most = 0;
    for (int j = 0; j < 16; j++) {
        most = most != most || lanes[j] <= most ? most : lanes[j];
    }
    return most;
}
static inline double f64x16_most(f64x16 v) {
    double lanes[16];
    f64x16_store((char *)lanes, v);
    return lc_most(lanes);
}
static inline double f32x16_most(f32x16 v) { return f64x16_most(lc_widen_ps(v)); }

static inline double lc_sqrt(double x) { return _mm_cvtsd_f64(_mm_sqrt_sd(_mm_setzero_pd(), _mm_set_sd(x))); }

/* A macro: gcc takes an inline function that only prefetches for one without effect, and drops the call. */
#define lc_prefetch(p) _mm_prefetch((p), _MM_HINT_T0)

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
    uint64_t sum = (uint64_t)_mm_cvtsi128_si64(half) ^ (uint64_t)_mm_extract_epi64(half, 1);
    for (int64_t s = 0; s < streams; s++) {
        for (int64_t i = bytes & ~(int64_t)127; i + 8 <= bytes; i += 8) {
            uint64_t u;
            memcpy(&u, p + s * stride + i, 8);
            sum ^= u;
        }
    }
    return sum;
}

#endif
