/*
 * Lanes in portable C: 16 numbers in an array. This is the definition that every other tier must match bit for bit.
 *
 * Precision: as terms.h says, every operation rounded once to nearest; where the processor has no fused multiply-add, fma.h rounds it once in software.
 */
#ifndef LC_LANES_H
#define LC_LANES_H

#include "../fma.h"
#include "most.h"

#define LC_TIER_NAME scalar

/* How many sets of lanes are kept in registers together: arrays gain nothing from more than one. */
#define LC_AT_ONCE_F32 1
#define LC_AT_ONCE_F64 1

/* Reductions that a kernel does together, for which there are registers enough. */
#define LC_TOGETHER_F32 6
#define LC_TOGETHER_F64 6

/* Rows and others that pairs.h holds against each other at a time. */
#define LC_PAIR_ROWS_F32 1
#define LC_PAIR_COLUMNS_F32 1
#define LC_PAIR_ROWS_F64 1
#define LC_PAIR_COLUMNS_F64 1

typedef struct {
    float v[16];
} f32x16;

typedef struct {
    double v[16];
} f64x16;

#define LC_EACH for (int j = 0; j < 16; j++)

static inline float lc_bf16(const char *p) {
    uint16_t half;
    memcpy(&half, p, 2);
    uint32_t u = (uint32_t)half << 16;
    float f;
    memcpy(&f, &u, 4);
    return f;
}

static inline float lc_f16(const char *p) {
    uint16_t half;
    memcpy(&half, p, 2);
    uint32_t sign = (uint32_t)(half & 0x8000) << 16, u = (uint32_t)(half & 0x7fff) << 13;
    float f;
    memcpy(&f, &u, 4);
    f *= 0x1p112f; /* moves the exponent's bias, and makes subnormals normal; exact */
    memcpy(&u, &f, 4);
    if ((half & 0x7c00) == 0x7c00) {
        u |= 0x7f800000; /* infinity and NaN */
    }
    u |= sign;
    memcpy(&f, &u, 4);
    return f;
}

static inline float lc_f32(const char *p) {
    float f;
    memcpy(&f, p, 4);
    return f;
}

static inline double lc_f64(const char *p) {
    double d;
    memcpy(&d, p, 8);
    return d;
}

#define LC_LOADS(L, DTYPE, bytes)                                                                                                                      \
    static inline L L##_load_##DTYPE(const char *p) {                                                                                                  \
        L r;                                                                                                                                           \
        LC_EACH r.v[j] = lc_##DTYPE(p + j * bytes);                                                                                                    \
        return r;                                                                                                                                      \
    }

LC_LOADS(f32x16, bf16, 2)
LC_LOADS(f32x16, f16, 2)
LC_LOADS(f32x16, f32, 4)
LC_LOADS(f64x16, bf16, 2)
LC_LOADS(f64x16, f16, 2)
LC_LOADS(f64x16, f32, 4)
LC_LOADS(f64x16, f64, 8)

/* Rows widened to float32 are kept in plain order. */
#define LC_ARRANGEMENT(DTYPE)                                                                                                                          \
    static inline f32x16 f32x16_fixed_##DTYPE(const char *p) { return f32x16_load_f32(p); }                                                            \
    static inline f64x16 f64x16_fixed_##DTYPE(const char *p) { return f64x16_load_f32(p); }                                                            \
    static inline void f32x16_arrange_##DTYPE(char *p, f32x16 a) { memcpy(p, a.v, sizeof a.v); }

LC_ARRANGEMENT(bf16)
LC_ARRANGEMENT(f16)
LC_ARRANGEMENT(f32)

static inline f32x16 f32x16_plain_bf16(const char *p) { return f32x16_load_bf16(p); }

static inline void f32x16_store(char *p, f32x16 a) { memcpy(p, a.v, sizeof a.v); }
static inline void f64x16_store(char *p, f64x16 a) { memcpy(p, a.v, sizeof a.v); }

