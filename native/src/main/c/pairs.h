/*
 * How far every two of some rows are from each other, as sums of squares.
 *
 * Precision: pair_block.h says it. A float32 sum that is not to be trusted is given as it is: whoever wants it done again asks for it in float64 lanes.
 */

/* Of a block, what stays in a first-level cache: half of a small one. */
enum { LC_PAIR_BYTES = 16 << 10 };

#define LANES f32x16
#define DTYPE f32
#define BYTES 4
#define TILE_ROWS LC_PAIR_ROWS_F32
#define TILE_COLUMNS LC_PAIR_COLUMNS_F32
#include "pair_block.h"

#define LANES f64x16
#define DTYPE f64
#define BYTES 8
#define TILE_ROWS LC_PAIR_ROWS_F64
#define TILE_COLUMNS LC_PAIR_COLUMNS_F64
#include "pair_block.h"

static int32_t lc_pairs(void *work, int64_t rows_offset, int64_t rows, int64_t elements, int64_t wide, int64_t sums_offset) {
    if (rows < 1 || elements < 0 || elements % 16 != 0 || (wide != 0 && wide != 1)) {
        return LC_BAD_ARGUMENT;
    }
    const char *from = (const char *)work + rows_offset;
    double *sums = (double *)(void *)((char *)work + sums_offset);
    if (wide) {
        f64x16_pairs(from, rows, elements, sums);
    } else {
        f32x16_pairs(from, rows, elements, sums);
    }
    return LC_OK;
}
