/* The ends of blocks, from four lanes on: of the tree, +2, then +1, and the row's own float64 sum; of maxima, the larger. The same for AVX2 and AVX-512. */
#ifndef LC_X86_TREES_H
#define LC_X86_TREES_H

#include "most.h"

#include <immintrin.h>

static inline void lc_add_one(double *sum, __m128 four) {
    __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    *sum += (double)_mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
}

/* Four rows side by side. */
static inline void lc_add_four(double *sums, __m128 a, __m128 b, __m128 c, __m128 d) {
    __m128 ab = _mm_add_ps(_mm_movelh_ps(a, b), _mm_movehl_ps(b, a)), cd = _mm_add_ps(_mm_movelh_ps(c, d), _mm_movehl_ps(d, c));
    __m128 all = _mm_add_ps(_mm_shuffle_ps(ab, cd, 0x88), _mm_shuffle_ps(ab, cd, 0xdd));
    _mm256_storeu_pd(sums, _mm256_add_pd(_mm256_loadu_pd(sums), _mm256_cvtps_pd(all)));
}

static inline void lc_keep_one(double *most, __m128i four) {
    const __m128i two = _mm_max_epi32(four, _mm_unpackhi_epi64(four, four));
    lc_keep(most, (double)_mm_cvtss_f32(_mm_castsi128_ps(_mm_max_epi32(two, _mm_shuffle_epi32(two, 0xe1)))));
}
static inline void lc_keep_four(double *most, __m128i a, __m128i b, __m128i c, __m128i d) {
    const __m128i ab = _mm_max_epi32(_mm_unpacklo_epi32(a, b), _mm_unpackhi_epi32(a, b)), cd = _mm_max_epi32(_mm_unpacklo_epi32(c, d), _mm_unpackhi_epi32(c, d));
    const __m256d all = _mm256_cvtps_pd(_mm_castsi128_ps(_mm_max_epi32(_mm_unpacklo_epi64(ab, cd), _mm_unpackhi_epi64(ab, cd)))), had = _mm256_loadu_pd(most);
    _mm256_storeu_pd(most, _mm256_blendv_pd(had, all, _mm256_castsi256_pd(_mm256_cmpgt_epi64(_mm256_castpd_si256(all), _mm256_castpd_si256(had)))));
}

/* `four` takes the larger of lanes j and j + 8, then j + 4. */
#define LC_KEEP_MOST32(four)                                                                                                                           \
    static inline void f32x16_keep_most(double *most, const f32x16 *acc, int rows) {                                                                   \
        if (rows == 4) {                                                                                                                               \
            lc_keep_four(most, four(acc[0]), four(acc[1]), four(acc[2]), four(acc[3]));                                                                \
        } else {                                                                                                                                       \
            for (int k = 0; k < rows; k++) {                                                                                                           \
                lc_keep_one(most + k, four(acc[k]));                                                                                                   \
            }                                                                                                                                          \
        }                                                                                                                                              \
    }

/* `four` makes the first half of the tree: lanes j and j + 8, then j + 4. */
#define LC_ADD_SUMS(DTYPE, four)                                                                                                                       \
    static inline void f32x16_add_sums_##DTYPE(double *sums, const f32x16 *acc, int rows) {                                                            \
        if (rows == 4) {                                                                                                                               \
            lc_add_four(sums, four(acc[0]), four(acc[1]), four(acc[2]), four(acc[3]));                                                                 \
        } else {                                                                                                                                       \
            for (int k = 0; k < rows; k++) {                                                                                                           \
                lc_add_one(sums + k, four(acc[k]));                                                                                                    \
            }                                                                                                                                          \
        }                                                                                                                                              \
    }

#define LC_ADD_SUMS64(DTYPE)                                                                                                                           \
    static inline void f64x16_add_sums_##DTYPE(double *sums, const f64x16 *acc, int rows) {                                                            \
        for (int k = 0; k < rows; k++) {                                                                                                               \
            sums[k] += f64x16_sum(acc[k]);                                                                                                             \
        }                                                                                                                                              \
    }

static inline double lc_sqrt(double x) { return _mm_cvtsd_f64(_mm_sqrt_sd(_mm_setzero_pd(), _mm_set_sd(x))); }

/* A macro: gcc takes an inline function that only prefetches for one without effect, and drops the call. */
#define lc_prefetch(p) _mm_prefetch((p), _MM_HINT_T0)
#define lc_prefetch_far(p) _mm_prefetch((p), _MM_HINT_T1)

#endif
