/*
 * Sums of squared differences of every two of some widened rows, which lie in plain order. Blocks of 512 elements of all rows are walked through while they are in the nearest
 * caches, a few rows against a few others at a time, so that each load serves several pairs. Included once for each kind of lanes, with these defined:
 *
 *   LANES      f32x16 or f64x16     DTYPE     f32 or f64, of the widened rows     BYTES   of one element
 *   TILE_ROWS  and TILE_COLUMNS     how many rows against how many others: 1, 2 or 4 each; as many as have room for the lanes of their pairs in the registers
 *
 * Precision: that of diff2 in terms.h and block.h, in the same order. x - y and y - x have the same square, so that a pair has one sum.
 */
#define LC_PAIR_(a, b) a##b
#define LC_PAIR(a, b) LC_PAIR_(a, b)
#define LC_LANE(f) LC_PAIR(LANES, f)                       /* f32x16_sub */
#define LC_LANE_DTYPE(f) LC_PAIR(LC_PAIR(LANES, f), DTYPE) /* f32x16_load_f32 */
#define LC_UNROLLED(k, count) _Pragma("GCC unroll 4") for (int k = 0; k < (count); k++)

/*
 * A block of n elements of some rows x against some rows y; sums: of x[0] and y[0], those of the next row `stride` further. On the diagonal both are the same rows, of which a
 * pair is done once.
 */
static LC_INLINE void LC_LANE(_pair_tile)(const int diagonal, const char *const *x, const char *const *y, int64_t n, double *sums, int64_t stride) {
    LANES acc[TILE_ROWS][TILE_COLUMNS];
    LC_UNROLLED(k, TILE_ROWS) {
        LC_UNROLLED(l, TILE_COLUMNS) { acc[k][l] = LC_LANE(_set)(0); }
    }
    for (int64_t at = 0; at < n * BYTES; at += 16 * BYTES) {
        LANES side[TILE_COLUMNS];
        LC_UNROLLED(l, TILE_COLUMNS) { side[l] = LC_LANE(_once)(LC_LANE_DTYPE(_load_)(y[l] + at)); }
        LC_UNROLLED(k, TILE_ROWS) {
            LANES here = LC_LANE(_once)(LC_LANE_DTYPE(_load_)(x[k] + at));
            LC_UNROLLED(l, TILE_COLUMNS) {
                if (diagonal && k > l) {
                    continue;
                }
                LANES e = LC_LANE(_sub)(here, side[l]);
                acc[k][l] = LC_LANE(_fma)(e, e, acc[k][l]);
            }
        }
    }
    LC_UNROLLED(k, TILE_ROWS) { LC_LANE_DTYPE(_add_sums_)(sums + k * stride, acc[k], TILE_COLUMNS); }
}

/* Addresses of `count` rows from number `first` on; beyond the last row, the last one again. */
static LC_INLINE void LC_LANE(_pair_rows)(const char **at, int count, const char *rows, int64_t row_bytes, int64_t first, int64_t all) {
    for (int k = 0; k < count; k++) {
        at[k] = rows + (first + k < all ? first + k : all - 1) * row_bytes;
    }
}

/* A block of n elements of all rows: some columns, which stay in the nearest cache, against all rows up to them; then the next. */
static void LC_LANE(_pair_block)(const char *rows, int64_t count, int64_t row_bytes, int64_t n, double *sums, int64_t stride) {
    const int64_t columns = LC_PAIR_BYTES / (LC_BLOCK * BYTES);
    const char *x[TILE_ROWS], *y[TILE_COLUMNS];
    for (int64_t from = 0; from < count; from += columns) {
        const int64_t to = count < from + columns ? count : from + columns;
        for (int64_t i = 0; i < to; i += TILE_ROWS) {
            LC_LANE(_pair_rows)(x, TILE_ROWS, rows, row_bytes, i, count);
            for (int64_t j = from > i ? from : i - i % TILE_COLUMNS; j < to; j += TILE_COLUMNS) {
                LC_LANE(_pair_rows)(y, TILE_COLUMNS, rows, row_bytes, j, count);
                if (i == j) {
                    LC_LANE(_pair_tile)(1, x, y, n, sums + i * stride + j, stride);
                } else {
                    LC_LANE(_pair_tile)(0, x, y, n, sums + i * stride + j, stride);
                }
            }
        }
    }
}

static void LC_LANE(_pairs)(const char *rows, int64_t count, int64_t elements, double *sums) {
    for (int64_t d = 0; d < elements; d += LC_BLOCK) {
        const int64_t n = elements - d < LC_BLOCK ? elements - d : LC_BLOCK;
        LC_LANE(_pair_block)(rows + d * BYTES, count, elements * BYTES, n, sums, (count + 3) & ~(int64_t)3);
    }
}

#undef LC_PAIR_
#undef LC_PAIR
#undef LC_LANE
#undef LC_LANE_DTYPE
#undef LC_UNROLLED
#undef LANES
#undef DTYPE
#undef BYTES
#undef TILE_ROWS
#undef TILE_COLUMNS
