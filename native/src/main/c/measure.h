/*
 * The walk over a tile: four iterations at a time, so that each load of the reference serves four states and four streams keep the prefetchers busy; which rows are done
 * again in float64; what is made of the sums that others leave; and what a normalised reduction multiplies with.
 *
 * Precision: a float32 sum that is not finite or below 2^-100 in size (a maximum: that is not finite) is not trusted: its row is summed again in float64 lanes, in the same
 * order. What is made of sums is worked out in float64, and not trusted where most of them cancels.
 */

/* Of both sides normalised here: rests on the sums of both. */
static int lc_is_normalized_pair(int64_t op) { return (LC_NORMALIZED_PAIR_OPS >> op & 1) != 0; }
static int lc_is_normalized(int64_t op) { return (LC_NORMALIZED_OPS >> op & 1) != 0; }
static int lc_is_made(int64_t op) { return (LC_MADE_OPS >> op & 1) != 0; }

/* Whether it is worked out from sums that the plain sweep leaves; a row at a time by a kernel where that does not tell. */
static int lc_is_of_sums(int64_t op) { return lc_is_made(op) || op == LC_NORMALIZED_DIFF2; }

#include "sweep.h"

/* A reduction of one row alone, from end to end. */
static double lc_whole_row(const lc_rows *rows, const lc_reduction *r, int64_t op, int64_t wide, const lc_scale *scale) {
    double sums[4] = {0};
    lc_span *kernel = (*lc_kernels[wide][lc_is_alone(1u << op) ? LC_ALONE : r->side][rows->tile->dtype])[op][0];
    lc_add_span(rows, kernel, lc_side_of(rows, r), wide, scale, 0, rows->tile->hidden, LC_AHEAD, sums);
    return sums[0];
}

static int lc_is_finite(double v) { return v - v == 0; }

/* Whether a sum in float32 lanes may have overflowed or lost what underflowed; nothing is lost from a maximum. */
static int lc_is_doubtful(int64_t op, double sum) {
    return !lc_is_finite(sum) || ((LC_MAX_OPS >> op & 1) == 0 && sum < 0x1p-100 && sum > -0x1p-100);
}

/* One row's sum, done again in float64 lanes where it is doubtful and that is wanted. */
static double lc_trusted(const lc_rows *row, const lc_reduction *r, int64_t op, const lc_scale *scale, double sum) {
    const unsigned differences = LC_BIT(DIFF2) | LC_BIT(ABS_DIFF) | LC_BIT(ALONG) | LC_BIT(CROSS) | LC_BIT(WEIGHTED_DIFF2) | LC_BIT(WEIGHTED_ALONG) |
                                 LC_BIT(NORMALIZED_DIFF2) | LC_BIT(NORMALIZED_ABS_DIFF);
    if (r->wide || !r->redo || !lc_is_doubtful(op, sum)) {
        return sum;
    }
    const int is_defined = scale == NULL || lc_is_finite(scale->m[0]); /* a row of zeros has no normalised form where eps is 0 */
    if ((differences >> op & 1) != 0 && is_defined && lc_whole_row(row, r, LC_MAX_DIFF, 0, NULL) == 0) {
        return 0; /* the states are equal, element by element */
    }
    return lc_whole_row(row, r, op, 1, scale);
}

/* A sum of squares of one row alone. */
static double lc_norm_of_row(const lc_rows *row, const lc_reduction *r, int64_t op) {
    return lc_trusted(row, r, op, NULL, lc_whole_row(row, r, op, r->wide, NULL));
}

/* The one of some rows, k after the first. */
static lc_rows lc_row_of(const lc_rows *rows, int k) {
    return (lc_rows){rows->tile, rows->work, rows->token, rows->iteration + k, 1, {rows->x[k], rows->x[k + 1], rows->x[k + 2]}};
}

/* The sum that an earlier reduction left of row k. */
static double lc_sum_of(const lc_rows *rows, int64_t offset, int k) {
    return ((const double *)(const void *)(rows->work + offset))[rows->token * rows->tile->iterations + rows->iteration + k];
}

