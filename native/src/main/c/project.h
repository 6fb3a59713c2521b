/*
 * States on some directions, and the sums of states that such coordinates weigh: both halves of the product of their scatter matrix with some vectors.
 *
 * Precision: everything in float64. A component is scaled and shifted with one rounding; coordinates and squares are summed in the lanes, blocks and tree of every other sum;
 * a weighted sum takes its rows in their order, each product one fused multiply-add.
 */
enum {
    LC_ROWS_WIDENED = 4, /* a block of so many rows, or a panel of so many elements of all rows, fills the scratch memory */
    LC_PANEL = 32,       /* of two bytes, a cache line */
    LC_COMBINED = LC_PAIR_ROWS_F64 * LC_PAIR_COLUMNS_F64 /* sums that have room in the registers */
};
_Static_assert(LC_ROWS_WIDENED * LC_BLOCK * 8 == LC_AXES_SCRATCH && LC_AXES_ROWS * LC_PANEL * 8 == LC_AXES_SCRATCH, "both fill the scratch memory");

#define LC_UNROLLED(k, count) _Pragma("GCC unroll 8") for (int k = 0; k < (count); k++)

/* The next n elements of a row, scaled and shifted; up to a whole step of 16 the rest is zero, as the shift is there. */
static LC_INLINE void lc_move_to(char *to, const int dtype, const char *p, int64_t n, f64x16 scale, const char *shift) {
    const int64_t bytes = lc_bytes[dtype];
    for (; n >= 16; n -= 16, p += 16 * bytes, shift += 16 * 8, to += 16 * 8) {
        lc_prefetch(p + LC_BLOCK * bytes); /* the row's next block */
        f64x16_store(to, f64x16_fma(f64x16_load_part(p, dtype, 16), scale, f64x16_load_f64(shift)));
    }
    if (n > 0) {
        f64x16_store(to, f64x16_fma(f64x16_load_part(p, dtype, n), scale, f64x16_load_f64(shift)));
    }
}

/* n elements of some rows x against some directions y; sums: of x[0] and y[0], those of the next row `stride` further. */
static LC_INLINE void lc_dot_tile(const char *const *x, const char *const *y, int64_t n, double *sums, int64_t stride) {
    f64x16 acc[LC_PAIR_ROWS_F64][LC_PAIR_COLUMNS_F64];
    LC_UNROLLED(k, LC_PAIR_ROWS_F64) {
        LC_UNROLLED(l, LC_PAIR_COLUMNS_F64) { acc[k][l] = f64x16_set(0); }
    }
    for (int64_t at = 0; at < n * 8; at += 16 * 8) {
        f64x16 side[LC_PAIR_COLUMNS_F64];
        LC_UNROLLED(l, LC_PAIR_COLUMNS_F64) { side[l] = f64x16_once(f64x16_load_f64(y[l] + at)); }
        LC_UNROLLED(k, LC_PAIR_ROWS_F64) {
            f64x16 here = f64x16_once(f64x16_load_f64(x[k] + at));
            LC_UNROLLED(l, LC_PAIR_COLUMNS_F64) { acc[k][l] = f64x16_fma(here, side[l], acc[k][l]); }
        }
    }
    LC_UNROLLED(k, LC_PAIR_ROWS_F64) { f64x16_add_sums_f64(sums + k * stride, acc[k], LC_PAIR_COLUMNS_F64); }
}

static LC_INLINE double lc_square(const char *x, int64_t n) {
    f64x16 acc = f64x16_set(0);
    for (int64_t at = 0; at < n * 8; at += 16 * 8) {
        f64x16 here = f64x16_load_f64(x + at);
        acc = f64x16_fma(here, here, acc);
    }
    return f64x16_sum(acc);
}

/* Block by block: a few rows are widened, which stay in the nearest cache while all directions pass by. */
static LC_INLINE void lc_project_rows(const int dtype, const char *row, int64_t stride, int64_t rows, int64_t hidden, const lc_axes *axes, char *work) {
    const int64_t padded = (hidden + 15) & ~(int64_t)15, columns = (axes->count + 3) & ~(int64_t)3, bytes = lc_bytes[dtype];
    const int64_t whole = (rows + LC_ROWS_WIDENED - 1) / LC_ROWS_WIDENED * LC_ROWS_WIDENED;
    const f64x16 scale = f64x16_set(axes->scale);
    char *scratch = work + axes->scratch;
    double *coordinates = (double *)(void *)(work + axes->coordinates), *squares = (double *)(void *)(work + axes->squares);
    memset(coordinates, 0, (size_t)(whole * columns) * sizeof(double));
    if (axes->squares) {
        memset(squares, 0, (size_t)rows * sizeof(double));
    }
    for (int64_t from = 0; from < hidden; from += LC_BLOCK) {
        const int64_t end = hidden - from < LC_BLOCK ? hidden : from + LC_BLOCK, n = (end - from + 15) & ~(int64_t)15;
        for (int64_t r = 0; r < rows; r += LC_ROWS_WIDENED) {
            const char *x[LC_ROWS_WIDENED], *y[LC_PAIR_COLUMNS_F64];
            for (int64_t k = 0; k < LC_ROWS_WIDENED; k++) {
                if (r + k >= rows) {
                    x[k] = x[k - 1]; /* beyond the last row, the last one again */
                    continue;
                }
                x[k] = scratch + k * LC_BLOCK * 8;
                lc_move_to(scratch + k * LC_BLOCK * 8, dtype, row + (r + k) * stride + from * bytes, end - from, scale, work + axes->shift + from * 8);
            }
            for (int64_t j = 0; j < columns; j += LC_PAIR_COLUMNS_F64) {
                for (int64_t l = 0; l < LC_PAIR_COLUMNS_F64; l++) {
                    y[l] = work + axes->vectors + ((j + l < axes->count ? j + l : axes->count - 1) * padded + from) * 8;
                }
                for (int64_t k = 0; k < LC_ROWS_WIDENED; k += LC_PAIR_ROWS_F64) {
                    lc_dot_tile(x + k, y, n, coordinates + (r + k) * columns + j, columns);
                }
            }
            for (int64_t k = 0; axes->squares && k < LC_ROWS_WIDENED && r + k < rows; k++) {
                squares[r + k] += lc_square(x[k], n);
            }
        }
    }
}

