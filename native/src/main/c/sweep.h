/*
 * Which kernels a tile needs: its reductions, grouped so that those against the same side are done together where a kernel for that is in the list, and the walk of one
 * sweep over a few rows, block by block in turns, so that all of them cost one read of memory.
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

/* One kernel's work: the reductions of one group. */
typedef struct {
    lc_span *kernels[2]; /* for one row, for four */
    const lc_reduction *side; /* one whose side is that of all */
    unsigned wanted;     /* reductions, a bit each */
    unsigned computed;   /* by the kernel: all that are wanted, at least */
} lc_step;

/* A reduction finds its sums as the place-th of a step. */
typedef struct {
    const lc_reduction *reduction;
    int step;
    int place;
} lc_want;

typedef struct {
    lc_step steps[LC_MAX_REDUCTIONS];
    lc_want wants[LC_MAX_REDUCTIONS];
    int step_count;
    int want_count;
} lc_sweep;

static int64_t lc_side_for(unsigned ops, const lc_reduction *r) {
    const unsigned alone = LC_BIT(NORM2) | LC_BIT(MAX_ABS) | LC_BIT(NORMALIZED_NORM2);
    return ops & ~alone ? r->side : LC_ALONE;
}

/* The kernel that does these reductions, and the fewest others; -1 if there is none. */
static int lc_find_kernel(const lc_tile *tile, const lc_reduction *r, unsigned ops) {
    const lc_spans *spans = lc_kernels[r->wide][lc_side_for(ops, r)][tile->dtype];
    for (int k = 0; spans && k < LC_KERNEL_COUNT; k++) {
        if ((ops & ~lc_ops_of[k]) == 0 && (*spans)[k][0]) {
            return k;
        }
    }
    return -1;
}

static int lc_is_same_side(const lc_reduction *a, const lc_reduction *b, int normalized) {
    return a->side == b->side && a->reference == b->reference &&
           (!normalized || (a->x_norms == b->x_norms && a->y_norms == b->y_norms && a->cross == b->cross));
}

/* Puts a reduction where it costs least: into a step that computes it already, or can with a kernel that there is; else into a step of its own. */
static void lc_add_want(lc_sweep *sweep, const lc_tile *tile, const lc_reduction *r, int normalized) {
    const unsigned op = 1u << r->op;
    const int alone = lc_side_for(op, r) == LC_ALONE;
    int at = 0;
    for (; at < sweep->step_count; at++) {
        lc_step *step = &sweep->steps[at];
        const int free = alone || lc_side_for(step->wanted, step->side) == LC_ALONE; /* a state alone goes with any side */
        if (step->side->wide == r->wide && (free ? !normalized || op == step->wanted : lc_is_same_side(step->side, r, normalized)) &&
            lc_find_kernel(tile, alone ? step->side : r, step->wanted | op) >= 0) {
            step->side = alone ? step->side : r;
            break;
        }
    }
    if (at == sweep->step_count) {
        sweep->steps[sweep->step_count++] = (lc_step){.side = r};
    }
    sweep->steps[at].wanted |= op;
    sweep->wants[sweep->want_count++] = (lc_want){r, at, 0};
}

/* The plain reductions of a tile, or the normalised ones, which rest on sums of the plain. */
static void lc_plan_sweep(lc_sweep *sweep, const lc_tile *tile, int normalized) {
    sweep->step_count = sweep->want_count = 0;
    for (int64_t i = 0; i < tile->reductions; i++) {
        const lc_reduction *r = &tile->reduction[i];
        if (lc_is_normalized(r->op) == normalized) {
            lc_add_want(sweep, tile, r, normalized);
        }
    }
    for (int j = 0; j < sweep->step_count; j++) {
        lc_step *step = &sweep->steps[j];
        int kernel = lc_find_kernel(tile, step->side, step->wanted);
        lc_span *const *spans = (*lc_kernels[step->side->wide][lc_side_for(step->wanted, step->side)][tile->dtype])[kernel];
        step->kernels[0] = spans[0];
        step->kernels[1] = spans[1];
        step->computed = lc_ops_of[kernel];
    }
    for (int j = 0; j < sweep->want_count; j++) {
        lc_want *want = &sweep->wants[j];
        want->place = lc_count(sweep->steps[want->step].computed & ((1u << want->reduction->op) - 1));
    }
}

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
static void lc_add_span(const lc_rows *rows, lc_span *kernel, lc_row side, int64_t wide, const lc_scale *scale, int64_t d, int64_t n, int64_t ahead,
                        double *sums) {
    const lc_tile *tile = rows->tile;
    int64_t bytes = lc_bytes[tile->dtype];
    const char *x[6];
    for (int k = 0; k < rows->rows + 2; k++) {
        x[k] = rows->x[k] + d * bytes;
    }
    const char *weight = rows->work + (wide ? tile->weight_wide + d * 8 : tile->weight + d * 4);
    kernel(x + 2, side.row + d * side.element, weight, scale, n, ahead, sums);
}

/* How far ahead memory is asked for: as one reduction goes along the rows, or by whole blocks where several take turns on one. Measured: see benchmarking.md. */
enum { LC_AHEAD = 384 };

/* The raw sums of a sweep over some rows: sums[step][4 * place + row]. */
static void lc_run_sweep(const lc_rows *rows, const lc_sweep *sweep, const lc_scale *scales, double (*sums)[4 * LC_MOST_TOGETHER]) {
    const lc_tile *tile = rows->tile;
    lc_row sides[LC_MAX_REDUCTIONS];
    for (int j = 0; j < sweep->step_count; j++) {
        sides[j] = lc_side_of(rows, sweep->steps[j].side);
        memset(sums[j], 0, sizeof sums[j]);
    }
    const int single = sweep->step_count == 1 && !(sweep->steps[0].computed & (sweep->steps[0].computed - 1));
    const int64_t span = sweep->step_count == 1 ? tile->hidden : LC_BLOCK; /* one needs no turns */
    const int64_t ahead = single ? LC_AHEAD : LC_BLOCK * lc_bytes[tile->dtype];
    for (int64_t d = 0; d < tile->hidden; d += span) {
        int64_t n = tile->hidden - d < span ? tile->hidden - d : span;
        for (int j = 0; j < sweep->step_count; j++) {
            const lc_step *step = &sweep->steps[j];
            lc_add_span(rows, step->kernels[rows->rows == 4], sides[j], step->side->wide, &scales[j], d, n, ahead, sums[j]);
        }
    }
}
