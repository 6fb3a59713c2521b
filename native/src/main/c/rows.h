/*
 * Rows that are made before measuring: widened references and weights, and means over iterations.
 *
 * Precision: widening is exact. A mean is summed in float64 in the order of iterations, divided once, and rounded once to float32; for float64 states it is not rounded.
 */

/* The next n <= 16 elements of a row, the rest zero, in plain order. */
#define LC_LOAD_PART(L)                                                                                                                                \
    static LC_INLINE L L##_load_part(const char *p, int64_t dtype, int64_t n) {                                                                                  \
        char part[16 * 8];                                                                                                                             \
        if (n < 16) {                                                                                                                                  \
            memset(part, 0, sizeof part);                                                                                                              \
            memcpy(part, p, (size_t)(n * lc_bytes[dtype]));                                                                                            \
            p = part;                                                                                                                                  \
        }                                                                                                                                              \
        switch (dtype) {                                                                                                                               \
        case LC_BF16: return L##_plain_bf16(p);                                                                                                        \
        case LC_F16: return L##_load_f16(p);                                                                                                           \
        case LC_F32: return L##_load_f32(p);                                                                                                           \
        default: return L##_plain_f64(p);                                                                                                              \
        }                                                                                                                                              \
    }

/* A float64 row is never read into float32 lanes; the function only has to exist. */
static inline f32x16 f32x16_plain_f64(const char *p) {
    (void)p;
    return f32x16_set(0);
}
static inline f64x16 f64x16_plain_f64(const char *p) { return f64x16_load_f64(p); }
static inline f64x16 f64x16_plain_bf16(const char *p) { return f64x16_load_bf16(p); }

LC_LOAD_PART(f32x16)
LC_LOAD_PART(f64x16)

static int32_t lc_widen(const void *source, int64_t source_offset, int64_t token_stride, int64_t tokens, int64_t hidden, int64_t source_dtype,
                        int64_t states_dtype, int64_t wide, void *work, int64_t target_offset) {
    if (source_dtype < 0 || source_dtype >= LC_DTYPES || states_dtype < 0 || states_dtype >= LC_DTYPES ||
        (!wide && (source_dtype == LC_F64 || states_dtype == LC_F64))) {
        return LC_BAD_ARGUMENT;
    }
    char *to = (char *)work + target_offset;
    for (int64_t i = 0; i < tokens; i++) {
        const char *row = (const char *)source + source_offset + i * token_stride;
        for (int64_t d = 0; d < hidden; d += 16) {
            const char *from = row + d * lc_bytes[source_dtype];
            int64_t n = hidden - d < 16 ? hidden - d : 16;
            lc_prefetch(from + LC_BLOCK * lc_bytes[source_dtype]); /* the block that is wanted next, where rows are widened block by block */
            if (wide) {
                f64x16_store(to, f64x16_load_part(from, source_dtype, n));
                to += 16 * 8;
            } else {
                f32x16 plain = f32x16_load_part(from, source_dtype, n);
                if (states_dtype == LC_BF16) {
                    f32x16_arrange_bf16(to, plain);
                } else {
                    f32x16_store(to, plain);
                }
                to += 16 * 4;
            }
        }
    }
    return LC_OK;
}

static int32_t lc_mean(const void *states, int64_t states_offset, int64_t iteration_stride, int64_t token_stride, int64_t iterations, int64_t tokens,
                       int64_t hidden, int64_t dtype, void *work, int64_t target_offset) {
    if (dtype < 0 || dtype >= LC_DTYPES || iterations < 1) {
        return LC_BAD_ARGUMENT;
    }
    int64_t target_bytes = dtype == LC_F64 ? 8 : 4;
    for (int64_t i = 0; i < tokens; i++) {
        const char *first = (const char *)states + states_offset + i * token_stride;
        char *to = (char *)work + target_offset + i * hidden * target_bytes;
        for (int64_t d = 0; d < hidden; d += 16) {
            int64_t n = hidden - d < 16 ? hidden - d : 16;
            f64x16 sum = f64x16_set(0);
            for (int64_t t = 0; t < iterations; t++) {
                sum = f64x16_add(sum, f64x16_load_part(first + t * iteration_stride + d * lc_bytes[dtype], dtype, n));
            }
            double sums[16];
            f64x16_store((char *)sums, sum);
            for (int64_t j = 0; j < n; j++) {
                double mean = sums[j] / (double)iterations;
                if (dtype == LC_F64) {
                    memcpy(to + (d + j) * 8, &mean, 8);
                } else {
                    float rounded = (float)mean;
                    memcpy(to + (d + j) * 4, &rounded, 4);
                }
            }
        }
    }
    return LC_OK;
}
