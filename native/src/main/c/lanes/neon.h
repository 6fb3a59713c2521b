/*
 * Lanes in NEON, as every 64-bit Arm processor has it: four registers of four floats, or eight of two doubles, all in plain order.
 *
 * Precision: as terms.h says, every operation rounded once to nearest, multiply-adds fused (FMLA), nothing flushed to zero: FPCR stays as the system sets it.
 * Widening is exact. Maxima are taken of the bits, where a NaN is above infinity, and not by FMAX. The processor's bfloat16 products (BFDOT) round as they like,
 * so they are not used.
 */
#ifndef LC_LANES_H
#define LC_LANES_H

#include "most.h"

#include <arm_neon.h>
#include <stdint.h>
#include <string.h>

#define LC_TIER_NAME neon

/* How many sets of lanes are kept in registers together: 16 of the 32 registers, which leaves room for the terms. */
#define LC_AT_ONCE_F32 4
#define LC_AT_ONCE_F64 2

/* Reductions that a kernel does together, for which there are registers enough. */
#define LC_TOGETHER_F32 3
#define LC_TOGETHER_F64 2

/* Rows and others that pairs.h holds against each other at a time: 16 of the 32 registers for their lanes. */
#define LC_PAIR_ROWS_F32 2
#define LC_PAIR_COLUMNS_F32 2
#define LC_PAIR_ROWS_F64 2
#define LC_PAIR_COLUMNS_F64 1

typedef struct {
    float32x4_t v[4];
} f32x16;

typedef struct {
    float64x2_t v[8];
} f64x16;

#define LC_EACH4 _Pragma("GCC unroll 4") for (int j = 0; j < 4; j++)
#define LC_EACH8 _Pragma("GCC unroll 8") for (int j = 0; j < 8; j++)

/* Rows may start at any byte. */
static inline uint16x8_t lc_load_u16(const char *p) { return vreinterpretq_u16_u8(vld1q_u8((const uint8_t *)p)); }

static inline f32x16 f32x16_load_f32(const char *p) {
    f32x16 r;
    LC_EACH4 r.v[j] = vreinterpretq_f32_u8(vld1q_u8((const uint8_t *)p + 16 * j));
    return r;
}

static inline f32x16 f32x16_load_f16(const char *p) {
    float16x8_t low = vreinterpretq_f16_u16(lc_load_u16(p)), high = vreinterpretq_f16_u16(lc_load_u16(p + 16));
    return (f32x16){{vcvt_f32_f16(vget_low_f16(low)), vcvt_high_f32_f16(low), vcvt_f32_f16(vget_low_f16(high)), vcvt_high_f32_f16(high)}};
}

static inline f32x16 f32x16_load_bf16(const char *p) {
    uint16x8_t low = lc_load_u16(p), high = lc_load_u16(p + 16);
    return (f32x16){{vreinterpretq_f32_u32(vshll_n_u16(vget_low_u16(low), 16)), vreinterpretq_f32_u32(vshll_high_n_u16(low, 16)),
                     vreinterpretq_f32_u32(vshll_n_u16(vget_low_u16(high), 16)), vreinterpretq_f32_u32(vshll_high_n_u16(high, 16))}};
}

static inline f32x16 f32x16_plain_bf16(const char *p) { return f32x16_load_bf16(p); }

static inline void f32x16_store(char *p, f32x16 x) { LC_EACH4 vst1q_u8((uint8_t *)p + 16 * j, vreinterpretq_u8_f32(x.v[j])); }

#define LC_DO4(expression)                                                                                                                             \
    f32x16 r;                                                                                                                                          \
    LC_EACH4 r.v[j] = (expression);                                                                                                                    \
    return r
static inline f32x16 f32x16_set(float a) { LC_DO4(vdupq_n_f32(a)); }
static inline f32x16 f32x16_sub(f32x16 x, f32x16 y) { LC_DO4(vsubq_f32(x.v[j], y.v[j])); }
static inline f32x16 f32x16_add(f32x16 x, f32x16 y) { LC_DO4(vaddq_f32(x.v[j], y.v[j])); }
static inline f32x16 f32x16_mul(f32x16 x, f32x16 y) { LC_DO4(vmulq_f32(x.v[j], y.v[j])); }
static inline f32x16 f32x16_fma(f32x16 x, f32x16 y, f32x16 z) { LC_DO4(vfmaq_f32(z.v[j], x.v[j], y.v[j])); }
static inline f32x16 f32x16_abs(f32x16 x) { LC_DO4(vabsq_f32(x.v[j])); }

