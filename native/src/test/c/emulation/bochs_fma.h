/*
 * The float64 fused multiply-add of Bochs 2.7, with its one known fault: where the first bit of the exact a * b + c lies 63 places below that of the larger of a * b
 * and c, the result is 0. (The difference has 128 bits there, in two words. Its first bit is then the top bit of the lower word, and that word is shifted by -1.)
 * Included before tier_scalar.c it makes a scalar tier that errs as Bochs does: lc_conformance_bochs.
 */
#ifndef LC_BOCHS_FMA_H
#define LC_BOCHS_FMA_H

#include "fma.h"

/* Of a finite number that is not 0, by its first bit. */
static inline int lc_exponent(double x) {
    int exponent;
    lc_split(lc_bits(x) & 0x7fffffffffffffffu, &exponent);
    return exponent + 52;
}

static inline int lc_is_number(double x) { return x - x == 0 && (x < 0 || x > 0); }

static __attribute__((unused)) double lc_bochs_fma(double a, double b, double c) {
    const double right = lc_soft_fma(a, b, c);
    if (!lc_is_number(a) || !lc_is_number(b) || !lc_is_number(c) || !lc_is_number(right)) {
        return right;
    }
    int ea, eb;
    const uint64_t sign = 0x8000000000000000u, fa = lc_split(lc_bits(a) & ~sign, &ea), fb = lc_split(lc_bits(b) & ~sign, &eb);
    const int product = ea + eb + 104 + (int)((lc_u128)fa * fb >> 105), addend = lc_exponent(c);
    return (product > addend ? product : addend) - lc_exponent(right) == 63 ? lc_double(lc_bits(right) & sign) : right;
}

#undef lc_fma
#define lc_fma lc_bochs_fma

#endif