/* A sum of squares of the other side: that of the token's row, or of the state before row k, which the walk has not reached yet for the first of some rows. */
static double lc_side_norm(const lc_rows *rows, const lc_reduction *r, int64_t fixed, int64_t of_states, int64_t op, int k) {
    if (r->side != LC_PREVIOUS) {
        return ((const double *)(const void *)(rows->work + fixed))[rows->token];
    }
    if (k > 0) {
        return lc_sum_of(rows, of_states, k - 1);
    }
    lc_rows previous = *rows;
    previous.rows = 1;
    previous.x[2] = rows->x[1];
    return lc_norm_of_row(&previous, r, op);
}

/* sum x^2 = y + cross, unless most of that cancels: then of row k alone. */
static double lc_shifted(const lc_rows *rows, const lc_reduction *r, int64_t op, int k, double y, double cross) {
    double x = y + cross;
    if (lc_is_finite(x) && x >= y / 16) {
        return x;
    }
    lc_rows row = lc_row_of(rows, k);
    return lc_norm_of_row(&row, r, op);
}

/* What turns a row into its normalised form and differences into those of normalised rows. */
typedef struct {
    double a; /* 1 / sqrt(mean x^2 + eps) */
    double c; /* a less the same of y */
    double m; /* the smaller of the two */
    int x_is_smaller; /* mean x^2 <= mean y^2 */
} lc_factors;

static lc_factors lc_factors_of(const lc_rows *rows, const lc_reduction *r, int k) {
    const double hidden = (double)rows->tile->hidden, eps = rows->tile->eps;
    if (!lc_is_normalized_pair(r->op)) {
        const double a = 1 / lc_sqrt(lc_sum_of(rows, r->x_norms, k) / hidden + eps);
        return (lc_factors){a, 0, a, 1};
    }
    const double y = lc_side_norm(rows, r, r->y_norms, r->x_norms, LC_NORM2, k);
    const double cross = r->cross ? lc_sum_of(rows, r->cross, k) : lc_sum_of(rows, r->diff2, k) + 2 * lc_sum_of(rows, r->along, k);
    const double x = r->side == LC_PREVIOUS ? lc_sum_of(rows, r->x_norms, k) : lc_shifted(rows, r, LC_NORM2, k, y, cross);
    const double mean_x = x / hidden + eps, sa = lc_sqrt(mean_x), mean_y = y / hidden + eps, sb = lc_sqrt(mean_y);
    return (lc_factors){1 / sa, -(cross / hidden) / sa / sb / (sa + sb), mean_x <= mean_y ? 1 / sb : 1 / sa, mean_x <= mean_y};
}

static void lc_set_scale(lc_scale *scale, int k, const lc_factors *by) {
    scale->m[k] = by->m;
    scale->c[k] = by->c;
    scale->x_is_smaller[k] = by->x_is_smaller;
}

/* How many states before a row a reduction looks at. */
static int lc_looks_back(const lc_reduction *r) { return r->op == LC_ACCEL2 ? 2 : r->side == LC_PREVIOUS; }

/* Whether row k has as many states before it. */
static int lc_has_states_before(const lc_rows *rows, const lc_reduction *r, int k) {
    return rows->tile->first + rows->iteration + k >= lc_looks_back(r);
}

/* The scale of row k alone. */
static lc_scale lc_scale_at(const lc_scale *scale, int k) {
    return (lc_scale){.m = {scale->m[k]}, .c = {scale->c[k]}, .x_is_smaller = {scale->x_is_smaller[k]}};
}

