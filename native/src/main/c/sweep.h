/*
 * The walk of one sweep over a few rows, block by block in turns of its kernels, so that all of them cost one read of memory.
 */

/* The rows of one token at up to four consecutive iterations. */
typedef struct {
    const lc_tile *tile;
    const char *work;
    int64_t token;
    int64_t iteration;
    int rows;          /* 1 or 4 */
    const char *x[6];  /* from 2 on, the rows; before them the two states before the first; the first itself where there is none */
} lc_rows;

/* A step's functions for one row, for four. */
typedef struct {
    lc_span *spans[2];
} lc_kernel;

static int lc_is_there(int64_t wide, int64_t side, int64_t dtype, int64_t kernel) {
    const lc_spans *spans = lc_kernels[wide][side][dtype];
    return spans && (*spans)[kernel][0];
}

static int lc_is_alone(unsigned ops);

static lc_kernel lc_kernel_of(const lc_tile *tile, const lc_reduction *side, int kernel) {
    lc_span *const *spans = (*lc_kernels[side->wide][lc_is_alone(lc_ops_of[kernel]) ? LC_ALONE : side->side][tile->dtype])[kernel];
    return (lc_kernel){{spans[0], spans[1]}};
}

#include "plan.h"

/* The other side of a step's reductions. */
typedef struct {
    const char *row;
    int64_t element; /* bytes to the next */
} lc_row;

static lc_row lc_side_of(const lc_rows *rows, const lc_reduction *r) {
    int64_t padded = (rows->tile->hidden + 15) & ~(int64_t)15;
    switch (r->side) {
    case LC_FIXED:
        return (lc_row){rows->work + r->reference + rows->token * padded * 4, 4};
    case LC_FIXED_WIDE:
        return (lc_row){rows->work + r->reference + rows->token * padded * 8, 8};
    default:
        return (lc_row){rows->x[2], 0}; /* not read */
    }
}

/* Adds n elements from d on to the sums of a kernel's rows. */
static void lc_add_span(const lc_rows *rows, lc_span *kernel, lc_row side, int64_t wide, const lc_scale *scale, int64_t d, int64_t n, double *sums) {
    const lc_tile *tile = rows->tile;
    int64_t bytes = lc_bytes[tile->dtype];
    const char *x[6];
    for (int k = 0; k < rows->rows + 2; k++) {
        x[k] = rows->x[k] + d * bytes;
    }
    const char *weight = rows->work + (wide ? tile->weight_wide + d * 8 : tile->weight + d * 4);
    kernel(x + 2, side.row + d * side.element, weight, scale, n, sums);
}

/* Adds a sweep over some rows to its raw sums: sums[step][4 * place + row]; `scales` is null where nothing is normalised. */
static void lc_run_sweep(const lc_rows *rows, const lc_sweep *sweep, const lc_scale *scales, double (*sums)[4 * LC_MOST_TOGETHER]) {
    const lc_tile *tile = rows->tile;
    lc_row sides[LC_MAX_REDUCTIONS];
    for (int j = 0; j < sweep->step_count; j++) {
        sides[j] = lc_side_of(rows, sweep->steps[j].side);
    }
    /* One needs no turns; in a turn, four rows stay in the nearest cache. */
    const int64_t span = sweep->step_count == 1 ? tile->hidden : lc_bytes[tile->dtype] == 2 ? 2 * LC_BLOCK : LC_BLOCK;
    for (int64_t d = 0; d < tile->hidden; d += span) {
        int64_t n = tile->hidden - d < span ? tile->hidden - d : span;
        for (int j = 0; j < sweep->step_count; j++) {
            const lc_step *step = &sweep->steps[j];
            lc_add_span(rows, step->kernel.spans[rows->rows == 4], sides[j], step->side->wide, scales ? &scales[j] : NULL, d, n, sums[j]);
        }
    }
}
