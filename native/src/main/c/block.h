/*
 * Some rows of states, block by block of 512 elements. Included once for each kind of lanes, element type and side, with these defined:
 *
 *   LANES   f32x16 or f64x16        REAL    float or double
 *   DTYPE   of the states           BYTES   of one of them
 *   SIDE    alone, fixed, fixed_wide or previous; LC_THIS_SIDE is its number, LC_IF_kind(...) keeps what has a meaning against it
 *   AT_ONCE how many sets of lanes stay in registers together: rows times reductions
 *
 * Precision: float32 lanes take at most 32 terms each before the block's tree is added to the row's sum in float64. float64 lanes do the same in float64.
 */

/* Loops over rows are unrolled whole, so that their lanes live in registers. */
#define LC_UNROLLED(k, count) _Pragma("GCC unroll 24") for (int k = 0; k < (count); k++)

#define LC_CAT_(a, b, c, d, e) a##_##b##_##c##_##d##_##e
#define LC_CAT(a, b, c, d, e) LC_CAT_(a, b, c, d, e)
#define LC_PAIR_(a, b) a##b
#define LC_PAIR(a, b) LC_PAIR_(a, b)
#define LC_LANE(f) LC_PAIR(LANES, f)                           /* f32x16_sub */
#define LC_LANE_DTYPE(f) LC_PAIR(LC_PAIR(LANES, f), DTYPE)     /* f32x16_load_bf16 */
#define LC_THIS(op, rows) LC_CAT(LANES, op, DTYPE, SIDE, rows) /* f32x16_diff2_bf16_fixed_4 */

#include "terms.h"

/* 16 elements of the fixed side. */
static LC_INLINE LANES LC_THIS(load, side)(const char *y, int64_t d) {
    switch (LC_THIS_SIDE) {
#if defined(LC_HAS_FIXED)
    case LC_FIXED:
        return LC_LANE_DTYPE(_fixed_)(y + d * 4);
#endif
#if defined(LC_HAS_FIXED_WIDE)
    case LC_FIXED_WIDE:
        return LC_LANE(_load_f64)(y + d * 8);
#endif
    default:
        return LC_LANE(_set)(0);
    }
}

/* How far ahead of the element at hand memory is asked for. Measured: see src/site/markdown/benchmarking.md. */
#define LC_AHEAD 384
/* Asks for the line that far from p; and for one still farther, into the second-level cache. A macro: see lanes/neon.h. */
#define LC_ASK_FROM(p)                                                                                                                                 \
    do {                                                                                                                                               \
        lc_prefetch((p) + LC_AHEAD);                                                                                                                   \
        if (far > 0) {                                                                                                                                 \
            lc_prefetch_far((p) + LC_AHEAD + far);                                                                                                     \
        }                                                                                                                                              \
    } while (0)

/* 16 elements from d on of rows at[back] and on, before which `back` states are. The lines ahead are asked for in the first step of a line. */
static LC_INLINE void LC_THIS(step, any)(const unsigned ops, const int rows, const int back, const int asks, LANES *acc, const char *const *at, const char *y,
                                         const char *weight, const LC_LANE(_scale) *by, int64_t d) {
    /* Where registers have room for one row only, four rows take turns block by block, and each is away for long. */
    const int64_t far = rows == 1 ? 2048 : BYTES == 8 ? 0 : 1024;
    LANES before2 = back > 1 ? LC_LANE_DTYPE(_load_)(at[0] + d * BYTES) : LC_LANE(_set)(0);
    LANES before = back > 0 ? LC_LANE_DTYPE(_load_)(at[back > 1] + d * BYTES) : LC_LANE(_set)(0);
    LANES fixed = LC_THIS(load, side)(y, d);
    LANES g = ops & LC_WEIGHTED_OPS ? LC_LANE(_load_weight)(weight + d * (int64_t)sizeof(REAL)) : LC_LANE(_set)(0);
    LC_UNROLLED(k, rows) {
        const char *p = at[k + back] + d * BYTES;
        if (asks) {
            LC_ASK_FROM(p);
        }
        if (asks && 16 * BYTES > 64) {
            LC_ASK_FROM(p + 64);
        }
        LANES here = LC_LANE_DTYPE(_load_)(p);
        LC_THIS(term, of)(ops, &acc[k], here, LC_THIS_SIDE == LC_PREVIOUS ? before : fixed, before, before2, g, &by[k]);
        if (back > 0) {
            before2 = before;
            before = here;
        }
    }
}

/*
 * One block of n elements, from `from` on, of `rows` rows, x[0] on; x[-1] and x[-2] are the two states before x[0] where the side looks back. `row` is the place of x[0] among the
 * rows that `scale` is for; sums[4 * i + row] is that of the set's reduction i.
 */