/* x where the mask is set, else y. */
static inline f32x16 f32x16_mask(int set) { return f32x16_set(vget_lane_f32(vreinterpret_f32_u32(vdup_n_u32(set ? ~0u : 0)), 0)); }
static inline f32x16 f32x16_select(f32x16 mask, f32x16 x, f32x16 y) { LC_DO4(vbslq_f32(vreinterpretq_u32_f32(mask.v[0]), x.v[j], y.v[j])); }

/* max |x|, y by their bits, which order as the numbers do: a NaN is above infinity and stays. y is a magnitude already. */
static inline uint32x4_t lc_max_f32(float32x4_t x, float32x4_t y) { return vmaxq_u32(vreinterpretq_u32_f32(x), vreinterpretq_u32_f32(y)); }
static inline f32x16 f32x16_max_abs(f32x16 x, f32x16 y) {
    LC_DO4(vreinterpretq_f32_u32(lc_max_f32(vabsq_f32(x.v[j]), y.v[j])));
}
#undef LC_DO4

/* The larger of lanes j and j + 8, then j + 4. */
static inline uint32x4_t lc_most_four(f32x16 x) { return vmaxq_u32(lc_max_f32(x.v[0], x.v[2]), lc_max_f32(x.v[1], x.v[3])); }
static inline void lc_keep_two(double *most, uint32x2_t two) {
    const uint64x2_t had = vreinterpretq_u64_f64(vld1q_f64(most)), found = vreinterpretq_u64_f64(vcvt_f64_f32(vreinterpret_f32_u32(two)));
    vst1q_f64(most, vreinterpretq_f64_u64(vbslq_u64(vcgtq_u64(found, had), found, had)));
}
static inline void f32x16_keep_most(double *most, const f32x16 *acc, int rows) {
    if (rows == 4) {
        const uint32x4_t all = vpmaxq_u32(vpmaxq_u32(lc_most_four(acc[0]), lc_most_four(acc[1])), vpmaxq_u32(lc_most_four(acc[2]), lc_most_four(acc[3])));
        lc_keep_two(most, vget_low_u32(all));
        lc_keep_two(most + 2, vget_high_u32(all));
    } else {
        for (int k = 0; k < rows; k++) {
            lc_keep(most + k, (double)vget_lane_f32(vreinterpret_f32_u32(vdup_n_u32(vmaxvq_u32(lc_most_four(acc[k])))), 0));
        }
    }
}

/* The tree: lanes j and j + 8, then j + 4, which leaves four; then + 2 and + 1, of two or four rows side by side. */
static inline float32x4_t lc_four(f32x16 x) { return vaddq_f32(vaddq_f32(x.v[0], x.v[2]), vaddq_f32(x.v[1], x.v[3])); }
static inline float32x4_t lc_two_of_two(float32x4_t a, float32x4_t b) {
    return vaddq_f32(vcombine_f32(vget_low_f32(a), vget_low_f32(b)), vcombine_f32(vget_high_f32(a), vget_high_f32(b)));
}
static inline void lc_add_one(double *sum, float32x4_t four) {
    float32x2_t two = vadd_f32(vget_low_f32(four), vget_high_f32(four));
    *sum += (double)(vget_lane_f32(two, 0) + vget_lane_f32(two, 1));
}
static inline void lc_add_four(double *sums, float32x4_t a, float32x4_t b, float32x4_t c, float32x4_t d) {
    float32x4_t all = vpaddq_f32(lc_two_of_two(a, b), lc_two_of_two(c, d));
    vst1q_f64(sums, vaddq_f64(vld1q_f64(sums), vcvt_f64_f32(vget_low_f32(all))));
    vst1q_f64(sums + 2, vaddq_f64(vld1q_f64(sums + 2), vcvt_high_f64_f32(all)));
}

static inline f64x16 lc_widen_f32(f32x16 x) {
    f64x16 r;
    LC_EACH4 {
        r.v[2 * j] = vcvt_f64_f32(vget_low_f32(x.v[j]));
        r.v[2 * j + 1] = vcvt_high_f64_f32(x.v[j]);
    }
    return r;
}

