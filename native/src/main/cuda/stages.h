/*
 * Rows on their way. What a warp sums next of its four rows is copied from memory to shared memory some time before, in stages of 128 bytes of each row, with as much of the other side and of
 * the weight. No register waits for it, and memory is asked for whole lines, seven stages ahead: loads of two elements a thread where they are used take a quarter longer on an H200, with
 * 16-bit types and long traces (src/site/markdown/cuda-kernels.md).
 *
 * A stage has, in this order, the state before the first row where the set looks at it, the four rows, the part of the other side where that is fixed, and that of the weight. Each row is turned by
 * its place, so that what the threads of a warp read at once lies in different banks. Bytes beyond a row's end are zero and never read from memory.
 *
 * Before sm_80 there are no such copies, and rows are read where they are summed.
 */
#ifndef LC_STAGES_H
#define LC_STAGES_H

#include "team.h"

enum { LC_LINE = 128 };

/* What a stage has for a set of reductions, and where; in bytes, where nothing else is said. */
template <class T, unsigned OPS, int SIDE> struct lc_stage {
    enum {
        STEPS = LC_LINE / (16 * T::BYTES),
        ELEMENTS = 16 * STEPS,
        BACK = (lc_has_side(OPS) && SIDE == LC_PREVIOUS) || (OPS & LC_BIT(STEP2)) ? 1 : 0, /* rows before the four */
        LANE_BYTES = sizeof(typename T::lanes) / 2,
        SIDE_BYTES = lc_has_side(OPS) && SIDE != LC_PREVIOUS ? ELEMENTS * LANE_BYTES : 0,
        WEIGHT_BYTES = OPS & LC_WEIGHTED_OPS ? ELEMENTS * LANE_BYTES : 0,
        SIDE_AT = (4 + BACK) * LC_LINE,
        WEIGHT_AT = SIDE_AT + SIDE_BYTES,
        UNROLLED = BACK && SIDE_BYTES ? LC_STAGES / 2 : LC_STAGES, /* places in the code for the stages of a ring; where there are most sums, registers are too few for all */
        MORE_BYTES = SIDE_BYTES + WEIGHT_BYTES + BACK * LC_LINE, /* beside the four rows */
    };
    static_assert(WEIGHT_AT + WEIGHT_BYTES <= LC_STAGE_BYTES, "a stage has no room");
    static_assert(MORE_BYTES <= 32 * 16, "a warp has too few threads to copy a stage");
    static_assert(LC_BLOCK % (LC_STAGES * ELEMENTS) == 0, "a block does not begin with the first stage of the ring");
};

/* The kernels whose rows come so: those that are asked for most, for each of them is compiled twice. */
LC_FUNCTION constexpr int lc_is_staged(int number, int side) {
    const unsigned fixed = LC_BIT(DIFF2) | LC_BIT(ABS_DIFF) | LC_BIT(MAX_DIFF) | LC_BIT(NORM2) | LC_BIT(WALK) | LC_BIT(ANGLE) | LC_BIT(WEIGHTED) | LC_BIT(ALL),
                   previous = LC_BIT(DIFF2) | LC_BIT(STEP_ANGLE);
    return LC_STAGED && ((side == LC_PREVIOUS ? previous : fixed) >> number & 1);
}

/* What a thread copies of each stage: 16 bytes of its row, and, if it is one of the first of the warp, 16 of the other side, of the weight or of the state before, in this order. */
typedef struct {
    const char *x, *more;
    int x_at, more_at; /* where in a stage */
    int more_step;     /* from one stage to the next */
    int left;          /* elements that have not been asked for */
} lc_source;

/* Where a byte of a row's 128 lies. */
template <class T> LC_INLINE int lc_in_line(int row, int byte) { return row * LC_LINE + ((((byte >> 4) + T::BYTES * row) & 7) << 4) + (byte & 15); }

/* All addresses are those of the first element that is wanted. */
template <class T, unsigned OPS, int SIDE>
LC_INLINE lc_source lc_source_of(const lc_self *me, const char *x, const char *before, const char *y, const char *weight, int wanted) {
    typedef lc_stage<T, OPS, SIDE> S;
    const int lane = 16 * me->lane, of_weight = lane - S::SIDE_BYTES, of_before = of_weight - S::WEIGHT_BYTES;
    lc_source from = {x + 16 * me->pair, x, lc_in_line<T>(S::BACK + me->row, 16 * me->pair), S::SIDE_AT + lane, S::SIDE_BYTES > 0 ? S::SIDE_BYTES : S::WEIGHT_BYTES, wanted};
    if (of_weight < 0) {
        from.more = y + lane;
    } else if (of_before < 0) {
        from.more = weight + of_weight;
    } else if (of_before < S::BACK * LC_LINE) {
        from.more = before + of_before;
        from.more_at = lc_in_line<T>(0, of_before);
        from.more_step = LC_LINE;
    }
    return from;
}

/* How many of 16 bytes from `at` on there are, of `bytes`. */
LC_FUNCTION int lc_of_16(int bytes, int at) { return bytes <= at ? 0 : bytes < at + 16 ? bytes - at : 16; }

