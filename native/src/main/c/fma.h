/*
 * Correctly rounded fused multiply-add in plain C, for processors without the instruction. Slow, and exactly what the instruction gives.
 */
#ifndef LC_FMA_H
#define LC_FMA_H

#include <stdint.h>
#include <string.h>

static inline uint64_t lc_bits(double x) {
    uint64_t u;
    memcpy(&u, &x, sizeof u);
    return u;
}

static inline double lc_double(uint64_t u) {
    double x;
    memcpy(&x, &u, sizeof x);
    return x;
}

/*
 * The product of two floats is exact in double. The sum is rounded to odd (towards the neighbour with an odd last bit where it is inexact), which leaves
 * the second rounding, to float, correct: double has more than two bits to spare.
 */
static __attribute__((noinline, unused)) float lc_soft_fmaf(float a, float b, float c) {
    double p = (double)a * b;
    double s = p + c;
    double v = s - p;
    double error = (p - (s - v)) + (c - v); /* exact: Knuth's two-sum */
    uint64_t u = lc_bits(s);
    if ((error > 0 || error < 0) && !(u & 1)) {
        u += ((error > 0) == (s > 0)) ? 1u : (uint64_t)-1;
        s = lc_double(u);
    }
    return (float)s;
}

__extension__ typedef unsigned __int128 lc_u128;

/* A finite nonzero double as mantissa * 2^exponent, the mantissa's bit 52 set. */
static inline uint64_t lc_split(uint64_t bits, int *exponent) {
    uint64_t fraction = bits & 0x000fffffffffffffu;
    int e = (int)(bits >> 52 & 0x7ff);
    if (e == 0) {
        int shift = __builtin_clzll(fraction) - 11;
        *exponent = -1074 - shift;
        return fraction << shift;
    }
    *exponent = e - 1075;
    return fraction | 0x0010000000000000u;
}

/* value * 2^exponent, value's lowest bit sticky, rounded once to the nearest double, ties to even. */
static inline double lc_round(int negative, lc_u128 value, int exponent) {
    uint64_t sign = negative ? 0x8000000000000000u : 0;
    if (value == 0) {
        return lc_double(sign);
    }
    uint64_t high = (uint64_t)(value >> 64);
    int width = high ? 128 - __builtin_clzll(high) : 64 - __builtin_clzll((uint64_t)value);
    int drop = width - 53;
    if (exponent + drop < -1074) {
        drop = -1074 - exponent; /* subnormal: fewer bits are kept */
    }
    uint64_t kept;
    if (drop <= 0) {
        kept = (uint64_t)value << -drop;
    } else if (drop > 127) {
        kept = 0; /* far below half of the smallest number */
    } else {
        kept = (uint64_t)(value >> drop);
        lc_u128 rest = value & (((lc_u128)1 << drop) - 1), half = (lc_u128)1 << (drop - 1);
        kept += rest > half || (rest == half && (kept & 1));
    }
    int biased = exponent + drop + 1075; /* of a number with bit 52 set */
    if (kept >> 53) {
        kept >>= 1;
        biased++;
    }
    if (biased >= 0x7ff) {
        return lc_double(sign | 0x7ff0000000000000u);
    }
    if (!(kept >> 52)) {
        return lc_double(sign | kept); /* subnormal, or zero */
    }
    return lc_double(sign | (uint64_t)biased << 52 | (kept & 0x000fffffffffffffu));
}

static __attribute__((noinline, unused)) double lc_soft_fma(double a, double b, double c) {
    uint64_t ua = lc_bits(a), ub = lc_bits(b), uc = lc_bits(c);
    uint64_t ma = ua << 1, mb = ub << 1, mc = uc << 1; /* without the sign */
    if (ma >> 53 == 0x7ff || mb >> 53 == 0x7ff) {
        return a * b + c; /* NaN or infinity: nothing to round */
    }
    if (mc >> 53 == 0x7ff) {
        return c + c; /* the same, and a * b, which is finite, must not overflow against it */
    }
    if (ma == 0 || mb == 0) {
        return a * b + c; /* an exact zero keeps the signs right */
    }
    if (mc == 0) {
        int ea, eb;
        uint64_t fa = lc_split(ua, &ea), fb = lc_split(ub, &eb);
        return lc_round((int)((ua ^ ub) >> 63), (lc_u128)fa * fb, ea + eb);
    }
    int ea, eb, ec;
    uint64_t fa = lc_split(ua, &ea), fb = lc_split(ub, &eb), fc = lc_split(uc, &ec);
    lc_u128 p = (lc_u128)fa * fb << 20; /* 105 or 106 bits, up to bit 125: room for a carry, and 20 bits below for what is shifted out */
    lc_u128 q = (lc_u128)fc << 72;      /* bit 124 */
    int ep = ea + eb - 20, eq = ec - 72;
    int sp = (int)((ua ^ ub) >> 63), sq = (int)(uc >> 63);
    int distance = ep - eq;
    if (distance < 0) { /* let p be the one with the larger exponent */
        lc_u128 m = p;
        p = q;
        q = m;
        int e = ep, s = sp;
        ep = eq;
        eq = e;
        sp = sq;
        sq = s;
        distance = -distance;
    }
    if (distance > 126) {
        q = 1; /* only sticky */
    } else if (distance > 0) {
        lc_u128 lost = q & (((lc_u128)1 << distance) - 1);
        q = q >> distance | (lost != 0);
    }
    if (sp == sq) {
        return lc_round(sp, p + q, ep);
    }
    if (p == q) {
        return 0.0;
    }
    return p > q ? lc_round(sp, p - q, ep) : lc_round(sq, q - p, ep);
}

#if defined(__FP_FAST_FMAF)
#define lc_fmaf __builtin_fmaf
#else
#define lc_fmaf lc_soft_fmaf
#endif

#if defined(__FP_FAST_FMA)
#define lc_fma __builtin_fma
#else
#define lc_fma lc_soft_fma
#endif

#endif