static void lc_do_sweep(const lc_rows *rows, char *work, const lc_sweep *sweep, int normalized) {
    const lc_tile *tile = rows->tile;
    lc_scale scales[LC_MAX_REDUCTIONS];
    double sums[LC_MAX_REDUCTIONS][4 * LC_MOST_TOGETHER];
    for (int j = 0; normalized && j < sweep->step_count; j++) {
        for (int k = 0; k < rows->rows; k++) {
            lc_factors by = lc_factors_of(rows, sweep->steps[j].side, k);
            lc_set_scale(&scales[j], k, &by);
        }
    }
    lc_run_sweep(rows, sweep, scales, normalized, sums);
    for (int j = 0; j < sweep->want_count; j++) {
        const lc_want *want = &sweep->wants[j];
        const lc_reduction *r = want->reduction;
        double *out = (double *)(void *)(work + r->sums) + rows->token * tile->iterations + rows->iteration;
        for (int k = 0; k < rows->rows; k++) {
            double sum = sums[want->step][4 * want->place + k];
            if (!lc_has_states_before(rows, r, k)) {
                sum = __builtin_nan("");
            } else if (lc_is_doubtful(r->op, sum)) {
                lc_rows row = lc_row_of(rows, k);
                lc_scale scale = normalized ? lc_scale_at(&scales[want->step], k) : (lc_scale){0};
                sum = lc_trusted(&row, r, r->op, &scale, sum);
            }
            out[k] = sum;
        }
    }
}

/* sum (N(x)-N(y))^2 = sum (g(a(x-y) + cy))^2 = a^2 sum (g(x-y))^2 + c^2 sum (gy)^2 + 2ac sum g(x-y)gy, unless most of that cancels. */
static double lc_normalized_diff2(const lc_rows *rows, const lc_reduction *r, int k) {
    if (!lc_has_states_before(rows, r, k)) {
        return __builtin_nan("");
    }
    const lc_factors by = lc_factors_of(rows, r, k);
    const double y = lc_side_norm(rows, r, r->weighted_y_norms, r->weighted_x_norms, LC_WEIGHTED_NORM2, k);
    const double parts = by.a * by.a * lc_sum_of(rows, r->diff2, k) + by.c * by.c * y, sum = parts + 2 * by.a * by.c * lc_sum_of(rows, r->along, k);
    if (lc_is_finite(sum) && sum >= parts / 16) {
        return sum;
    }
    lc_rows row = lc_row_of(rows, k);
    lc_scale scale;
    lc_set_scale(&scale, 0, &by);
    return lc_trusted(&row, r, r->op, &scale, lc_whole_row(&row, r, r->op, r->wide, &scale));
}

static double lc_of_sums(const lc_rows *rows, const lc_reduction *r, int k) {
    switch (r->op) {
    case LC_NORMALIZED_DIFF2: return lc_normalized_diff2(rows, r, k);
    case LC_STATE_NORM2:
    case LC_WEIGHTED_STATE_NORM2: {
        const int64_t norm = r->op == LC_STATE_NORM2 ? LC_NORM2 : LC_WEIGHTED_NORM2;
        const double y = lc_side_norm(rows, r, r->y_norms, 0, norm, k);
        return lc_shifted(rows, r, norm, k, y, lc_sum_of(rows, r->diff2, k) + 2 * lc_sum_of(rows, r->along, k));
    }
    default: return __builtin_nan(""); /* no other is of sums */
    }
}

/* What is worked out from the sums of others. */
static void lc_do_of_sums(const lc_rows *rows, char *work, const lc_sweep *sweep) {
    for (int j = 0; j < sweep->of_sums_count; j++) {
        const lc_reduction *r = sweep->of_sums[j];
        double *out = (double *)(void *)(work + r->sums) + rows->token * rows->tile->iterations + rows->iteration;
        for (int k = 0; k < rows->rows; k++) {
            out[k] = lc_of_sums(rows, r, k);
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
    lc_do_of_sums(&rows, work, plain);
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
        /* what is made needs a fixed side, and the kernel that it rests on */
        const lc_spans *spans = lc_kernels[r->wide][r->side][tile->dtype];
        if (!spans || !(*spans)[lc_is_made(r->op) ? LC_ALONG : r->op][0] || (lc_is_made(r->op) && r->side == LC_PREVIOUS)) {
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