/* Asks for what a row has after whole stages. The other side and the weight are padded to whole steps, the states are not. */
template <class T, unsigned OPS, int SIDE> LC_INLINE void lc_ask_for_rest(char *stage, const lc_source *from, const lc_self *me) {
    typedef lc_stage<T, OPS, SIDE> S;
    const int rest = from->left % S::ELEMENTS, padded = ((rest + 15) & ~15) * S::LANE_BYTES, lane = 16 * me->lane, of_weight = lane - S::SIDE_BYTES, of_before = of_weight - S::WEIGHT_BYTES;
    const int64_t whole = from->left / S::ELEMENTS;
    if (rest > 0) {
        lc_copy_some(stage + from->x_at, from->x + whole * LC_LINE, lc_of_16(rest * T::BYTES, 16 * me->pair));
        if (lane < S::MORE_BYTES) {
            lc_copy_some(stage + from->more_at, from->more + whole * from->more_step,
                         of_before >= 0 ? lc_of_16(rest * T::BYTES, of_before) : lc_of_16(padded, of_weight < 0 ? lane : of_weight));
        }
    }
    lc_close_stage();
}

/* Asks for the next whole stage. */
template <class T, unsigned OPS, int SIDE> LC_INLINE void lc_ask_for(char *stage, lc_source *from, const lc_self *me) {
    typedef lc_stage<T, OPS, SIDE> S;
    const int wanted = from->left >= S::ELEMENTS;
    lc_copy_16(wanted, stage + from->x_at, from->x);
    from->x += LC_LINE;
    if (S::MORE_BYTES > 0) {
        lc_copy_16(wanted && 16 * me->lane < S::MORE_BYTES, stage + from->more_at, from->more);
        from->more += from->more_step;
    }
    from->left -= S::ELEMENTS;
    lc_close_stage();
}

/* Two lanes of the other side or of the weight. */
LC_FUNCTION void lc_take(f32x2 *lanes, const char *p) {
    const float2 v = *(const float2 *)p;
    *lanes = (f32x2){v.x, v.y};
}
LC_FUNCTION void lc_take(f64x2 *lanes, const char *p) {
    const double2 v = *(const double2 *)p;
    *lanes = (f64x2){v.x, v.y};
}

/* Two elements of a row of a stage. */
template <class T> LC_INLINE typename T::lanes lc_staged_pair(const char *stage, int row, int step, int pair) {
    const auto narrow = T::widen(*(const typename T::pair *)(stage + lc_in_line<T>(row, 16 * T::BYTES * step + 2 * T::BYTES * pair)));
    return (typename T::lanes){narrow.a, narrow.b};
}

/* What a step of a stage adds. */
template <class T, unsigned OPS, int SIDE, class L, class B> LC_INLINE void lc_add_staged_step(L *acc, const char *stage, const B *by, const lc_self *me, int step) {
    typedef lc_stage<T, OPS, SIDE> S;
    L x = lc_staged_pair<T>(stage, S::BACK + me->row, step, me->pair), y, before, g;
    lc_set_lanes(&y, 0);
    before = g = y;
    if (S::BACK > 0) {
        before = lc_staged_pair<T>(stage, me->row, step, me->pair);
    }
    if (S::SIDE_BYTES > 0) {
        lc_take(&y, stage + S::SIDE_AT + (16 * step + 2 * me->pair) * S::LANE_BYTES);
    } else if (lc_has_side(OPS)) {
        y = before;
    }
    if (S::WEIGHT_BYTES > 0) {
        lc_take(&g, stage + S::WEIGHT_AT + (16 * step + 2 * me->pair) * S::LANE_BYTES);
    }
    lc_term(OPS, acc, x, y, before, before, g, by);
}

/* Asks for the rest of the rows and the first stages, when all of the warp have left the ring. */
template <class T, unsigned OPS, int SIDE> LC_INLINE void lc_begin_stages(char *ring, lc_source *from, const lc_self *me) {
    __syncwarp();
    lc_ask_for_rest<T, OPS, SIDE>(ring + LC_STAGES * LC_STAGE_BYTES, from, me);
    LC_UNROLL(1) for (int i = 0; i < LC_STAGES - 1; i++) { lc_ask_for<T, OPS, SIDE>(ring + i * LC_STAGE_BYTES, from, me); }
}

/*
 * Adds n elements, up to a block's end, as they arrive, and asks for others in the place of those that all of the warp have summed. A block is a whole number of rings, so that it begins with the
 * first stage and each has its place in the code.
 */
template <class T, unsigned OPS, int SIDE, class L, class B> LC_INLINE void lc_add_stages(L *acc, char *ring, lc_source *from, const B *by, const lc_self *me, int n) {
    typedef lc_stage<T, OPS, SIDE> S;
    LC_UNROLL(1) while (n >= S::ELEMENTS) {
        LC_UNROLL(S::UNROLLED) for (int k = 0; k < LC_STAGES; k++) {
            if (n < S::ELEMENTS) {
                break;
            }
            lc_wait_for_stages<LC_STAGES - 2>();
            __syncwarp();
            lc_ask_for<T, OPS, SIDE>(ring + (k + LC_STAGES - 1) % LC_STAGES * LC_STAGE_BYTES, from, me);
            LC_UNROLL(4) for (int step = 0; step < S::STEPS; step++) { lc_add_staged_step<T, OPS, SIDE>(acc, ring + k * LC_STAGE_BYTES, by, me, step); }
            n -= S::ELEMENTS;
        }
    }
    if (n > 0) {
        lc_wait_for_stages<LC_STAGES - 2>();
        __syncwarp();
        LC_UNROLL(1) for (int step = 0; 16 * step < n; step++) { lc_add_staged_step<T, OPS, SIDE>(acc, ring + LC_STAGES * LC_STAGE_BYTES, by, me, step); }
    }
}

#endif