static LC_INLINE void LC_THIS(block, any)(const unsigned ops, const int rows, int row, const char *const *x, const char *y, const char *weight,
                                          const lc_scale *scale, int64_t from, int64_t n, double *sums) {
    const int wanted = __builtin_popcount(ops), back = ops & LC_BIT(ACCEL2) ? 2 : LC_THIS_SIDE == LC_PREVIOUS || ops & LC_BIT(STEP2) ? 1 : 0;
    const int scaled = (ops & LC_NORMALIZED_OPS) != 0;
    const int64_t side = LC_THIS_SIDE == LC_FIXED ? 4 : 8;
    LANES acc[LC_MOST_TOGETHER * AT_ONCE];
    LC_UNROLLED(i, wanted) {
        LC_UNROLLED(k, rows) { acc[i * AT_ONCE + k] = LC_LANE(_set)(0); }
    }
    LC_LANE(_scale) by[AT_ONCE];
    if (scaled) {
        LC_UNROLLED(k, rows) { by[k] = LC_LANE(_scale_at)(scale, row + k); }
    }
    const char *at[AT_ONCE + 2];
    LC_UNROLLED(k, rows + back) { at[k] = x[k - back] + from * BYTES; }
    y += from * side;
    weight += from * (int64_t)sizeof(REAL);
    /* Where a step has much to do, a turn takes a cache line of each row. Lines that are not yet read are asked for: rows that are normalised have been, by the sweep before. */
    const int line = 16 * BYTES >= 64 ? 16 : 64 / BYTES, turn = rows == 4 && wanted > 3 ? line : 16;
    const int64_t turns = n & -(int64_t)turn, steps = n & -(int64_t)16;
    int64_t d = 0;
    for (; d < turns; d += turn) {
        LC_UNROLLED(s, turn / 16) { LC_THIS(step, any)(ops, rows, back, !scaled && s == 0 && (turn == line || d % line == 0), acc, at, y, weight, by, d + 16 * s); }
    }
    if (d < steps) {
        LC_THIS(step, any)(ops, rows, back, 0, acc, at, y, weight, by, d);
        d = steps;
    }
    if (d < n) {
        /* The tail, padded with zeros, as one more step: never a byte beyond a row is read. Widened rows are padded already. */
        char tails[(AT_ONCE + 2) * 16 * BYTES];
        const char *padded[AT_ONCE + 2];
        LC_UNROLLED(k, rows + back) { padded[k] = at[k]; }
        lc_pad_tails(padded, rows + back, tails, d * BYTES, (n - d) * BYTES, 16 * BYTES);
        LC_THIS(step, any)(ops, rows, back, 0, acc, padded, y + d * side, weight + d * (int64_t)sizeof(REAL), by, 0);
    }
    LC_UNROLLED(i, wanted) {
        /* the tree's place in the list: which reduction this is */
        if (lc_nth(ops, i) & LC_MAX_OPS) {
            LC_LANE(_keep_most)(&sums[4 * i + row], &acc[i * AT_ONCE], rows);
        } else {
            LC_LANE_DTYPE(_add_sums_)(&sums[4 * i + row], &acc[i * AT_ONCE], rows);
        }
    }
}

/* All blocks of a span, of one row or of four; as many rows at once as have room in the registers. */
static LC_INLINE void LC_THIS(span, any)(const unsigned ops, const int rows, const char *const *x, const char *y, const char *weight, const lc_scale *scale,
                                         int64_t n, double *sums) {
    /* what a normalised row is multiplied with takes registers too */
    const int room = (ops & LC_NORMALIZED_OPS ? AT_ONCE / 2 : AT_ONCE) / __builtin_popcount(ops), at_once = rows == 1 || room < 2 ? 1 : room < 4 ? 2 : 4;
    for (int64_t from = 0; from < n; from += LC_BLOCK) {
        for (int k = 0; k < rows; k += at_once) {
            LC_THIS(block, any)(ops, at_once, k, x + k, y, weight, scale, from, n - from < LC_BLOCK ? n - from : LC_BLOCK, sums);
        }
    }
}

/* The functions of the table: each set of reductions for one row, and for four. */
#define LC_DEFINE(name, ops)                                                                                                                           \
    static void LC_THIS(name, 1)(const char *const *x, const char *y, const char *weight, const lc_scale *scale, int64_t n, double *sums) {    \
        LC_THIS(span, any)(ops, 1, x, y, weight, scale, n, sums);                                                                               \
    }                                                                                                                                                  \
    static void LC_THIS(name, 4)(const char *const *x, const char *y, const char *weight, const lc_scale *scale, int64_t n, double *sums) {    \
        LC_THIS(span, any)(ops, 4, x, y, weight, scale, n, sums);                                                                               \
    }
LC_IF_alone(LC_DEFINE(step2, LC_BIT(STEP2)))
#define LC_OP(name, NAME, kind) LC_PAIR(LC_IF_, kind)(LC_DEFINE(name, LC_BIT(NAME)))
#define LC_SET(name, NAME, ops) LC_IF_set(LC_DEFINE(name, ops))
#include "kernels.def"

static const lc_spans LC_THIS(table, spans) = {
#define LC_ENTRY(name, NAME) [LC_##NAME] = {LC_THIS(name, 1), LC_THIS(name, 4)},
    LC_IF_alone(LC_ENTRY(step2, STEP2))
#define LC_OP(name, NAME, kind) LC_PAIR(LC_IF_, kind)(LC_ENTRY(name, NAME))
#define LC_SET(name, NAME, ops) LC_IF_set(LC_ENTRY(name, NAME))
#include "kernels.def"
};

#undef LC_UNROLLED
#undef LC_ASK_FROM
#undef LC_AHEAD
#undef LC_CAT_
#undef LC_CAT
#undef LC_PAIR_
#undef LC_PAIR
#undef LC_LANE
#undef LC_LANE_DTYPE
#undef LC_THIS
#undef LC_DEFINE
#undef LC_ENTRY
