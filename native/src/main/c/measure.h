/*
 * The walk over a tile: four iterations at a time, so that each load of the reference serves four states and four streams keep the prefetchers busy; what a
 * normalised reduction multiplies with; and which rows are done again in float64.
 *
 * Precision: factors are worked out in float64, from sums that are not redone. A float32 sum that is not finite or below 2^-100 in size (a maximum: that is not finite) is
 * not trusted: its row is summed again in float64 lanes, in the same order.
 */

/* Of both sides normalised here: rests on the sums of both. */
static int lc_is_normalized_pair(int64_t op) { return (LC_NORMALIZED_PAIR_OPS >> op & 1) != 0; }
static int lc_is_normalized(int64_t op) { return (LC_NORMALIZED_OPS >> op & 1) != 0; }

#include "sweep.h"

/* A reduction of one row alone, from end to end. */
static double lc_whole_row(const lc_rows *rows, const lc_reduction *r, int64_t op, int64_t wide, const lc_scale *scale) {
    double sums[4] = {0};
    lc_span *kernel = (*lc_kernels[wide][lc_is_alone(1u << op) ? LC_ALONE : r->side][rows->tile->dtype])[op][0];
    lc_add_span(rows, kernel, lc_side_of(rows, r), wide, scale, 0, rows->tile->hidden, LC_AHEAD, sums);
    return sums[0];
}

static int lc_is_finite(double v) { return v - v == 0; }

/* Whether a sum in float32 lanes may have overflowed or lost what underflowed. */
static int lc_is_doubtful(double sum) { return !(lc_is_finite(sum) && (sum >= 0x1p-100 || sum <= -0x1p-100)); }

static void lc_set_scale(lc_scale *scale, int k, const lc_tile *tile, int64_t op, double x_norm, double y_norm, double cross) {
    double hidden = (double)tile->hidden;
    double mean_x = x_norm / hidden + tile->eps, sa = lc_sqrt(mean_x), a = 1 / sa;
    scale->m[k] = a;
    scale->a[k] = a;
    scale->b[k] = 0;
    scale->c[k] = 0;
    scale->x_is_smaller[k] = 1;
    if (lc_is_normalized_pair(op)) {
        double mean_y = y_norm / hidden + tile->eps, sb = lc_sqrt(mean_y), b = 1 / sb;
        scale->x_is_smaller[k] = mean_x <= mean_y;
        scale->m[k] = mean_x <= mean_y ? b : a;
        scale->b[k] = b;
        scale->c[k] = -(cross / hidden) / sa / sb / (sa + sb);
    }
}

/* The rows' sums that a normalised reduction rests on. */
typedef struct {
    double x[4], y[4], cross[4];
} lc_basis;

static const double *lc_sums_at(const lc_rows *rows, int64_t offset) {
    return (const double *)(const void *)(rows->work + offset) + rows->token * rows->tile->iterations + rows->iteration;
}

/* The one of some rows, k after the first. */
static lc_rows lc_row_of(const lc_rows *rows, int k) {
    return (lc_rows){rows->tile, rows->work, rows->token, rows->iteration + k, 1, {rows->x[k], rows->x[k + 1], rows->x[k + 2]}};
}

/* sum x^2 of the state before. */
static double lc_previous_norm(const lc_rows *rows, const lc_reduction *r) {
    lc_rows previous = *rows;
    previous.rows = 1;
    previous.x[2] = rows->x[1];
    return lc_whole_row(&previous, r, LC_NORM2, r->wide, NULL);
}

static void lc_prepare(const lc_rows *rows, const lc_reduction *r, lc_basis *basis, lc_scale *scale) {
    const double *x = lc_sums_at(rows, r->x_norms);
    for (int k = 0; k < rows->rows; k++) {
        basis->x[k] = x[k];
        basis->y[k] = basis->cross[k] = 0;
        if (lc_is_normalized_pair(r->op)) {
            basis->cross[k] = lc_sums_at(rows, r->cross)[k];
            if (r->side == LC_PREVIOUS) {
                basis->y[k] = k > 0 ? x[k - 1] : lc_previous_norm(rows, r);
            } else {
                basis->y[k] = ((const double *)(const void *)(rows->work + r->y_norms))[rows->token];
            }
        }
        lc_set_scale(scale, k, rows->tile, r->op, basis->x[k], basis->y[k], basis->cross[k]);
    }
}

/* One row, all of it in float64 lanes. */
static double lc_redo(const lc_rows *row, const lc_reduction *r) {
    lc_scale scale;
    if ((r->op == LC_DIFF2 || r->op == LC_CROSS || r->op == LC_ABS_DIFF) && lc_whole_row(row, r, LC_MAX_DIFF, 0, &scale) == 0) {
        return 0; /* the states are equal, element by element */
    }
    if (lc_is_normalized(r->op)) {
        double x = lc_whole_row(row, r, LC_NORM2, 1, &scale), y = 0, cross = 0;
        if (lc_is_normalized_pair(r->op)) {
            y = lc_whole_row(row, r, LC_SIDE_NORM2, 1, &scale);
            cross = lc_whole_row(row, r, LC_CROSS, 1, &scale);
        }
        lc_set_scale(&scale, 0, row->tile, r->op, x, y, cross);
    }
    return lc_whole_row(row, r, r->op, 1, &scale);
}

