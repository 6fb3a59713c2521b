/*
 * The software fused multiply-add against the processor's: random bit patterns, and patterns where it is hard (cancellation, ties, subnormal and overflowing results).
 * Compiled with -mfma; fma.h's own functions are plain C whatever the flags.
 */
#include "lanes_test.h"

#include "fma.h"

enum { CASES = 2000000 };

static float to_float(uint32_t u) {
    float f;
    memcpy(&f, &u, sizeof f);
    return f;
}

static uint32_t float_bits(float f) {
    uint32_t u;
    memcpy(&u, &f, sizeof u);
    return u;
}

/* A number whose exponent is near `exponent` (biased), with few or many bits. */
static double near(uint64_t *seed, int exponent) {
    uint64_t r = lc_test_random(seed);
    int e = exponent + (int)(r % 7) - 3;
    uint64_t fraction = lc_test_random(seed) & 0x000fffffffffffffu;
    switch (r >> 8 & 3) {
    case 0: fraction &= ~(uint64_t)0 << (r >> 16 & 63); break; /* few bits: exact products and ties */
    case 1: fraction |= 0x000fffffffffffffu >> (r >> 16 & 63); break;
    default: break;
    }
    e = e < 0 ? 0 : e > 2046 ? 2046 : e;
    return lc_double((r >> 63) << 63 | (uint64_t)e << 52 | (fraction & 0x000fffffffffffffu));
}

static void check_double(double a, double b, double c) {
    double soft = lc_soft_fma(a, b, c), hard = __builtin_fma(a, b, c);
    if (lc_bits(soft) != lc_bits(hard) && !(soft != soft && hard != hard)) {
        lc_test_fail("fma(%a, %a, %a) = %a, expected %a", a, b, c, soft, hard);
    }
}

static void check_float(float a, float b, float c) {
    float soft = lc_soft_fmaf(a, b, c), hard = __builtin_fmaf(a, b, c);
    if (float_bits(soft) != float_bits(hard) && !(soft != soft && hard != hard)) {
        lc_test_fail("fmaf(%a, %a, %a) = %a, expected %a", (double)a, (double)b, (double)c, (double)soft, (double)hard);
    }
}

static void doubles(uint64_t *seed) {
    for (int i = 0; i < CASES; i++) {
        check_double(lc_double(lc_test_random(seed)), lc_double(lc_test_random(seed)), lc_double(lc_test_random(seed)));
        /* a product of any size, and an addend near it: cancellation and carries */
        int ea = (int)(lc_test_random(seed) % 2047), eb = (int)(lc_test_random(seed) % 2047), spread = (int)(lc_test_random(seed) % 240) - 120;
        double a = near(seed, ea), b = near(seed, eb);
        check_double(a, b, near(seed, ea + eb - 1023 + spread));
        check_double(a, b, -(a * b));
        check_double(a, b, lc_double(lc_bits(-(a * b)) ^ (lc_test_random(seed) & 3)));
        /* results at the lower and the upper edge */
        check_double(near(seed, 400), near(seed, 1023 - 400 + (int)(lc_test_random(seed) % 120) - 60), near(seed, 20));
        check_double(near(seed, 512), near(seed, 512 - 53), near(seed, 0));
        check_double(near(seed, 1535), near(seed, 1535), near(seed, 2046));
    }
}

static void floats(uint64_t *seed) {
    for (int i = 0; i < CASES; i++) {
        uint64_t r = lc_test_random(seed), s = lc_test_random(seed);
        check_float(to_float((uint32_t)r), to_float((uint32_t)(r >> 32)), to_float((uint32_t)s));
        float a = (float)near(seed, 1023 + (int)(r % 250) - 125), b = (float)near(seed, 1023 + (int)(s % 250) - 125);
        check_float(a, b, -(a * b));
        check_float(a, b, to_float(float_bits(-(a * b)) ^ (uint32_t)(s >> 40 & 3)));
        float p = a * b;
        check_float(a, b, p * (float)near(seed, 1023 + (int)(s >> 8 & 63) - 32));
        check_float((float)near(seed, 1023 - 74), (float)near(seed, 1023 - 74), (float)near(seed, 1023 - 140)); /* subnormal */
        check_float((float)near(seed, 1023 + 64), (float)near(seed, 1023 + 63), (float)near(seed, 1023 + 127)); /* overflow */
    }
}

static void edges(void) {
    const double values[] = {0.0, -0.0, 1, -1, 0x1p-1074, -0x1p-1074, 0x1p-1022, 0x1.fffffffffffffp1023, -0x1.fffffffffffffp1023, 0x1p-537, 0x1p511,
                             0x1p-149, 0x1.fffffep127, 0x1p-126, 0x1p-75, 1.5, 0x1.0000000000001p0, 1 / 0.0, -1 / 0.0, 0 / 0.0};
    enum { COUNT = sizeof values / sizeof values[0] };
    for (int a = 0; a < COUNT; a++) {
        for (int b = 0; b < COUNT; b++) {
            for (int c = 0; c < COUNT; c++) {
                check_double(values[a], values[b], values[c]);
                check_float((float)values[a], (float)values[b], (float)values[c]);
            }
        }
    }
}

void lc_test_fma(uint64_t seed) {
    edges();
    doubles(&seed);
    floats(&seed);
    printf("fma: %d float64 and %d float32 cases\n", 7 * CASES, 6 * CASES);
}
