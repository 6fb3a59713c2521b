/*
 * Whether the emulated processor multiplies and adds as a real one does: its float64 instruction on sums that cancel, against the software. It may err as Bochs is
 * known to, see bochs_fma.h, and in no other way.
 */
#include "../conformance.h"
#include "bare.h"
#include "bochs_fma.h"

#include <immintrin.h>

enum { SUMS = 20000 };

__attribute__((target("fma"))) static double instruction(double a, double b, double c) {
    return _mm_cvtsd_f64(_mm_fmadd_sd(_mm_set_sd(a), _mm_set_sd(b), _mm_set_sd(c)));
}

static void put_sum(const char *text, double a, double b, double c) {
    lc_put(text);
    lc_put_hex(lc_bits(a));
    lc_put(" * ");
    lc_put_hex(lc_bits(b));
    lc_put(" + ");
    lc_put_hex(lc_bits(c));
    lc_put(" is ");
    lc_put_hex(lc_bits(instruction(a, b, c)));
    lc_put(", expected ");
    lc_put_hex(lc_bits(lc_soft_fma(a, b, c)));
    lc_put("\n");
}

/* From 1/16 to 16, of either sign. */
static double some(uint64_t *random) {
    const uint64_t r = lc_random(random);
    return lc_double((r & 0x800fffffffffffffu) | (1019 + (r >> 52 & 7)) << 52);
}

void lc_check_fma(void) {
    uint64_t random = 1, faulty = 0;
    for (int i = 0; i < SUMS; i++) {
        const double a = some(&random), b = some(&random), product = -(a * b);
        const double c = i % 2 ? product : lc_double(lc_bits(product) ^ (lc_random(&random) & (((uint64_t)1 << i % 52) - 1)));
        const uint64_t is = lc_bits(instruction(a, b, c));
        if (is == lc_bits(lc_soft_fma(a, b, c))) {
            continue;
        }
        if (is != lc_bits(lc_bochs_fma(a, b, c))) {
            put_sum("FAILED fma: ", a, b, c);
        } else if (faulty++ == 0) {
            put_sum("fma known to be faulty: ", a, b, c);
        }
    }
    lc_put("fma ");
    lc_put_number(SUMS);
    lc_put(" sums that cancel, ");
    lc_put_number(faulty);
    lc_put(" of them wrong as Bochs is known to be\n");
}
