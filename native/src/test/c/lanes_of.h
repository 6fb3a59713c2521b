/* The table of one tier for the test; the tier's lanes were included before. LANES_TABLE is its name. */
#include "lanes_test.h"

static void load_bf16(const char *p, float *to) { f32x16_store((char *)to, f32x16_plain_bf16(p)); }
static void load_f16(const char *p, float *to) { f32x16_store((char *)to, f32x16_load_f16(p)); }
static void load_wide_bf16(const char *p, double *to) { f64x16_store((char *)to, f64x16_load_bf16(p)); }
static void load_wide_f16(const char *p, double *to) { f64x16_store((char *)to, f64x16_load_f16(p)); }
static void load_wide_f32(const char *p, double *to) { f64x16_store((char *)to, f64x16_load_f32(p)); }

static void arranged_bf16(const char *bf16, const float *plain, double *to) {
    char arranged[64];
    f32x16_arrange_bf16(arranged, f32x16_load_f32((const char *)plain));
    f32x16 difference = f32x16_sub(f32x16_load_bf16(bf16), f32x16_fixed_bf16(arranged));
    to[16] = 0;
    f32x16_add_sums_bf16(&to[16], &difference, 1);
    f64x16_store((char *)to, f64x16_sub(f64x16_load_bf16(bf16), f64x16_fixed_bf16(arranged)));
}

static double sum_bf16(const char *p) {
    f32x16 lanes = f32x16_load_bf16(p);
    double sum = 0;
    f32x16_add_sums_bf16(&sum, &lanes, 1);
    return sum;
}
static double sum_f32(const float *p) {
    f32x16 lanes = f32x16_load_f32((const char *)p);
    double sum = 0;
    f32x16_add_sums_f32(&sum, &lanes, 1);
    return sum;
}
static double sum_f64(const double *p) {
    f64x16 lanes = f64x16_load_f64((const char *)p);
    double sum = 0;
    f64x16_add_sums_f64(&sum, &lanes, 1);
    return sum;
}
static void keep_most(const float *p, double *most, int rows) {
    f32x16 magnitudes[4];
    for (int k = 0; k < rows; k++) {
        magnitudes[k] = f32x16_max_abs(f32x16_load_f32((const char *)(p + 16 * k)), f32x16_set(0));
    }
    f32x16_keep_most(most, magnitudes, rows);
}
static void keep_most_wide(const double *p, double *most, int rows) {
    f64x16 magnitudes[4];
    for (int k = 0; k < rows; k++) {
        magnitudes[k] = f64x16_max_abs(f64x16_load_f64((const char *)(p + 16 * k)), f64x16_set(0));
    }
    f64x16_keep_most(most, magnitudes, rows);
}
static void choose(int first, const float *x, const float *y, float *to) {
    f32x16_store((char *)to, f32x16_select(f32x16_mask(first), f32x16_load_f32((const char *)x), f32x16_load_f32((const char *)y)));
}

const lc_test_lanes LANES_TABLE = {load_bf16,     load_f16, load_wide_bf16, load_wide_f16, load_wide_f32, arranged_bf16,
                                   sum_bf16,      sum_f32,  sum_f64,        keep_most,     keep_most_wide, choose};
