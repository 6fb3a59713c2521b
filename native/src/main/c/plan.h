/*
 * Which kernels a tile needs: its reductions, grouped so that those against the same side are done together where a kernel for that is in the list. For the C kernels and for
 * the CUDA kernels; whoever includes this defines before
 *
 *   lc_kernel                              what a step calls
 *   lc_is_there(wide, side, dtype, kernel) whether there is a kernel for a reduction or a set of them
 *   lc_kernel_of(tile, side, kernel)       the one for a reduction's side
 *   LC_TOGETHER_F32, LC_TOGETHER_F64       how many reductions one may do together
 */

/* Of both sides normalised here: rests on the sums of both. */
LC_FUNCTION int lc_is_normalized_pair(int64_t op) { return (LC_NORMALIZED_PAIR_OPS >> op & 1) != 0; }
LC_FUNCTION int lc_is_normalized(int64_t op) { return (LC_NORMALIZED_OPS >> op & 1) != 0; }
LC_FUNCTION int lc_is_made(int64_t op) { return (LC_MADE_OPS >> op & 1) != 0; }

/* Whether it is worked out from sums that the plain sweep leaves; a row at a time by a kernel where that does not tell. */
LC_FUNCTION int lc_is_of_sums(int64_t op) { return lc_is_made(op) || op == LC_NORMALIZED_DIFF2; }

/* One kernel's work. */
typedef struct {
    lc_kernel kernel;         /* how it is called, which is the tier's own affair */
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

LC_FUNCTION int lc_is_alone(unsigned ops) { return (ops & ~(unsigned)LC_ALONE_OPS) == 0; }

/* Those of the states themselves go with any side, but normalised ones rest on the sums of theirs. */
LC_FUNCTION int lc_is_same_side(const lc_reduction *a, const lc_reduction *b) {
    return a->wide == b->wide && a->side == b->side && a->reference == b->reference &&
           (!lc_is_normalized(a->op) || (a->x_norms == b->x_norms && a->y_norms == b->y_norms && a->cross == b->cross && a->diff2 == b->diff2 &&
                                         a->along == b->along));
}

/* Whether a row's states are equal to a side, element by element; looked at once for all reductions against it. */
typedef struct {
    const lc_reduction *side; /* one whose side it is; null while nothing is known */
    int is_equal;
} lc_equality;

LC_FUNCTION void lc_add_to_group(lc_group *groups, int *count, const lc_reduction *r) {
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
LC_FUNCTION void lc_join_groups(lc_group *groups, int count) {
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

/* The kernel that does most of what is wanted, and of these the one that does least else. */
LC_FUNCTION int lc_best_kernel(const lc_tile *tile, const lc_group *group) {
    int best = 0, most = 0, least = 0;
    for (int k = 0; k < LC_KERNEL_COUNT; k++) {
        int done = lc_count(lc_ops_of[k] & group->wanted), all = lc_count(lc_ops_of[k]);
        if (lc_is_there(group->side->wide, lc_is_alone(lc_ops_of[k]) ? LC_ALONE : group->side->side, tile->dtype, k) && all <= (group->side->wide ? LC_TOGETHER_F64 : LC_TOGETHER_F32) && (done > most || (done == most && all < least))) {
            best = k;
            most = done;
            least = all;
        }
    }
    return best;
}

LC_FUNCTION int lc_does(const lc_step *step, const lc_reduction *r, unsigned *op) {
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

/* The plain reductions of a tile, or the normalised ones, which rest on sums of the plain; there is room for LC_MAX_REDUCTIONS groups. */
LC_FUNCTION void lc_plan_sweep(lc_sweep *sweep, lc_group *groups, const lc_tile *tile, int normalized) {
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
            sweep->steps[sweep->step_count++] = (lc_step){lc_kernel_of(tile, groups[j].side, kernel), groups[j].side, lc_ops_of[kernel]};
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

LC_FUNCTION int32_t lc_check(const lc_tile *tile) {
    if (tile->reductions < 0 || tile->reductions > LC_MAX_REDUCTIONS || tile->dtype < 0 || tile->dtype >= LC_DTYPES) {
        return LC_BAD_ARGUMENT;
    }
    for (int64_t i = 0; i < tile->reductions; i++) {
        const lc_reduction *r = &tile->reduction[i];
        if (r->op < 0 || r->op >= LC_OPS || r->side < 0 || r->side >= LC_SIDES || (r->wide != 0 && r->wide != 1)) {
            return LC_BAD_ARGUMENT;
        }
        /* what is made needs a fixed side, and the kernel that it rests on */
        if (!lc_is_there(r->wide, r->side, tile->dtype, lc_is_made(r->op) ? LC_ALONG : r->op) || (lc_is_made(r->op) && r->side == LC_PREVIOUS)) {
            return LC_BAD_ARGUMENT;
        }
    }
    return LC_OK;
}