/* Adds 16 elements of each row of a panel, weighted, to `count` sums that lie `stride` bytes apart. */
static LC_INLINE void lc_combine_tile(const int count, const char *panel, int64_t rows, const double *weights, int64_t columns, char *sums, int64_t stride) {
    f64x16 acc[LC_COMBINED];
    LC_UNROLLED(l, count) { acc[l] = f64x16_load_f64(sums + l * stride); }
    for (int64_t r = 0; r < rows; r++) {
        const f64x16 here = f64x16_once(f64x16_load_f64(panel + r * LC_PANEL * 8));
        LC_UNROLLED(l, count) { acc[l] = f64x16_fma(f64x16_set(weights[r * columns + l]), here, acc[l]); }
    }
    LC_UNROLLED(l, count) { f64x16_store(sums + l * stride, acc[l]); }
}

/* Some elements of some rows at a time, widened into a panel that stays in the nearest cache while all sums pass by. */
static LC_INLINE void lc_combine_rows(const int dtype, const char *row, int64_t stride, int64_t rows, int64_t hidden, const lc_axes *axes, char *work) {
    const int64_t padded = (hidden + 15) & ~(int64_t)15, columns = (axes->count + 3) & ~(int64_t)3, bytes = lc_bytes[dtype];
    const f64x16 scale = f64x16_set(axes->scale);
    char *panel = work + axes->scratch;
    const double *weights = (const double *)(const void *)(work + axes->coordinates);
    for (int64_t from = 0; from < hidden; from += LC_PANEL) {
        const int64_t n = hidden - from < LC_PANEL ? hidden - from : LC_PANEL;
        for (int64_t r = 0; r < rows; r++) {
            lc_move_to(panel + r * LC_PANEL * 8, dtype, row + r * stride + from * bytes, n, scale, work + axes->shift + from * 8);
        }
        for (int64_t d = 0; d < n; d += 16) {
            int64_t j = 0;
            char *sums = work + axes->sums + (from + d) * 8;
            for (; j + LC_COMBINED <= columns; j += LC_COMBINED) {
                lc_combine_tile(LC_COMBINED, panel + d * 8, rows, weights + j, columns, sums + j * padded * 8, padded * 8);
            }
            for (; j < columns; j += 4) { /* where eight have room, four are left */
                lc_combine_tile(LC_COMBINED < 4 ? LC_COMBINED : 4, panel + d * 8, rows, weights + j, columns, sums + j * padded * 8, padded * 8);
            }
        }
    }
}

#undef LC_UNROLLED

#define LC_OF_ROWS(name)                                                                                                                               \
    static int32_t lc_##name(const void *states, int64_t offset, int64_t iteration_stride, int64_t iterations, int64_t hidden, int64_t dtype,          \
                             void *work, int64_t axes_offset) {                                                                                        \
        const char *row = (const char *)states + offset;                                                                                               \
        const lc_axes *axes = (const lc_axes *)(const void *)((char *)work + axes_offset);                                                             \
        if (iterations < 1 || iterations > LC_AXES_ROWS) {                                                                                            \
            return LC_BAD_ARGUMENT;                                                                                                                    \
        }                                                                                                                                              \
        switch (dtype) {                                                                                                                               \
        case LC_BF16: lc_##name##_rows(LC_BF16, row, iteration_stride, iterations, hidden, axes, work); return LC_OK;                                  \
        case LC_F16: lc_##name##_rows(LC_F16, row, iteration_stride, iterations, hidden, axes, work); return LC_OK;                                    \
        case LC_F32: lc_##name##_rows(LC_F32, row, iteration_stride, iterations, hidden, axes, work); return LC_OK;                                    \
        case LC_F64: lc_##name##_rows(LC_F64, row, iteration_stride, iterations, hidden, axes, work); return LC_OK;                                    \
        default: return LC_BAD_ARGUMENT;                                                                                                               \
        }                                                                                                                                              \
    }
LC_OF_ROWS(project)
LC_OF_ROWS(combine)
