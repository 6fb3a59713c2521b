/*
 * A span of some rows, block by block of 512 elements: the definition of every reduction, in terms of lanes. Included once for each kind of lanes, element type and side,
 * with these defined:
 *
 *   LANES   f32x16 or f64x16        REAL    float or double
 *   DTYPE   of the states           BYTES   of one of them
 *   SIDE    alone, fixed, fixed_wide or previous; LC_THIS_SIDE is its number
 *   AT_ONCE how many rows keep their lanes in registers together
 *
 * Precision: float32 lanes round x - y once and accumulate with fused multiply-adds, at most 32 terms to a lane before the block's tree is added to the row's sum
 * in float64. float64 lanes do the same in float64.
 */

/* Loops over rows are unrolled whole, so that their lanes live in registers. */
#define LC_EACH_ROW(k) _Pragma("GCC unroll 4") for (int k = 0; k < rows; k++)

#define LC_CAT_(a, b, c, d, e) a##_##b##_##c##_##d##_##e
#define LC_CAT(a, b, c, d, e) LC_CAT_(a, b, c, d, e)
#define LC_PAIR_(a, b) a##b
#define LC_PAIR(a, b) LC_PAIR_(a, b)
#define LC_LANE(f) LC_PAIR(LANES, f)                          /* f32x16_sub */
#define LC_LANE_DTYPE(f) LC_PAIR(LC_PAIR(LANES, f), DTYPE)    /* f32x16_load_bf16 */
#define LC_THIS(op, rows) LC_CAT(LANES, op, DTYPE, SIDE, rows) /* f32x16_diff2_bf16_fixed_4 */


/* What one step adds to the lanes of one row. */
static LC_INLINE LANES LC_THIS(step, term)(enum lc_op op, LANES acc, LANES x, LANES y, LANES g, const lc_scale *scale,
                                            int row) {
    LANES e;
    switch (op) {
    case LC_DIFF2:
        e = LC_LANE(_sub)(x, y);
        return LC_LANE(_fma)(e, e, acc);
    case LC_NORM2:
        return LC_LANE(_fma)(x, x, acc);
    case LC_SIDE_NORM2:
        return LC_LANE(_fma)(y, y, acc);
    case LC_CROSS:
        return LC_LANE(_fma)(LC_LANE(_sub)(x, y), LC_LANE(_add)(x, y), acc);
    case LC_MAX_DIFF:
        return LC_LANE(_max_abs)(LC_LANE(_sub)(x, y), acc);
    case LC_NORMALIZED_DIFF2:
    case LC_NORMALIZED_CROSS: {
        LANES m = LC_LANE(_set)((REAL)scale->m[row]), c = LC_LANE(_set)((REAL)scale->c[row]);
        LANES z = LC_LANE(_select)(scale->x_is_smaller[row], x, y);
        e = LC_LANE(_mul)(g, LC_LANE(_fma)(m, LC_LANE(_sub)(x, y), LC_LANE(_mul)(c, z)));
        if (op == LC_NORMALIZED_DIFF2) {
            return LC_LANE(_fma)(e, e, acc);
        }
        LANES a = LC_LANE(_set)((REAL)scale->a[row]), b = LC_LANE(_set)((REAL)scale->b[row]);
        return LC_LANE(_fma)(e, LC_LANE(_mul)(g, LC_LANE(_fma)(a, x, LC_LANE(_mul)(b, y))), acc);
    }
    case LC_NORMALIZED_NORM2:
        e = LC_LANE(_mul)(g, LC_LANE(_mul)(LC_LANE(_set)((REAL)scale->m[row]), x));
        return LC_LANE(_fma)(e, e, acc);
    case LC_NORMALIZED_TO:
        e = LC_LANE(_sub)(LC_LANE(_mul)(g, LC_LANE(_mul)(LC_LANE(_set)((REAL)scale->m[row]), x)), y);
        return LC_LANE(_fma)(e, e, acc);
    case LC_NORMALIZED_TO_CROSS:
        e = LC_LANE(_mul)(g, LC_LANE(_mul)(LC_LANE(_set)((REAL)scale->m[row]), x));
        return LC_LANE(_fma)(LC_LANE(_sub)(e, y), LC_LANE(_add)(e, y), acc);
    case LC_OPS:
        break;
    }
    return acc;
}

