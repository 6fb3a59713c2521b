/* Runs the tests of the parts that Java cannot reach one by one. `lc_tests [SEED]`; the seed is printed. */
#include "lanes_test.h"

#include <math.h>
#include <stdarg.h>
#include <time.h>

static int failures;

void lc_test_fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    if (failures++ < 20) {
        vprintf(format, arguments);
        putchar('\n');
    }
    va_end(arguments);
}

#if defined(__x86_64__)

enum { ROUNDS = 200000 };

/* The value of a 16-bit element, from its definition. */
static double value_bf16(unsigned bits) {
    uint32_t u = (uint32_t)bits << 16;
    float f;
    memcpy(&f, &u, sizeof f);
    return (double)f;
}

static double value_f16(unsigned bits) {
    int exponent = (int)(bits >> 10 & 31);
    double fraction = (double)(bits & 1023), size;
    if (exponent == 31) {
        size = fraction != 0 ? 0 / 0.0 : 1 / 0.0;
    } else {
        size = exponent == 0 ? fraction * 0x1p-24 : (1024 + fraction) * 0x1p-25 * (double)((uint64_t)1 << exponent);
    }
    return bits & 0x8000 ? -size : size;
}

static int same(double a, double b) { return a != a ? b != b : memcmp(&a, &b, sizeof a) == 0; }

static void widening(const lc_test_lanes *lanes, const char *tier) {
    for (unsigned first = 0; first < 65536; first += 16) {
        uint16_t in[16];
        float narrow[2][16];
        double wide[2][16];
        for (unsigned j = 0; j < 16; j++) {
            in[j] = (uint16_t)(first + j);
        }
        lanes->load_bf16((const char *)in, narrow[0]);
        lanes->load_f16((const char *)in, narrow[1]);
        lanes->load_wide_bf16((const char *)in, wide[0]);
        lanes->load_wide_f16((const char *)in, wide[1]);
        for (unsigned j = 0; j < 16; j++) {
            double expected[2] = {value_bf16(first + j), value_f16(first + j)};
            for (int k = 0; k < 2; k++) {
                if (!same((double)narrow[k][j], expected[k]) || !same(wide[k][j], expected[k])) {
                    lc_test_fail("%s: %s 0x%04x is widened to %a and %a, expected %a", tier, k ? "f16" : "bf16", first + j, (double)narrow[k][j],
                                 wide[k][j], expected[k]);
                }
            }
        }
    }
}

static void fill(uint64_t *seed, void *to, size_t bytes) {
    for (size_t i = 0; i < bytes; i += 8) {
        uint64_t r = lc_test_random(seed);
        memcpy((char *)to + i, &r, 8);
    }
}

/* Random bits, or numbers of like size, or some of each. */
static void fill_floats(uint64_t *seed, float *to) {
    uint64_t kind = lc_test_random(seed) % 3;
    fill(seed, to, 64);
    for (int j = 0; j < 16; j++) {
        if (kind == 0 || (kind == 1 && j % 3 != 0)) {
            to[j] = (float)(int64_t)lc_test_random(seed) * 0x1p-63f;
        }
    }
}

/* The larger of what a row had and the magnitudes of its lanes; a NaN if one is. */
static double larger(double had, const double *lanes) {
    for (int j = 0; j < 16; j++) {
        had = had != had || fabs(lanes[j]) <= had ? had : fabs(lanes[j]);
    }
    return had;
}

static void compare_most(uint64_t *seed, const lc_test_lanes *a, const lc_test_lanes *b) {
    const int rows = 1 + (int)(lc_test_random(seed) % 4);
    float x[4][16], had[16];
    double doubles[4][16], widened[16], most[2][2][4];
    fill_floats(seed, had);
    for (int k = 0; k < 4; k++) {
        fill_floats(seed, x[k]);
        fill(seed, doubles[k], sizeof doubles[k]);
        for (int i = 0; i < 4; i++) {
            most[i / 2][i % 2][k] = fabs((double)had[k]);
        }
    }
    a->keep_most(x[0], most[0][0], rows);
    b->keep_most(x[0], most[0][1], rows);
    a->keep_most_wide(doubles[0], most[1][0], rows);
    b->keep_most_wide(doubles[0], most[1][1], rows);
    for (int k = 0; k < 4; k++) {
        for (int j = 0; j < 16; j++) {
            widened[j] = (double)x[k][j];
        }
        for (int wide = 0; wide < 2; wide++) {
            const double expected = k >= rows ? fabs((double)had[k]) : larger(fabs((double)had[k]), wide ? doubles[k] : widened);
            if (!same(most[wide][0][k], expected) || !same(most[wide][1][k], expected)) {
                lc_test_fail("the most of row %d of %d is %a and %a, not %a", k, rows, most[wide][0][k], most[wide][1][k], expected);
            }
        }
    }
}

