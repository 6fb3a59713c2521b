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

/* One kernel's work. */
typedef struct {
    lc_span *kernels[2];      /* for one row, for four */
    const lc_reduction *side; /* one whose side is that of all */
    unsigned computed;        /* reductions, a bit each */
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
    const lc_reduction *of_sums[LC_MAX_REDUCTIONS]; /* no kernel's work: worked out afterwards */
    int step_count;
    int want_count;
    int of_sums_count;
} lc_sweep;

/* Reductions against the same side, a bit each, and one of them. */
typedef struct {
    const lc_reduction *side;
    unsigned wanted;
} lc_group;

static int lc_is_alone(unsigned ops) { return (ops & ~(unsigned)LC_ALONE_OPS) == 0; }

/* Those of the states themselves go with any side, but normalised ones rest on the sums of theirs. */
static int lc_is_same_side(const lc_reduction *a, const lc_reduction *b) {
    return a->wide == b->wide && a->side == b->side && a->reference == b->reference &&
           (!lc_is_normalized(a->op) || (a->x_norms == b->x_norms && a->y_norms == b->y_norms && a->cross == b->cross && a->diff2 == b->diff2 &&
                                         a->along == b->along));
}

static void lc_add_to_group(lc_group *groups, int *count, const lc_reduction *r) {
    int at = 0;
    while (at < *count && !lc_is_same_side(groups[at].side, r)) {
        at++;
    }
    if (at == *count) {
        groups[(*count)++] = (lc_group){r, 0};
    }
    groups[at].wanted |= 1u << r->op;
}

/* Plain sums of the states themselves, and steps, join reductions against a fixed side, whose kernels can do them on their way. */
static void lc_join_groups(lc_group *groups, int count) {
    for (int i = 0; i < count; i++) {
        if (groups[i].side->side == LC_PREVIOUS && groups[i].wanted == LC_BIT(DIFF2)) {
            groups[i].wanted = LC_BIT(STEP2);
        }
    }
    for (int i = 0; i < count; i++) {
        for (int j = 0; j < count && lc_is_alone(groups[i].wanted); j++) {
            if (!lc_is_alone(groups[j].wanted) && groups[j].side->wide == groups[i].side->wide &&
                (groups[j].side->side != LC_PREVIOUS || !(groups[i].wanted & LC_BIT(STEP2)))) {
                groups[j].wanted |= groups[i].wanted;
                groups[i].wanted = 0;
                break;
            }
        }
    }
}

static lc_span *const *lc_kernel_at(const lc_tile *tile, const lc_reduction *side, int kernel) {
    const lc_spans *spans = lc_kernels[side->wide][lc_is_alone(lc_ops_of[kernel]) ? LC_ALONE : side->side][tile->dtype];
    return spans ? (*spans)[kernel] : NULL;
}

/* The kernel that does most of what is wanted, and of these the one that does least else. */
static int lc_best_kernel(const lc_tile *tile, const lc_group *group) {
    int best = 0, most = 0, least = 0;
    for (int k = 0; k < LC_KERNEL_COUNT; k++) {
        lc_span *const *kernel = lc_kernel_at(tile, group->side, k);
        int done = lc_count(lc_ops_of[k] & group->wanted), all = lc_count(lc_ops_of[k]);
        if (kernel && kernel[0] && all <= (group->side->wide ? LC_TOGETHER_F64 : LC_TOGETHER_F32) && (done > most || (done == most && all < least))) {
            best = k;
            most = done;
            least = all;
        }
    }
    return best;
}

static int lc_does(const lc_step *step, const lc_reduction *r, unsigned *op) {
    *op = 1u << r->op;
    if (lc_is_alone(*op)) {
        return step->side->wide == r->wide && (step->computed & *op);
    }
    if (r->op == LC_DIFF2 && r->side == LC_PREVIOUS && step->side->wide == r->wide && (step->computed & LC_BIT(STEP2))) {
        *op = LC_BIT(STEP2);
        return 1;
    }
    return lc_is_same_side(step->side, r) && (step->computed & *op);
}

/* The plain reductions of a tile, or the normalised ones, which rest on sums of the plain. */
static void lc_plan_sweep(lc_sweep *sweep, const lc_tile *tile, int normalized) {
    lc_group groups[LC_MAX_REDUCTIONS];
    int group_count = 0;
    sweep->step_count = sweep->want_count = sweep->of_sums_count = 0;
    for (int64_t i = 0; i < tile->reductions; i++) {
        const lc_reduction *r = &tile->reduction[i];
        if (lc_is_of_sums(r->op)) {
            sweep->of_sums[sweep->of_sums_count++] = r;
        } else if (lc_is_normalized(r->op) == normalized) {
            lc_add_to_group(groups, &group_count, r);
            sweep->wants[sweep->want_count++] = (lc_want){r, 0, 0};
        }
    }
    if (!normalized) {
        lc_join_groups(groups, group_count);
    }
    for (int j = 0; j < group_count; j++) {
        while (groups[j].wanted) {
            int kernel = lc_best_kernel(tile, &groups[j]);
            lc_span *const *spans = lc_kernel_at(tile, groups[j].side, kernel);
            sweep->steps[sweep->step_count++] = (lc_step){{spans[0], spans[1]}, groups[j].side, lc_ops_of[kernel]};
            groups[j].wanted &= ~lc_ops_of[kernel];
        }
    }
    for (int j = 0; j < sweep->want_count; j++) {
        lc_want *want = &sweep->wants[j];
        unsigned op;
        while (!lc_does(&sweep->steps[want->step], want->reduction, &op)) {
            want->step++;
        }
        want->place = lc_count(sweep->steps[want->step].computed & (op - 1));
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

/* How far ahead of the element at hand memory is asked for. Measured: see src/site/markdown/benchmarking.md. */
enum { LC_AHEAD = 384 };

/* The raw sums of a sweep over some rows: sums[step][4 * place + row]. */
static void lc_run_sweep(const lc_rows *rows, const lc_sweep *sweep, const lc_scale *scales, int normalized,
                         double (*sums)[4 * LC_MOST_TOGETHER]) {
    const lc_tile *tile = rows->tile;
    lc_row sides[LC_MAX_REDUCTIONS];
    for (int j = 0; j < sweep->step_count; j++) {
        sides[j] = lc_side_of(rows, sweep->steps[j].side);
        memset(sums[j], 0, sizeof sums[j]);
    }
    /* One needs no turns; in a turn, four rows stay in the nearest cache. */
    const int64_t span = sweep->step_count == 1 ? tile->hidden : lc_bytes[tile->dtype] == 2 ? 2 * LC_BLOCK : LC_BLOCK;
        /* The second sweep finds these rows in cache, and asks for those of the next token meanwhile. */
    const int64_t ahead = normalized ? 0 : LC_AHEAD;
    for (int64_t d = 0; d < tile->hidden; d += span) {
        int64_t n = tile->hidden - d < span ? tile->hidden - d : span;
        for (int j = 0; j < sweep->step_count; j++) {
            const lc_step *step = &sweep->steps[j];
            lc_add_span(rows, step->kernels[rows->rows == 4], sides[j], step->side->wide, &scales[j], d, n, ahead, sums[j]);
        }
    }
}