/* The tree that ends a block: +8, +4, +2, +1. */
#define LC_ARITHMETIC(L, S, BITS, FMA)                                                                                                                 \
    static inline L L##_set(S a) {                                                                                                                     \
        L r;                                                                                                                                           \
        LC_EACH r.v[j] = a;                                                                                                                            \
        return r;                                                                                                                                      \
    }                                                                                                                                                  \
    static inline L L##_sub(L a, L b) {                                                                                                                \
        LC_EACH a.v[j] -= b.v[j];                                                                                                                      \
        return a;                                                                                                                                      \
    }                                                                                                                                                  \
    static inline L L##_add(L a, L b) {                                                                                                                \
        LC_EACH a.v[j] += b.v[j];                                                                                                                      \
        return a;                                                                                                                                      \
    }                                                                                                                                                  \
    static inline L L##_mul(L a, L b) {                                                                                                                \
        LC_EACH a.v[j] *= b.v[j];                                                                                                                      \
        return a;                                                                                                                                      \
    }                                                                                                                                                  \
    static inline L L##_fma(L a, L b, L c) {                                                                                                           \
        LC_EACH c.v[j] = FMA(a.v[j], b.v[j], c.v[j]);                                                                                                  \
        return c;                                                                                                                                      \
    }                                                                                                                                                  \
    static inline L L##_abs(L a) {                                                                                                                     \
        LC_EACH {                                                                                                                                      \
            BITS u;                                                                                                                                    \
            memcpy(&u, &a.v[j], sizeof u);                                                                                                             \
            u &= (BITS)-1 >> 1;                                                                                                                        \
            memcpy(&a.v[j], &u, sizeof u);                                                                                                             \
        }                                                                                                                                              \
        return a;                                                                                                                                      \
    }                                                                                                                                                  \
    /* max |a|, |b| by their bits: a NaN is above infinity and stays */                                                                                \
    static inline L L##_max_abs(L a, L b) {                                                                                                            \
        LC_EACH {                                                                                                                                      \
            BITS u, v;                                                                                                                                 \
            memcpy(&u, &a.v[j], sizeof u);                                                                                                             \
            memcpy(&v, &b.v[j], sizeof v);                                                                                                             \
            u &= (BITS)-1 >> 1;                                                                                                                        \
            v &= (BITS)-1 >> 1;                                                                                                                        \
            u = u > v ? u : v;                                                                                                                         \
            memcpy(&a.v[j], &u, sizeof u);                                                                                                             \
        }                                                                                                                                              \
        return a;                                                                                                                                      \
    }                                                                                                                                                  \
    /* x where the mask is set, else y */                                                                                                              \
    static inline L L##_mask(int set) { return L##_set((S)(set != 0)); }                                                                               \
    static inline L L##_select(L mask, L x, L y) { return mask.v[0] > 0 ? x : y; }                                                                     \
    static inline double L##_sum(L a) {                                                                                                                \
        for (int w = 8; w > 0; w /= 2) {                                                                                                               \
            for (int j = 0; j < w; j++) {                                                                                                              \
                a.v[j] += a.v[j + w];                                                                                                                  \
            }                                                                                                                                          \
        }                                                                                                                                              \
        return (double)a.v[0];                                                                                                                         \
    }

LC_ARITHMETIC(f32x16, float, uint32_t, lc_fmaf)
LC_ARITHMETIC(f64x16, double, uint64_t, lc_fma)

/* The largest lane, which are all positive, or a NaN if there is one. */
#define LC_MOST(L, S)                                                                                                                                  \
    static inline double L##_most(L a) {                                                                                                               \
        S most = 0;                                                                                                                                    \
        LC_EACH most = most != most || a.v[j] <= most ? most : a.v[j];                                                                              \
        return (double)most;                                                                                                                           \
    }
LC_MOST(f32x16, float)
LC_MOST(f64x16, double)
LC_KEEP_MOST(f32x16)
LC_KEEP_MOST(f64x16)

#define LC_SUMS(L, DTYPE)                                                                                                                              \
    static inline void L##_add_sums_##DTYPE(double *sums, const L *acc, int rows) {                                                                    \
        for (int k = 0; k < rows; k++) {                                                                                                               \
            sums[k] += L##_sum(acc[k]);                                                                                                                \
        }                                                                                                                                              \
    }
LC_SUMS(f32x16, bf16)
LC_SUMS(f32x16, f16)
LC_SUMS(f32x16, f32)
LC_SUMS(f64x16, bf16)
LC_SUMS(f64x16, f16)
LC_SUMS(f64x16, f32)
LC_SUMS(f64x16, f64)

/* For logits: x where it is above y, else y, and so y where x is NaN; then the largest of lanes without a NaN. */
static inline f64x16 f64x16_larger(f64x16 x, f64x16 y) {
    LC_EACH x.v[j] = x.v[j] > y.v[j] ? x.v[j] : y.v[j];
    return x;
}
static inline double f64x16_largest(f64x16 x) {
    double largest = x.v[0];
    LC_EACH largest = x.v[j] > largest ? x.v[j] : largest;
    return largest;
}
/* x times 2^k, k the whole number in the lowest bits of `shifted`. */
static inline f64x16 f64x16_scaled(f64x16 x, f64x16 shifted) {
    LC_EACH x.v[j] = lc_double(lc_bits(x.v[j]) + (lc_bits(shifted.v[j]) << 52));
    return x;
}
/* 0 where u is below the bound, else x: a NaN stays one. */
static inline f64x16 f64x16_unless_below(f64x16 u, double bound, f64x16 x) {
    LC_EACH x.v[j] = u.v[j] < bound ? 0 : x.v[j];
    return x;
}
/* `near` where |g| is within the bound, else `far`, and so where g is NaN. */
static inline f64x16 f64x16_if_within(f64x16 g, double bound, f64x16 near, f64x16 far) {
    LC_EACH near.v[j] = __builtin_fabs(g.v[j]) <= bound ? near.v[j] : far.v[j];
    return near;
}

static inline double lc_sqrt(double x) { return __builtin_sqrt(x); }

#define lc_prefetch(p) ((void)(p))
#define lc_prefetch_far(p) ((void)(p))

/* `bytes` is a whole number of 128. */
static inline uint64_t lc_checksum(const char *p, int64_t bytes, int64_t stride, int64_t streams) {
    uint64_t sum = 0;
    for (int64_t i = 0; i + 8 <= bytes; i += 8) {
        for (int64_t s = 0; s < streams; s++) {
            uint64_t u;
            memcpy(&u, p + s * stride + i, 8);
            sum ^= u;
        }
    }
    return sum;
}

static inline f32x16 f32x16_once(f32x16 x) { return x; }
static inline f64x16 f64x16_once(f64x16 x) { return x; }

#endif
