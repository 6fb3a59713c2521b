/* What the parts of the test share. The lanes of a tier are compiled in a file of their own, because all tiers use the same names. */
#ifndef LC_LANES_TEST_H
#define LC_LANES_TEST_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the lanes of one tier make of 16 elements. Bytes in, plain order out. */
typedef struct {
    void (*load_bf16)(const char *p, float *to);
    void (*load_f16)(const char *p, float *to);
    void (*load_wide_bf16)(const char *p, double *to);
    void (*load_wide_f16)(const char *p, double *to);
    void (*load_wide_f32)(const char *p, double *to);
    /* arranged for bfloat16 states and read back as float32 and float64 lanes: the difference to the same elements as states */
    void (*arranged_bf16)(const char *bf16, const float *plain, double *to);
    double (*sum_bf16)(const char *p);
    double (*sum_f32)(const float *p);
    double (*sum_f64)(const double *p);
    /* of `rows` rows of 16, what is larger in magnitude than the most of each so far */
    void (*keep_most)(const float *p, double *most, int rows);
    void (*keep_most_wide)(const double *p, double *most, int rows);
    void (*select)(int first, const float *x, const float *y, float *to);
} lc_test_lanes;

extern const lc_test_lanes lc_test_scalar, lc_test_avx2, lc_test_avx512;

void lc_test_fma(uint64_t seed);
void lc_test_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* splitmix64 */
static inline uint64_t lc_test_random(uint64_t *state) {
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

#endif
