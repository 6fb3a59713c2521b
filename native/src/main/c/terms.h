/*
 * What 16 elements add to a row's lanes: the definition of every reduction. Included by block.h for each kind of lanes, element type and side.
 *
 * Precision: an element is widened exactly; each difference, sum and product that is written here is rounded once to the lane type, and a lane grows by one fused
 * multiply-add, one addition, or the larger of two magnitudes. With RMSNorm no normalised state is formed and subtracted: src/site/markdown/numerics.md says why.
 */

/* `ops` is a constant everywhere: what is not wanted is not compiled. */
#define LC_ANY(ops, a, b, c, d) ((ops) & (LC_BIT(a) | LC_BIT(b) | LC_BIT(c) | LC_BIT(d)))

/* Takes the difference e of two sides, and what the last of the four multiplies it with, into the accumulators of those of four reductions that are wanted. */
static LC_INLINE LANES *LC_THIS(term, pair)(unsigned ops, int square, int absolute, int most, int times, LANES *acc, LANES e, LANES factor) {
    if (ops >> square & 1) {
        *acc = LC_LANE(_fma)(e, e, *acc);
        acc += AT_ONCE;
    }
    if (ops >> absolute & 1) {
        *acc = LC_LANE(_add)(*acc, LC_LANE(_abs)(e));
        acc += AT_ONCE;
    }
    if (ops >> most & 1) {
        *acc = LC_LANE(_max_abs)(e, *acc);
        acc += AT_ONCE;
    }
    if (ops >> times & 1) {
        *acc = LC_LANE(_fma)(e, factor, *acc);
        acc += AT_ONCE;
    }
    return acc;
}

/* `acc` is the row's first accumulator; that of the next reduction, in the order of the list, lies AT_ONCE further. `before` and `before2` are the states one and two
   iterations earlier, where a reduction looks back. */
static LC_INLINE void LC_THIS(term, of)(unsigned ops, LANES *acc, LANES x, LANES y, LANES before, LANES before2, LANES g,
                                        const LC_LANE(_scale) *by) {
    const int none = 31; /* no reduction has this number */
    if (LC_ANY(ops, DIFF2, ABS_DIFF, MAX_DIFF, ALONG)) {
        acc = LC_THIS(term, pair)(ops, LC_DIFF2, LC_ABS_DIFF, LC_MAX_DIFF, LC_ALONG, acc, LC_LANE(_sub)(x, y), y);
    }
    if (ops & LC_BIT(CROSS)) {
        *acc = LC_LANE(_fma)(LC_LANE(_sub)(x, y), LC_LANE(_add)(x, y), *acc);
        acc += AT_ONCE;
    }
    if (ops & LC_BIT(NORM2)) {
        *acc = LC_LANE(_fma)(x, x, *acc);
        acc += AT_ONCE;
    }
    if (ops & LC_BIT(MAX_ABS)) {
        *acc = LC_LANE(_max_abs)(x, *acc);
        acc += AT_ONCE;
    }
    if (ops & LC_BIT(ACCEL2)) {
        LANES e = LC_LANE(_sub)(LC_LANE(_sub)(x, before), LC_LANE(_sub)(before, before2));
        *acc = LC_LANE(_fma)(e, e, *acc);
        acc += AT_ONCE;
    }
    if (LC_ANY(ops, WEIGHTED_DIFF2, WEIGHTED_ALONG, WEIGHTED_DIFF2, WEIGHTED_ALONG)) {
        acc = LC_THIS(term, pair)(ops, LC_WEIGHTED_DIFF2, none, none, LC_WEIGHTED_ALONG, acc, LC_LANE(_mul)(g, LC_LANE(_sub)(x, y)),
                                  LC_LANE(_mul)(g, y));
    }
    if (ops & LC_BIT(WEIGHTED_NORM2)) {
        LANES n = LC_LANE(_mul)(g, x);
        *acc = LC_LANE(_fma)(n, n, *acc);
        acc += AT_ONCE;
    }
    if (LC_ANY(ops, NORMALIZED_DIFF2, NORMALIZED_ABS_DIFF, NORMALIZED_MAX_DIFF, NORMALIZED_MAX_DIFF)) {
        LANES smaller = LC_LANE(_select)(by->x_is_smaller, x, y);
        LANES e = LC_LANE(_mul)(g, LC_LANE(_fma)(by->m, LC_LANE(_sub)(x, y), LC_LANE(_mul)(by->c, smaller)));
        acc = LC_THIS(term, pair)(ops, LC_NORMALIZED_DIFF2, LC_NORMALIZED_ABS_DIFF, LC_NORMALIZED_MAX_DIFF, none, acc, e, e);
    }
    if (LC_ANY(ops, NORMALIZED_TO, NORMALIZED_TO_ABS, NORMALIZED_TO_MAX, NORMALIZED_TO_CROSS)) {
        LANES n = LC_LANE(_mul)(g, LC_LANE(_mul)(by->m, x));
        acc = LC_THIS(term, pair)(ops, LC_NORMALIZED_TO, LC_NORMALIZED_TO_ABS, LC_NORMALIZED_TO_MAX, LC_NORMALIZED_TO_CROSS, acc, LC_LANE(_sub)(n, y),
                                  LC_LANE(_add)(n, y));
    }
    if (ops & LC_BIT(STEP2)) {
        LANES e = LC_LANE(_sub)(x, before);
        *acc = LC_LANE(_fma)(e, e, *acc);
    }
}

#undef LC_ANY