/* 16 elements of the fixed side, or of the row before. */
static LC_INLINE LANES LC_THIS(load, side)(const char *y, int64_t d) {
    switch (LC_THIS_SIDE) {
    case LC_PREVIOUS:
        return LC_LANE_DTYPE(_load_)(y + d * BYTES);
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

/* One block, the elements [from, from + n), of `rows` rows from `first` on. The side of a row after the first, where it is the row before, is the row before. */
static LC_INLINE void LC_THIS(block, any)(enum lc_op op, int first, int rows, const char *const *x, const char *y, const char *weight,
                                          const lc_scale *scale, int64_t from, int64_t n, double *sums) {
    const int weighted = op == LC_NORMALIZED_DIFF2 || op == LC_NORMALIZED_NORM2 || op == LC_NORMALIZED_TO || op == LC_NORMALIZED_CROSS ||
                         op == LC_NORMALIZED_TO_CROSS;
    const int64_t end = from + n, full = end & ~(int64_t)15; /* blocks start at multiples of 512 */
    LANES acc[AT_ONCE];
    LC_EACH_ROW(k) {
        acc[k] = LC_LANE(_set)(0);
    }
    for (int64_t d = from; d < full; d += 16) {
        LANES before = LC_THIS(load, side)(y, d);
        LANES g = weighted ? LC_LANE(_load_weight)(weight + d * (int64_t)sizeof(REAL)) : LC_LANE(_set)(0);
        if (rows > 1) {
            LC_EACH_ROW(k) {
                if (16 * BYTES >= 64 || d % (64 / BYTES) == 0) {
                    lc_prefetch(x[k] + d * BYTES + 1024);
                }
                if (16 * BYTES > 64) {
                    lc_prefetch(x[k] + d * BYTES + 1088);
                }
            }
        }
        LC_EACH_ROW(k) {
            LANES here = LC_LANE_DTYPE(_load_)(x[k] + d * BYTES);
            acc[k] = LC_THIS(step, term)(op, acc[k], here, before, g, scale, first + k);
            if (LC_THIS_SIDE == LC_PREVIOUS) {
                before = here;
            }
        }
    }
    if (full < end) { /* the tail, padded with zeros: never a byte beyond the row is read */
        char tail[16 * BYTES];
        LANES before, g = weighted ? LC_LANE(_load_weight)(weight + full * (int64_t)sizeof(REAL)) : LC_LANE(_set)(0);
        if (LC_THIS_SIDE == LC_PREVIOUS) {
            memset(tail, 0, sizeof tail);
            memcpy(tail, y + full * BYTES, (size_t)(end - full) * BYTES);
            before = LC_LANE_DTYPE(_load_)(tail);
        } else {
            before = LC_THIS(load, side)(y, full); /* widened rows are padded */
        }
        LC_EACH_ROW(k) {
            memset(tail, 0, sizeof tail);
            memcpy(tail, x[k] + full * BYTES, (size_t)(end - full) * BYTES);
            LANES here = LC_LANE_DTYPE(_load_)(tail);
            acc[k] = LC_THIS(step, term)(op, acc[k], here, before, g, scale, first + k);
            if (LC_THIS_SIDE == LC_PREVIOUS) {
                before = here;
            }
        }
    }
    if (op == LC_MAX_DIFF) {
        LC_EACH_ROW(k) {
            double most = LC_LANE(_most)(acc[k]);
            sums[k] = sums[k] != sums[k] || most <= sums[k] ? sums[k] : most;
        }
    } else {
        LC_LANE_DTYPE(_add_sums_)(sums, acc, rows);
    }
}

/* All blocks of a span. The rows' addresses are taken to registers once. */
static LC_INLINE void LC_THIS(span, any)(enum lc_op op, int first, int rows, const char *const *x, const char *y, const char *weight,
                                         const lc_scale *scale, int64_t n, double *sums) {
    const char *row[AT_ONCE];
    double sum[AT_ONCE];
    LC_EACH_ROW(k) {
        row[k] = x[first + k];
        sum[k] = sums[first + k];
    }
    for (int64_t from = 0; from < n; from += LC_BLOCK) {
        LC_THIS(block, any)(op, first, rows, row, y, weight, scale, from, n - from < LC_BLOCK ? n - from : LC_BLOCK, sum);
    }
    LC_EACH_ROW(k) {
        sums[first + k] = sum[k];
    }
}

/* The functions of the table: each reduction for one row, and for four. */
#define LC_DEFINE(name, NAME)                                                                                                                          \
    static void LC_THIS(name, 1)(const char *const *x, const char *y, const char *weight, const lc_scale *scale, int64_t n, double *sums) {            \
        LC_THIS(span, any)(LC_##NAME, 0, 1, x, y, weight, scale, n, sums);                                                                             \
    }                                                                                                                                                  \
    static void LC_THIS(name, 4)(const char *const *x, const char *y, const char *weight, const lc_scale *scale, int64_t n, double *sums) {            \
        for (int k = 0; k < 4; k += AT_ONCE) {                                                                                                         \
            LC_THIS(span, any)(LC_##NAME, k, AT_ONCE, x, LC_THIS_SIDE == LC_PREVIOUS && k > 0 ? x[k - 1] : y, weight, scale, n, sums);                  \
        }                                                                                                                                              \
    }
#if LC_ARITY == 1
#define LC_DEFINE_1 LC_DEFINE
#define LC_DEFINE_2(name, NAME)
#else
#define LC_DEFINE_1(name, NAME)
#define LC_DEFINE_2 LC_DEFINE
#endif
#define LC_OP(name, NAME, arity) LC_PAIR(LC_DEFINE_, arity)(name, NAME)
#include "kernels.def"

static const lc_ops LC_THIS(table, ops) = {
#undef LC_DEFINE
#define LC_DEFINE(name, NAME) [LC_##NAME] = {LC_THIS(name, 1), LC_THIS(name, 4)},
#define LC_OP(name, NAME, arity) LC_PAIR(LC_DEFINE_, arity)(name, NAME)
#include "kernels.def"
};

#undef LC_EACH_ROW
#undef LC_CAT_
#undef LC_CAT
#undef LC_PAIR_
#undef LC_PAIR
#undef LC_LANE
#undef LC_LANE_DTYPE
#undef LC_THIS
#undef LC_DEFINE
#undef LC_DEFINE_1
#undef LC_DEFINE_2