/* How many states before a row a reduction looks at. */
static int lc_looks_back(const lc_reduction *r) { return r->op == LC_ACCEL2 ? 2 : r->side == LC_PREVIOUS; }

static double lc_finished(const lc_rows *rows, const lc_reduction *r, const lc_basis *basis, int k, double sum) {
    if (rows->tile->first + rows->iteration + k < lc_looks_back(r)) {
        return __builtin_nan(""); /* there is no such state before it */
    }
    if (r->wide || !r->redo) {
        return sum;
    }
    int doubtful = (LC_MAX_OPS >> r->op & 1) != 0 ? !lc_is_finite(sum) : lc_is_doubtful(sum);
    if (lc_is_normalized(r->op)) {
        doubtful = doubtful || lc_is_doubtful(basis->x[k]);
        if (lc_is_normalized_pair(r->op)) {
            doubtful = doubtful || lc_is_doubtful(basis->y[k]) || !lc_is_finite(basis->cross[k]);
        }
    }
    if (!doubtful) {
        return sum;
    }
    lc_rows row = lc_row_of(rows, k);
    return lc_redo(&row, r);
}

static void lc_do_sweep(const lc_rows *rows, char *work, const lc_sweep *sweep, int normalized) {
    const lc_tile *tile = rows->tile;
    lc_scale scales[LC_MAX_REDUCTIONS];
    lc_basis bases[LC_MAX_REDUCTIONS];
    double sums[LC_MAX_REDUCTIONS][4 * LC_MOST_TOGETHER];
    for (int j = 0; normalized && j < sweep->step_count; j++) {
        lc_prepare(rows, sweep->steps[j].side, &bases[j], &scales[j]);
    }
    lc_run_sweep(rows, sweep, scales, normalized, sums);
    for (int j = 0; j < sweep->want_count; j++) {
        const lc_want *want = &sweep->wants[j];
        double *out = (double *)(void *)(work + want->reduction->sums) + rows->token * tile->iterations + rows->iteration;
        for (int k = 0; k < rows->rows; k++) {
            out[k] = lc_finished(rows, want->reduction, &bases[want->step], k, sums[want->step][4 * want->place + k]);
        }
    }
}

static void lc_measure_rows(const char *states, char *work, const lc_tile *tile, const lc_sweep *plain, const lc_sweep *normalized, int64_t token,
                            int64_t iteration, int count) {
    lc_rows rows = {.tile = tile, .work = work, .token = token, .iteration = iteration, .rows = count};
    const char *first = states + tile->states_offset + iteration * tile->iteration_stride + token * tile->token_stride;
    for (int k = -2; k < count; k++) {
        rows.x[2 + k] = tile->first + iteration + k >= 0 ? first + k * tile->iteration_stride : first;
    }
    lc_do_sweep(&rows, work, plain, 0);
    if (normalized->want_count > 0) {
        lc_do_sweep(&rows, work, normalized, 1);
    }
}

static int32_t lc_check(const lc_tile *tile) {
    if (tile->reductions < 0 || tile->reductions > LC_MAX_REDUCTIONS || tile->dtype < 0 || tile->dtype >= LC_DTYPES) {
        return LC_BAD_ARGUMENT;
    }
    for (int64_t i = 0; i < tile->reductions; i++) {
        const lc_reduction *r = &tile->reduction[i];
        if (r->op < 0 || r->op >= LC_OPS || r->side < 0 || r->side >= LC_SIDES || (r->wide != 0 && r->wide != 1)) {
            return LC_BAD_ARGUMENT;
        }
        const lc_spans *spans = lc_kernels[r->wide][r->side][tile->dtype];
        if (!spans || !(*spans)[r->op][0]) {
            return LC_BAD_ARGUMENT;
        }
    }
    return LC_OK;
}

static int32_t lc_measure(const void *states, void *work, int64_t tile_offset) {
    char *bytes = work;
    const lc_tile *tile = (const lc_tile *)(const void *)(bytes + tile_offset);
    if (lc_check(tile) != LC_OK) {
        return LC_BAD_ARGUMENT;
    }
    lc_sweep plain, normalized;
    lc_plan_sweep(&plain, tile, 0);
    lc_plan_sweep(&normalized, tile, 1);
    /* From the end: the reference is often the last row, which has just been widened and is still in cache. */
    for (int64_t t = tile->iterations; t > 0;) {
        int count = t >= 4 ? 4 : 1;
        t -= count;
        for (int64_t i = 0; i < tile->tokens; i++) {
            lc_measure_rows(states, bytes, tile, &plain, &normalized, i, t, count);
        }
    }
    return LC_OK;
}
