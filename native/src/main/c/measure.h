/*
 * The walk over a tile: four iterations at a time, so that each load of the reference serves four states and four streams keep the prefetchers busy; and some tokens in a row,
 * before anything is made of their sums. Meanwhile nothing is asked of memory, and doing so after each token was measured to cost about a tenth: see
 * src/site/markdown/benchmarking.md.
 *
 * Precision: of_sums.h says its own.
 */

#include "sweep.h"

/* A reduction of one row alone, from end to end. */
static double lc_whole_row(const lc_rows *rows, const lc_reduction *r, int64_t op, int64_t wide, const lc_scale *scale) {
    double sums[4] = {0};
    lc_span *kernel = (*lc_kernels[wide][lc_is_alone(1u << op) ? LC_ALONE : r->side][rows->tile->dtype])[op][0];
    lc_add_span(rows, kernel, lc_side_of(rows, r), wide, scale, 0, rows->tile->hidden, sums);
    return sums[0];
}

/* The one of some rows, k after the first. */
static lc_rows lc_row_of(const lc_rows *rows, int k) {
    return (lc_rows){rows->tile, rows->work, rows->token, rows->iteration + k, 1, {rows->x[k], rows->x[k + 1], rows->x[k + 2]}};
}

/* The one before the first. */
static lc_rows lc_row_before(const lc_rows *rows) {
    lc_rows previous = *rows;
    previous.rows = 1;
    previous.x[2] = rows->x[1];
    return previous;
}

#include "of_sums.h"

/* Results of a sweep, of the raw sums of one token's rows; `scales` is null where nothing is normalised. */
static void lc_settle(const lc_rows *rows, char *work, const lc_sweep *sweep, const lc_scale *scales, double (*sums)[4 * LC_MOST_TOGETHER]) {
    const int64_t cell = rows->token * rows->tile->iterations + rows->iteration;
    for (int k = 0; k < rows->rows; k++) {
        lc_equality known = {NULL, 0};
        for (int j = 0; j < sweep->want_count; j++) {
            const lc_want *want = &sweep->wants[j];
            const lc_reduction *r = want->reduction;
            double *out = (double *)(void *)(work + r->sums) + cell + k;
            *out = lc_settled(rows, r, k, scales ? &scales[want->step] : NULL, sums[want->step][4 * want->place + k], &known);
        }
    }
}

/* Normalised reductions, whose rows are still in cache. */
static void lc_do_normalized(const lc_rows *rows, char *work, const lc_sweep *sweep) {
    lc_scale scales[LC_MAX_REDUCTIONS];
    double sums[LC_MAX_REDUCTIONS][4 * LC_MOST_TOGETHER];
    for (int j = 0; j < sweep->step_count; j++) {
        memset(sums[j], 0, sizeof sums[j]);
        for (int k = 0; k < rows->rows; k++) {
            lc_factors by = lc_factors_of(rows, sweep->steps[j].side, k);
            lc_set_scale(&scales[j], k, &by);
        }
    }
    lc_run_sweep(rows, sweep, scales, sums);
    lc_settle(rows, work, sweep, scales, sums);
}

static double lc_of_sums(const lc_rows *rows, const lc_reduction *r, int k) {
    if (lc_is_made(r->op)) {
        return lc_made(rows, r, k);
    }
    if (!lc_has_states_before(rows, r, k)) {
        return __builtin_nan("");
    }
    const lc_factors by = lc_factors_of(rows, r, k);
    return lc_normalized_diff2(rows, r, k, &by);
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

static void lc_next_token(lc_rows *rows) {
    rows->token++;
    for (int k = 0; k < 2 + rows->rows; k++) {
        rows->x[k] += rows->tile->token_stride;
    }
}

/* Measures `count` iterations of `tokens` tokens, whose raw sums have room together. */
static void lc_measure_tokens(const char *states, char *work, const lc_tile *tile, const lc_sweep *plain, const lc_sweep *normalized, int64_t token, int64_t tokens,
                              int64_t iteration, int count) {
    lc_rows rows = {.tile = tile, .work = work, .token = token, .iteration = iteration, .rows = count};
    const char *first = states + tile->states_offset + iteration * tile->iteration_stride + token * tile->token_stride;
    for (int k = -2; k < count; k++) {
        rows.x[2 + k] = tile->first + iteration + k >= 0 ? first + k * tile->iteration_stride : first;
    }
    double sums[LC_MAX_REDUCTIONS][4 * LC_MOST_TOGETHER];
    memset(sums, 0, (size_t)(tokens * plain->step_count) * sizeof sums[0]);
    lc_rows at = rows;
    for (int64_t i = 0; i < tokens; i++, lc_next_token(&at)) {
        lc_run_sweep(&at, plain, NULL, sums + i * plain->step_count);
    }
    at = rows;
    for (int64_t i = 0; i < tokens; i++, lc_next_token(&at)) {
        lc_settle(&at, work, plain, NULL, sums + i * plain->step_count);
        lc_do_of_sums(&at, work, plain);
        if (normalized->want_count > 0) {
            lc_do_normalized(&at, work, normalized);
        }
    }
}

/* How many tokens are summed in a row: a few, so that a row that is looked at again is still in a cache; one where every row is. */
static int64_t lc_tokens_together(const lc_sweep *plain, const lc_sweep *normalized) {
    const int64_t most = 8;
    return normalized->want_count > 0 || plain->step_count > LC_MAX_REDUCTIONS / most ? 1 : most;
}

static int32_t lc_measure(const void *states, void *work, int64_t tile_offset) {
    char *bytes = work;
    const lc_tile *tile = (const lc_tile *)(const void *)(bytes + tile_offset);
    if (lc_check(tile) != LC_OK) {
        return LC_BAD_ARGUMENT;
    }
    lc_sweep plain, normalized;
    lc_group groups[LC_MAX_REDUCTIONS];
    lc_plan_sweep(&plain, groups, tile, 0);
    lc_plan_sweep(&normalized, groups, tile, 1);
    const int64_t together = lc_tokens_together(&plain, &normalized);
    /* From the end, and what is left of four first: the reference is often the last row, which has just been widened and is still in cache. */
    for (int64_t t = tile->iterations; t > 0;) {
        int count = t % 4 ? 1 : 4;
        t -= count;
        for (int64_t i = 0; i < tile->tokens; i += together) {
            const int64_t tokens = tile->tokens - i < together ? tile->tokens - i : together;
            lc_measure_tokens(states, bytes, tile, &plain, &normalized, i, tokens, t, count);
        }
    }
    return LC_OK;
}