static inline f64x16 f64x16_load_f64(const char *p) {
    f64x16 r;
    LC_EACH8 r.v[j] = vreinterpretq_f64_u8(vld1q_u8((const uint8_t *)p + 16 * j));
    return r;
}

static inline void f64x16_store(char *p, f64x16 x) { LC_EACH8 vst1q_u8((uint8_t *)p + 16 * j, vreinterpretq_u8_f64(x.v[j])); }

#define LC_DO8(expression)                                                                                                                             \
    f64x16 r;                                                                                                                                          \
    LC_EACH8 r.v[j] = (expression);                                                                                                                    \
    return r
static inline f64x16 f64x16_set(double a) { LC_DO8(vdupq_n_f64(a)); }
static inline f64x16 f64x16_sub(f64x16 x, f64x16 y) { LC_DO8(vsubq_f64(x.v[j], y.v[j])); }
static inline f64x16 f64x16_add(f64x16 x, f64x16 y) { LC_DO8(vaddq_f64(x.v[j], y.v[j])); }
static inline f64x16 f64x16_mul(f64x16 x, f64x16 y) { LC_DO8(vmulq_f64(x.v[j], y.v[j])); }
static inline f64x16 f64x16_fma(f64x16 x, f64x16 y, f64x16 z) { LC_DO8(vfmaq_f64(z.v[j], x.v[j], y.v[j])); }
static inline f64x16 f64x16_abs(f64x16 x) { LC_DO8(vabsq_f64(x.v[j])); }
static inline f64x16 f64x16_mask(int set) { return f64x16_set(vget_lane_f64(vreinterpret_f64_u64(vdup_n_u64(set ? ~(uint64_t)0 : 0)), 0)); }
static inline f64x16 f64x16_select(f64x16 mask, f64x16 x, f64x16 y) { LC_DO8(vbslq_f64(vreinterpretq_u64_f64(mask.v[0]), x.v[j], y.v[j])); }

/* NEON has no maximum of 64-bit integers: compare and choose. */
static inline float64x2_t lc_max_f64(float64x2_t x, float64x2_t y) {
    return vbslq_f64(vcgtq_u64(vreinterpretq_u64_f64(x), vreinterpretq_u64_f64(y)), x, y);
}
static inline f64x16 f64x16_max_abs(f64x16 x, f64x16 y) { LC_DO8(lc_max_f64(vabsq_f64(x.v[j]), y.v[j])); }

/* For logits: x where it is above y, else y, and so y where x is NaN; then the largest of lanes without a NaN. */
static inline f64x16 f64x16_larger(f64x16 x, f64x16 y) { LC_DO8(vbslq_f64(vcgtq_f64(x.v[j], y.v[j]), x.v[j], y.v[j])); }
static inline double f64x16_largest(f64x16 x) {
    float64x2_t largest = x.v[0];
    LC_EACH8 largest = vmaxq_f64(largest, x.v[j]);
    return vmaxvq_f64(largest);
}
/* x times 2^k, k the whole number in the lowest bits of `shifted`. */
static inline f64x16 f64x16_scaled(f64x16 x, f64x16 shifted) {
    LC_DO8(vreinterpretq_f64_u64(vaddq_u64(vreinterpretq_u64_f64(x.v[j]), vshlq_n_u64(vreinterpretq_u64_f64(shifted.v[j]), 52))));
}
/* 0 where u is below the bound, else x: a NaN stays one. */
static inline f64x16 f64x16_unless_below(f64x16 u, double bound, f64x16 x) {
    LC_DO8(vreinterpretq_f64_u64(vbicq_u64(vreinterpretq_u64_f64(x.v[j]), vcltq_f64(u.v[j], vdupq_n_f64(bound)))));
}
/* `near` where |g| is within the bound, else `far`, and so where g is NaN. */
static inline f64x16 f64x16_if_within(f64x16 g, double bound, f64x16 near, f64x16 far) {
    LC_DO8(vbslq_f64(vcaleq_f64(g.v[j], vdupq_n_f64(bound)), near.v[j], far.v[j]));
}
#undef LC_DO8

