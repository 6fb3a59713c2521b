/*
 * The walk over a tile: four iterations at a time, so that each load of the reference serves four states and four streams keep the prefetchers busy, and every
 * reduction on one block while it is in the nearest cache, so that several cost one read of memory.
 */

/* The rows of one token at up to four consecutive iterations. */
typedef struct {
    const lc_tile *tile;
    const char *work;
    int64_t token;
    int64_t iteration;
    int rows; /* 1 or 4 */
    const char *x[4];
    const char *previous; /* the state before x[0]; x[0] itself where there is none */
} lc_rows;

/* The other side of a reduction, one block at a time. */
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
    case LC_PREVIOUS:
        return (lc_row){rows->previous, lc_bytes[rows->tile->dtype]};
    default:
        return (lc_row){rows->x[0], 0};
    }
}

/* Of both sides normalised here: rests on the sums of both. */
static int lc_is_normalized_pair(int64_t op) { return op == LC_NORMALIZED_DIFF2 || op == LC_NORMALIZED_CROSS; }
static int lc_is_normalized(int64_t op) {
    return lc_is_normalized_pair(op) || op == LC_NORMALIZED_NORM2 || op == LC_NORMALIZED_TO || op == LC_NORMALIZED_TO_CROSS;
}

static lc_span *lc_kernel(const lc_tile *tile, const lc_reduction *r, int64_t op, int64_t wide, int rows) {
    int64_t side = op == LC_NORM2 || op == LC_NORMALIZED_NORM2 ? LC_ALONE : r->side;
    return (*lc_kernels[wide][side][tile->dtype])[op][rows == 4];
}

/* Adds n elements from d on to the sums of a reduction's rows. */
static void lc_add_span(const lc_rows *rows, lc_span *kernel, lc_row side, int64_t wide, const lc_scale *scale, int64_t d, int64_t n, double *sums) {
    const lc_tile *tile = rows->tile;
    int64_t bytes = lc_bytes[tile->dtype];
    const char *x[4];
    for (int k = 0; k < rows->rows; k++) {
        x[k] = rows->x[k] + d * bytes;
    }
    const char *weight = rows->work + (wide ? tile->weight_wide + d * 8 : tile->weight + d * 4);
    kernel(x, side.row + d * side.element, weight, scale, n, sums);
}

/* A reduction of one row alone, from end to end. */
static double lc_whole_row(const lc_rows *rows, const lc_reduction *r, int64_t op, int64_t wide, const lc_scale *scale) {
    double sum = 0;
    lc_span *kernel = lc_kernel(rows->tile, r, op, wide, 1);
    lc_add_span(rows, kernel, lc_side_of(rows, r), wide, scale, 0, rows->tile->hidden, &sum);
    return sum;
}

static int lc_is_finite(double v) { return v - v == 0; }

/* Whether a sum in float32 lanes may have overflowed or lost what underflowed. */
static int lc_is_doubtful(double sum) { return !(lc_is_finite(sum) && (sum >= 0x1p-100 || sum <= -0x1p-100)); }

