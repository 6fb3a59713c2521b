/*
 * Two neighbouring lanes of the 16 that a sum has, which are one thread's. terms.h is included on top of them: what 16 elements add is defined there, for C and CUDA alike.
 *
 * Precision: as terms.h says, every operation rounded once to nearest; subnormals are kept.
 */
#ifndef LC_LANES_H
#define LC_LANES_H

#include "device.h"

typedef struct {
    float a, b;
} f32x2;

typedef struct {
    double a, b;
} f64x2;

LC_FUNCTION unsigned lc_larger_bits(float x, float y) {
    const unsigned u = __float_as_uint(x) & 0x7fffffffu, v = __float_as_uint(y) & 0x7fffffffu;
    return u > v ? u : v;
}
LC_FUNCTION float lc_larger(float x, float y) { return __uint_as_float(lc_larger_bits(x, y)); }
LC_FUNCTION double lc_larger(double x, double y) {
    const long long u = __double_as_longlong(x) & 0x7fffffffffffffffll, v = __double_as_longlong(y) & 0x7fffffffffffffffll;
    return __longlong_as_double(u > v ? u : v);
}

enum { LC_ALL_OF_WARP = -1 };

/* In lc_larger a NaN is above infinity and stays. The tree that ends a block adds lanes 8, 4, 2 and 1 apart: the last two are of one thread, the others 4, 2 and 1 threads apart. */
#define LC_ARITHMETIC(L, S, FMA)                                                                                                                       \
    LC_FUNCTION L L##_set(S x) { return (L){x, x}; }                                                                                                    \
    LC_FUNCTION L L##_sub(L x, L y) { return (L){x.a - y.a, x.b - y.b}; }                                                                               \
    LC_FUNCTION L L##_add(L x, L y) { return (L){x.a + y.a, x.b + y.b}; }                                                                               \
    LC_FUNCTION L L##_mul(L x, L y) { return (L){x.a * y.a, x.b * y.b}; }                                                                               \
    LC_FUNCTION L L##_fma(L x, L y, L z) { return (L){FMA(x.a, y.a, z.a), FMA(x.b, y.b, z.b)}; }                                                        \
    LC_FUNCTION L L##_max_abs(L x, L y) { return (L){lc_larger(x.a, y.a), lc_larger(x.b, y.b)}; }                                                       \
    LC_FUNCTION L L##_abs(L x) { return L##_max_abs(x, x); }                                                                                            \
    LC_FUNCTION L L##_select(int first, L x, L y) { return first ? x : y; }                                                                             \
    LC_INLINE_THERE double lc_sum_of_lanes(L x) {                                                                                                       \
        LC_UNROLL(3) for (int apart = 4; apart > 0; apart /= 2) {                                                                                       \
            x.a += __shfl_xor_sync((unsigned)LC_ALL_OF_WARP, x.a, apart);                                                                               \
            x.b += __shfl_xor_sync((unsigned)LC_ALL_OF_WARP, x.b, apart);                                                                               \
        }                                                                                                                                              \
        return (double)(x.a + x.b);                                                                                                                    \
    }                                                                                                                                                  \
    LC_INLINE_THERE double lc_most_of_lanes(L x) {                                                                                                      \
        S most = lc_larger(x.a, x.b);                                                                                                                  \
        LC_UNROLL(3) for (int apart = 4; apart > 0; apart /= 2) { most = lc_larger(most, __shfl_xor_sync((unsigned)LC_ALL_OF_WARP, most, apart)); }     \
        return (double)most;                                                                                                                           \
    }                                                                                                                                                  \
    typedef struct {                                                                                                                                   \
        L m, c;                                                                                                                                        \
        int x_is_smaller;                                                                                                                              \
    } L##_scale;                                                                                                                                       \
    LC_FUNCTION void lc_set_lanes(L *x, double value) { *x = L##_set((S)value); }                                                                       \
    LC_FUNCTION L##_scale lc_scale_of(L, const lc_scale *scale, int row) {                                                                              \
        return (L##_scale){L##_set((S)scale->m[row]), L##_set((S)scale->c[row]), scale->x_is_smaller[row]};                                             \
    }

LC_ARITHMETIC(f32x2, float, __fmaf_rn)
LC_ARITHMETIC(f64x2, double, __fma_rn)

/* Two neighbouring numbers in memory, which lie where a pair may. */
LC_FUNCTION void lc_read(f32x2 *x, const float *p) {
    const float2 v = __ldg((const float2 *)p);
    *x = (f32x2){v.x, v.y};
}
LC_FUNCTION void lc_read(f64x2 *x, const double *p) {
    const double2 v = __ldg((const double2 *)p);
    *x = (f64x2){v.x, v.y};
}
LC_FUNCTION void lc_read(f64x2 *x, const float *p) {
    const float2 v = __ldg((const float2 *)p);
    *x = (f64x2){(double)v.x, (double)v.y};
}

/* The terms, for both kinds of lanes, whatever the type of the elements and the other side. */
#define LC_CAT_(a, b, c, d, e) a##_##b##_##c##_##d##_##e
#define LC_CAT(a, b, c, d, e) LC_CAT_(a, b, c, d, e)
#define LC_PAIR_(a, b) a##b
#define LC_PAIR(a, b) LC_PAIR_(a, b)
#define LC_LANE(f) LC_PAIR(LANES, f)
#define LC_THIS(op, rows) LC_CAT(LANES, op, any, any, rows)
#define AT_ONCE 1
#define LANES f32x2
#include "terms.h"
#undef LANES
#define LANES f64x2
#include "terms.h"
#undef LANES
#undef AT_ONCE

#define LC_TERM(L)                                                                                                                                     \
    LC_FUNCTION void lc_term(unsigned ops, L *acc, L x, L y, L before, L before2, L g, const L##_scale *by) {                                           \
        L##_term_any_any_of(ops, acc, x, y, before, before2, g, by);                                                                                   \
    }
LC_TERM(f32x2)
LC_TERM(f64x2)

#endif