static inline double f64x16_most(f64x16 x) {
    float64x2_t most = x.v[0];
    LC_EACH8 most = lc_max_f64(most, x.v[j]);
    return vgetq_lane_f64(lc_max_f64(most, vextq_f64(most, most, 1)), 0);
}
LC_KEEP_MOST(f64x16)

/* The same tree: + 8 is four registers away, + 4 two, + 2 one. */
static inline double f64x16_sum(f64x16 x) {
    float64x2_t four[2] = {vaddq_f64(vaddq_f64(x.v[0], x.v[4]), vaddq_f64(x.v[2], x.v[6])), vaddq_f64(vaddq_f64(x.v[1], x.v[5]), vaddq_f64(x.v[3], x.v[7]))};
    float64x2_t two = vaddq_f64(four[0], four[1]);
    return vgetq_lane_f64(two, 0) + vgetq_lane_f64(two, 1);
}

/* Everything is in plain order, whatever the states are. */
#define LC_NARROW_DTYPE(DTYPE)                                                                                                                         \
    static inline f32x16 f32x16_fixed_##DTYPE(const char *p) { return f32x16_load_f32(p); }                                                            \
    static inline void f32x16_arrange_##DTYPE(char *p, f32x16 x) { f32x16_store(p, x); }                                                               \
    static inline void f32x16_add_sums_##DTYPE(double *sums, const f32x16 *acc, int rows) {                                                            \
        if (rows == 4) {                                                                                                                               \
            lc_add_four(sums, lc_four(acc[0]), lc_four(acc[1]), lc_four(acc[2]), lc_four(acc[3]));                                                     \
        } else {                                                                                                                                       \
            for (int k = 0; k < rows; k++) {                                                                                                           \
                lc_add_one(sums + k, lc_four(acc[k]));                                                                                                 \
            }                                                                                                                                          \
        }                                                                                                                                              \
    }                                                                                                                                                  \
    static inline f64x16 f64x16_load_##DTYPE(const char *p) { return lc_widen_f32(f32x16_load_##DTYPE(p)); }                                               \
    static inline f64x16 f64x16_fixed_##DTYPE(const char *p) { return lc_widen_f32(f32x16_load_f32(p)); }
LC_NARROW_DTYPE(bf16)
LC_NARROW_DTYPE(f16)
LC_NARROW_DTYPE(f32)

#define LC_ANY_DTYPE(DTYPE)                                                                                                                            \
    static inline void f64x16_add_sums_##DTYPE(double *sums, const f64x16 *acc, int rows) {                                                            \
        for (int k = 0; k < rows; k++) {                                                                                                               \
            sums[k] += f64x16_sum(acc[k]);                                                                                                             \
        }                                                                                                                                              \
    }
LC_ANY_DTYPE(bf16)
LC_ANY_DTYPE(f16)
LC_ANY_DTYPE(f32)
LC_ANY_DTYPE(f64)

static inline double lc_sqrt(double x) { return vget_lane_f64(vsqrt_f64(vdup_n_f64(x)), 0); }

/* A macro: gcc takes an inline function that only prefetches for one without effect, and drops the call. */
#define lc_prefetch(p) __builtin_prefetch(p)
#define lc_prefetch_far(p) __builtin_prefetch((p), 0, 2)

/* `bytes` is a whole number of 128. */
static inline uint64_t lc_checksum(const char *p, int64_t bytes, int64_t stride, int64_t streams) {
    uint64x2_t x[4] = {vdupq_n_u64(0), vdupq_n_u64(0), vdupq_n_u64(0), vdupq_n_u64(0)};
    for (int64_t i = 0; i + 128 <= bytes; i += 128) {
        for (int64_t s = 0; s < streams; s++) {
            const uint8_t *q = (const uint8_t *)p + s * stride + i;
            lc_prefetch(q + 1024);
            lc_prefetch(q + 1088);
            LC_EACH8 x[j % 4] = veorq_u64(x[j % 4], vreinterpretq_u64_u8(vld1q_u8(q + 16 * j)));
        }
    }
    uint64x2_t all = veorq_u64(veorq_u64(x[0], x[1]), veorq_u64(x[2], x[3]));
    return vgetq_lane_u64(all, 0) ^ vgetq_lane_u64(all, 1);
}

static inline f32x16 f32x16_once(f32x16 x) { return x; }
static inline f64x16 f64x16_once(f64x16 x) { return x; }

#endif