static void lc_set_scale(lc_scale *scale, int k, const lc_tile *tile, int64_t op, double x_norm, double y_norm, double cross) {
    double hidden = (double)tile->hidden;
    double sa = lc_sqrt(x_norm / hidden + tile->eps), a = 1 / sa;
    scale->m[k] = a;
    scale->a[k] = a;
    scale->b[k] = 0;
    scale->c[k] = 0;
    scale->x_is_smaller[k] = 1;
    if (lc_is_normalized_pair(op)) {
        double mean_x = x_norm / hidden + tile->eps, mean_y = y_norm / hidden + tile->eps;
        double sb = lc_sqrt(mean_y), b = 1 / sb;
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

/* sum x^2 of the state before. */
static double lc_previous_norm(const lc_rows *rows, const lc_reduction *r) {
    lc_rows previous = *rows;
    previous.rows = 1;
    previous.x[0] = rows->previous;
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
    if ((r->op == LC_DIFF2 || r->op == LC_CROSS) && lc_whole_row(row, r, LC_MAX_DIFF, 0, &scale) == 0) {
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

static double lc_finished(const lc_rows *rows, const lc_reduction *r, const lc_basis *basis, int k, double sum) {
    if (r->side == LC_PREVIOUS && rows->tile->first + rows->iteration + k == 0) {
        return __builtin_nan(""); /* there is no state before the first */
    }
    if (r->wide || !r->redo) {
        return sum;
    }
    int doubtful = r->op == LC_MAX_DIFF ? !lc_is_finite(sum) : lc_is_doubtful(sum);
    if (lc_is_normalized(r->op)) {
        doubtful = doubtful || lc_is_doubtful(basis->x[k]);
        if (lc_is_normalized_pair(r->op)) {
            doubtful = doubtful || lc_is_doubtful(basis->y[k]) || !lc_is_finite(basis->cross[k]);
        }
    }
    if (!doubtful) {
        return sum;
    }
    lc_rows row = *rows;
    row.rows = 1;
    row.iteration += k;
    row.x[0] = rows->x[k];
    row.previous = k > 0 ? rows->x[k - 1] : rows->previous;
    return lc_redo(&row, r);
}

/* One reduction of a sweep, with what does not change from row to row. */
typedef struct {
    const lc_reduction *reduction;
    lc_span *kernels[2]; /* for one row, for four */
} lc_step;

typedef struct {
    lc_step steps[LC_MAX_REDUCTIONS];
    int count;
} lc_sweep;

/* The plain reductions of a tile, or the normalised ones, which rest on sums of the plain. */
static void lc_plan_sweep(lc_sweep *sweep, const lc_tile *tile, int normalized) {
    sweep->count = 0;
    for (int64_t i = 0; i < tile->reductions; i++) {
        const lc_reduction *r = &tile->reduction[i];
        if (lc_is_normalized(r->op) == normalized) {
            sweep->steps[sweep->count++] =
                (lc_step){r, {lc_kernel(tile, r, r->op, r->wide, 1), lc_kernel(tile, r, r->op, r->wide, 4)}};
        }
    }
}

static void lc_do_sweep(const lc_rows *rows, char *work, const lc_sweep *sweep, int normalized) {
    const lc_tile *tile = rows->tile;
    lc_row sides[LC_MAX_REDUCTIONS];
    lc_scale scales[LC_MAX_REDUCTIONS];
    lc_basis bases[LC_MAX_REDUCTIONS];
    double sums[LC_MAX_REDUCTIONS][4];
    for (int j = 0; j < sweep->count; j++) {
        const lc_reduction *r = sweep->steps[j].reduction;
        sides[j] = lc_side_of(rows, r);
        sums[j][0] = sums[j][1] = sums[j][2] = sums[j][3] = 0;
        if (normalized) {
            lc_prepare(rows, r, &bases[j], &scales[j]);
        }
    }
    const int64_t span = sweep->count == 1 ? tile->hidden : LC_BLOCK; /* one reduction needs no turns */
    for (int64_t d = 0; d < tile->hidden; d += span) {
        int64_t n = tile->hidden - d < span ? tile->hidden - d : span;
        for (int j = 0; j < sweep->count; j++) {
            const lc_step *step = &sweep->steps[j];
            lc_add_span(rows, step->kernels[rows->rows == 4], sides[j], step->reduction->wide, &scales[j], d, n, sums[j]);
        }
    }
    for (int j = 0; j < sweep->count; j++) {
        const lc_reduction *r = sweep->steps[j].reduction;
        double *out = (double *)(void *)(work + r->sums) + rows->token * tile->iterations + rows->iteration;
        for (int k = 0; k < rows->rows; k++) {
            out[k] = lc_finished(rows, r, &bases[j], k, sums[j][k]);
        }
    }
}

static void lc_measure_rows(const char *states, char *work, const lc_tile *tile, const lc_sweep *plain, const lc_sweep *normalized, int64_t token,
                            int64_t iteration, int count) {
    lc_rows rows = {.tile = tile, .work = work, .token = token, .iteration = iteration, .rows = count};
    for (int k = 0; k < count; k++) {
        rows.x[k] = states + tile->states_offset + (iteration + k) * tile->iteration_stride + token * tile->token_stride;
    }
    rows.previous = tile->first + iteration > 0 ? rows.x[0] - tile->iteration_stride : rows.x[0];
    lc_do_sweep(&rows, work, plain, 0);
    if (normalized->count > 0) {
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
        const lc_ops *ops = lc_kernels[r->wide][r->side][tile->dtype];
        if (!ops || !(*ops)[r->op][0]) {
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
