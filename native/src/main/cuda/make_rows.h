/*
 * Rows that are made before measuring: widened references and weights, and means over iterations. An element a thread.
 *
 * Precision: widening is exact. A mean is summed in float64 in the order of iterations, divided once, and rounded once to float32; for float64 states it is not rounded.
 */
#ifndef LC_MAKE_ROWS_H
#define LC_MAKE_ROWS_H

#include "types.h"

LC_FUNCTION void lc_widen(const char *source, int64_t token_stride, int64_t tokens, int64_t hidden, int64_t dtype, int64_t wide, char *to) {
    const int64_t padded = (hidden + 15) & ~(int64_t)15;
    for (int64_t i = lc_thread(); i < tokens * padded; i += lc_threads()) {
        const int64_t token = i / padded, d = i % padded;
        const double value = d < hidden ? lc_widened(source + token * token_stride + d * lc_bytes[dtype], dtype) : 0;
        if (wide) {
            ((double *)to)[i] = value;
        } else {
            ((float *)to)[i] = (float)value;
        }
    }
}

LC_FUNCTION void lc_mean(const char *states, int64_t iteration_stride, int64_t token_stride, int64_t iterations, int64_t tokens, int64_t hidden, int64_t dtype,
                         char *to) {
    for (int64_t i = lc_thread(); i < tokens * hidden; i += lc_threads()) {
        const int64_t token = i / hidden, d = i % hidden;
        const char *from = states + token * token_stride + d * lc_bytes[dtype];
        double sum = 0;
        LC_UNROLL(4) for (int64_t t = 0; t < iterations; t++) { sum += lc_widened(from + t * iteration_stride, dtype); }
        const double mean = sum / (double)iterations;
        if (dtype == LC_F64) {
            ((double *)to)[i] = mean;
        } else {
            ((float *)to)[i] = (float)mean;
        }
    }
}

#endif