static void compare(uint64_t *seed, const lc_test_lanes *b, const char *tier) {
    const lc_test_lanes *a = &lc_test_scalar;
    for (int round = 0; round < ROUNDS; round++) {
        uint16_t halves[16];
        float x[16], y[16], chosen[2][16];
        double doubles[16], wide[2][16], arranged[2][17];
        fill_floats(seed, x);
        fill_floats(seed, y);
        for (int j = 0; j < 16; j++) {
            memcpy(&halves[j], (char *)&y[j] + 2, 2);
            doubles[j] = (double)x[j] * (double)y[j];
        }
        if (round % 2) {
            fill(seed, doubles, sizeof doubles);
        }
        a->arranged_bf16((const char *)halves, x, arranged[0]);
        b->arranged_bf16((const char *)halves, x, arranged[1]);
        a->load_wide_f32((const char *)x, wide[0]);
        b->load_wide_f32((const char *)x, wide[1]);
        for (int j = 0; j < 17; j++) {
            if (!same(arranged[0][j], arranged[1][j]) || (j < 16 && !same(wide[0][j], wide[1][j]))) {
                lc_test_fail("arranged rows or widened float32 differ at %d: %a and %a", j, arranged[0][j], arranged[1][j]);
            }
        }
        if (!same(a->sum_bf16((const char *)halves), b->sum_bf16((const char *)halves)) || !same(a->sum_f32(x), b->sum_f32(x)) ||
            !same(a->sum_f64(doubles), b->sum_f64(doubles))) {
            lc_test_fail("sums of lanes differ: %a and %a; %a and %a", a->sum_f32(x), b->sum_f32(x), a->sum_f64(doubles), b->sum_f64(doubles));
        }
        compare_most(seed, a, b);
        int first = (int)(lc_test_random(seed) & 1);
        a->select(first, x, y, chosen[0]);
        b->select(first, x, y, chosen[1]);
        if (memcmp(chosen[0], chosen[1], sizeof chosen[0]) != 0 || memcmp(chosen[0], first ? x : y, sizeof x) != 0) {
            lc_test_fail("select takes the wrong side");
        }
    }
    printf("lanes: all 65536 bf16 and f16 patterns, %d rounds of scalar against %s\n", ROUNDS, tier);
}

static void run(uint64_t seed) {
    widening(&lc_test_scalar, "scalar");
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") || !__builtin_cpu_supports("f16c")) {
        printf("skipped: this processor has no AVX2, FMA and F16C to compare with\n");
        return;
    }
    widening(&lc_test_avx2, "avx2");
    compare(&seed, &lc_test_avx2, "avx2");
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")) {
        widening(&lc_test_avx512, "avx512");
        compare(&seed, &lc_test_avx512, "avx512");
    } else {
        printf("skipped: this processor has no AVX-512 to compare with; the emulated run does\n");
    }
    lc_test_fma(seed);
}

#else

static void run(uint64_t seed) {
    (void)seed;
    printf("skipped: the lanes are compared on x86-64 only\n");
}

#endif

int main(int count, char **arguments) {
    uint64_t seed = count > 1 ? strtoull(arguments[1], 0, 10) : (uint64_t)time(0);
    printf("lc_tests %llu (the seed; give it to run the same numbers again)\n", (unsigned long long)seed);
    run(seed);
    printf(failures ? "%d FAILED\n" : "passed, %d failures\n", failures);
    return failures != 0;
}
