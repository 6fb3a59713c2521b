/*
 * What is made of a row's sums: whether they are trusted, what a normalised reduction multiplies with, and what needs no sweep because other reductions have left its parts. For
 * the C kernels and for the CUDA kernels; whoever includes this defines before
 *
 *   lc_rows                                   rows of a token at consecutive iterations: tile, work, token, iteration
 *   lc_row_of(rows, k), lc_row_before(rows)   the one k after the first alone; the one before the first
 *   lc_whole_row(rows, r, op, wide, scale)    a reduction of one row alone, from end to end
 *   lc_sqrt(x)                                the nearest double
 *
 * Precision: a float32 sum that is not finite or below 2^-100 in size (a maximum: that is not finite) is not trusted: its row is summed again in float64 lanes, in the same
 * order. What is made of sums is worked out in float64, and not trusted where most of them cancels.
 */

LC_FUNCTION int lc_is_finite(double v) { return v - v == 0; }

/* Whether a sum in float32 lanes may have overflowed or lost what underflowed; nothing is lost from a maximum. */
LC_FUNCTION int lc_is_doubtful(int64_t op, double sum) {
    return !lc_is_finite(sum) || ((LC_MAX_OPS >> op & 1) == 0 && sum < 0x1p-100 && sum > -0x1p-100);
}

LC_FUNCTION int lc_is_equal(const lc_rows *row, const lc_reduction *r, lc_equality *known) {
    if (known->side == NULL || !lc_is_same_side(known->side, r)) {
        *known = (lc_equality){r, lc_whole_row(row, r, LC_MAX_DIFF, 0, NULL) == 0};
    }
    return known->is_equal;
}

/* One row's sum, done again in float64 lanes where it is doubtful and that is wanted. */
LC_FUNCTION double lc_trusted(const lc_rows *row, const lc_reduction *r, int64_t op, const lc_scale *scale, double sum, lc_equality *known) {
    const unsigned differences = LC_BIT(DIFF2) | LC_BIT(ABS_DIFF) | LC_BIT(ALONG) | LC_BIT(CROSS) | LC_BIT(WEIGHTED_DIFF2) | LC_BIT(WEIGHTED_ALONG) |
                                 LC_BIT(NORMALIZED_DIFF2) | LC_BIT(NORMALIZED_ABS_DIFF);
    if (r->wide || !r->redo || !lc_is_doubtful(op, sum)) {
        return sum;
    }
    const int is_defined = scale == NULL || lc_is_finite(scale->m[0]); /* a row of zeros has no normalised form where eps is 0 */
    if ((differences >> op & 1) != 0 && is_defined && lc_is_equal(row, r, known)) {
        return 0;
    }
    return lc_whole_row(row, r, op, 1, scale);
}

/* A sum of squares of one row alone. */
LC_FUNCTION double lc_norm_of_row(const lc_rows *row, const lc_reduction *r, int64_t op) {
    lc_equality unknown = {NULL, 0};
    return lc_trusted(row, r, op, NULL, lc_whole_row(row, r, op, r->wide, NULL), &unknown);
}

/* The sum that an earlier reduction left of row k. */
LC_FUNCTION double lc_sum_of(const lc_rows *rows, int64_t offset, int k) {
    return ((const double *)(const void *)(rows->work + offset))[rows->token * rows->tile->iterations + rows->iteration + k];
}

/* A sum of squares of the other side: that of the token's row, or of the state before row k, which the walk has not reached yet for the first of some rows. */
LC_FUNCTION double lc_side_norm(const lc_rows *rows, const lc_reduction *r, int64_t fixed, int64_t of_states, int64_t op, int k) {
    if (r->side != LC_PREVIOUS) {
        return ((const double *)(const void *)(rows->work + fixed))[rows->token];
    }
    if (k > 0) {
        return lc_sum_of(rows, of_states, k - 1);
    }
    lc_rows previous = lc_row_before(rows);
    return lc_norm_of_row(&previous, r, op);
}

/* sum x^2 = y + cross, unless most of that cancels: then of row k alone. */
LC_FUNCTION double lc_shifted(const lc_rows *rows, const lc_reduction *r, int64_t op, int k, double y, double cross) {
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

LC_FUNCTION lc_factors lc_factors_of(const lc_rows *rows, const lc_reduction *r, int k) {
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

LC_FUNCTION void lc_set_scale(lc_scale *scale, int k, const lc_factors *by) {
    scale->m[k] = by->m;
    scale->c[k] = by->c;
    scale->x_is_smaller[k] = by->x_is_smaller;
}

/* How many states before a row a reduction looks at. */
LC_FUNCTION int lc_looks_back(const lc_reduction *r) { return r->op == LC_ACCEL2 ? 2 : r->side == LC_PREVIOUS; }

/* Whether row k has as many states before it. */
LC_FUNCTION int lc_has_states_before(const lc_rows *rows, const lc_reduction *r, int k) {
    return rows->tile->first + rows->iteration + k >= lc_looks_back(r);
}

/* The sum that a sweep left of row k, where that is trusted; `scale` is null where nothing is normalised. */
LC_FUNCTION double lc_settled(const lc_rows *rows, const lc_reduction *r, int k, const lc_scale *scale, double sum, lc_equality *known) {
    if (!lc_has_states_before(rows, r, k)) {
        return __builtin_nan("");
    }
    if (!lc_is_doubtful(r->op, sum)) {
        return sum;
    }
    lc_rows row = lc_row_of(rows, k);
    lc_scale own;
    own.m[0] = scale ? scale->m[k] : 0;
    own.c[0] = scale ? scale->c[k] : 0;
    own.x_is_smaller[0] = scale ? scale->x_is_smaller[k] : 0;
    return lc_trusted(&row, r, r->op, &own, sum, known);
}

/* sum (N(x)-N(y))^2 = sum (g(a(x-y) + cy))^2 = a^2 sum (g(x-y))^2 + c^2 sum (gy)^2 + 2ac sum g(x-y)gy, unless most of that cancels. */
LC_FUNCTION double lc_normalized_diff2(const lc_rows *rows, const lc_reduction *r, int k, const lc_factors *by) {
    const double y = lc_side_norm(rows, r, r->weighted_y_norms, r->weighted_x_norms, LC_WEIGHTED_NORM2, k);
    const double parts = by->a * by->a * lc_sum_of(rows, r->diff2, k) + by->c * by->c * y, sum = parts + 2 * by->a * by->c * lc_sum_of(rows, r->along, k);
    if (lc_is_finite(sum) && sum >= parts / 16) {
        return sum;
    }
    lc_rows row = lc_row_of(rows, k);
    lc_scale scale;
    lc_set_scale(&scale, 0, by);
    lc_equality unknown = {NULL, 0};
    return lc_trusted(&row, r, r->op, &scale, lc_whole_row(&row, r, r->op, r->wide, &scale), &unknown);
}

/* sum x^2 or sum (gx)^2 */
LC_FUNCTION double lc_made(const lc_rows *rows, const lc_reduction *r, int k) {
    const int64_t norm = r->op == LC_STATE_NORM2 ? LC_NORM2 : LC_WEIGHTED_NORM2;
    const double y = lc_side_norm(rows, r, r->y_norms, 0, norm, k);
    return lc_shifted(rows, r, norm, k, y, lc_sum_of(rows, r->diff2, k) + 2 * lc_sum_of(rows, r->along, k));
}
