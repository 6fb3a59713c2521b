/*
 * Sums over rows. 8 threads of a warp have a block of 512 elements at a time, two lanes each of the 16. The four such groups of a warp have the same block of four rows, or four blocks of a row
 * that is alone. Four rows come in stages (stages.h) where that is possible and their kernel is asked for often; all others are read where they are summed, a load a thread and step of 16
 * elements. Turn by turn the kernels of a walk go over the blocks, which the later ones find in a cache.
 *
 * Whatever the strides, the alignment and the length of a row, no byte beyond it is read: what does not lie where pairs may, and what is left of a row after whole steps, is read element
 * by element, with zeros after the last.
 *
 * Precision: float32 lanes take at most 32 terms each before the block's tree is added to the row's sum in float64. float64 lanes do the same in float64.
 */
#ifndef LC_SWEEP_ROWS_H
#define LC_SWEEP_ROWS_H

#include "stages.h"

/* Blocks as a thread sees them: its own two elements of the next step, of its row, the other side and the weight. */
typedef struct {
    const char *x;
    int64_t back, back2; /* bytes from x to the two states before */
    const char *y;       /* where the side is fixed */
    const char *weight;
    int side;
    int left; /* elements from x on to the end of the row */
} lc_place;

/* Who adds what a group has summed of a block: its first thread, to the row's sums; or the team later, see lc_add_blocks. */
typedef struct {
    double (*sums)[4]; /* of the turn's first reduction, of each group */
    int together;
    int is_first;
} lc_outcome;

/* Two elements of a fixed side. For float64 lanes the row is float64 or float32; the latter never for float64 states. */
template <class T> LC_INLINE void lc_read_fixed(f32x2 *y, const lc_place *at, int step) { lc_read(y, (const float *)at->y + step * 16); }
template <class T> LC_INLINE void lc_read_fixed(f64x2 *y, const lc_place *at, int step) {
    if (T::IS_WIDE || at->side == LC_FIXED_WIDE) {
        lc_read(y, (const double *)at->y + step * 16);
    } else {
        lc_read(y, (const float *)at->y + step * 16);
    }
}
LC_FUNCTION void lc_read_weight(f32x2 *g, const lc_place *at, int step) { lc_read(g, (const float *)at->weight + step * 16); }
LC_FUNCTION void lc_read_weight(f64x2 *g, const lc_place *at, int step) { lc_read(g, (const double *)at->weight + step * 16); }

/* Two elements of a state, `back` bytes from the thread's own. */
template <class T, int WHOLE, class L> LC_INLINE void lc_read_state(L *x, const lc_place *at, int64_t back, int step) {
    const char *p = at->x + back + step * 16 * T::BYTES;
    if (WHOLE) {
        lc_read_pair<T>(x, p);
    } else {
        lc_read_some<T>(x, p, at->left - step * 16);
    }
}

/*
 * What the reductions of a set add to their lanes in one step. The set is a constant, and so is the side where it is not LC_SIDES but the state before or a fixed row: what is not wanted is
 * not compiled.
 */
template <class T, unsigned OPS, int SIDE, int WHOLE, class L, class S> LC_INLINE void lc_add_step(L *acc, const lc_place *at, const S *by, int step) {
    L x, y, before, before2, g;
    lc_set_lanes(&y, 0);
    before = before2 = g = y;
    lc_read_state<T, WHOLE>(&x, at, 0, step);
    if (lc_has_side(OPS) && (SIDE == LC_PREVIOUS || (SIDE == LC_SIDES && at->side == LC_PREVIOUS))) {
        lc_read_state<T, WHOLE>(&y, at, at->back, step);
    } else if (lc_has_side(OPS)) {
        lc_read_fixed<T>(&y, at, step);
    }
    if (OPS & (LC_BIT(STEP2) | LC_BIT(ACCEL2))) {
        lc_read_state<T, WHOLE>(&before, at, at->back, step);
    }
    if (OPS & LC_BIT(ACCEL2)) {
        lc_read_state<T, WHOLE>(&before2, at, at->back2, step);
    }
    if (OPS & LC_WEIGHTED_OPS) {
        lc_read_weight(&g, at, step);
    }
    lc_term(OPS, acc, x, y, before, before2, g, by);
}

/* Steps whose loads are on their way together, so that some 2 KB of states and as much of the other side are: measured. Fewest for what is only done again. */
template <class T, class L> LC_INLINE constexpr int lc_unrolled(unsigned ops) {
    return sizeof(L) != sizeof(typename T::lanes) || T::IS_WIDE ? 2 : T::BYTES == 2 || lc_count_of(ops) <= 2 ? 8 : 4;
}

/* To a later step. */
template <class T, class L> LC_INLINE void lc_go_ahead(lc_place *at, int steps) {
    at->x += steps * 16 * T::BYTES;
    at->y += steps * 16 * (sizeof(L) == sizeof(f64x2) && (T::IS_WIDE || at->side == LC_FIXED_WIDE) ? 8 : 4);
    at->weight += steps * 16 * (int)(sizeof(L) / 2);
    at->left -= steps * 16;
}

/* A block: many steps at a time, and the last ones each for itself. */
template <class T, unsigned OPS, int SIDE, class L, class S> LC_INLINE void lc_add_block(L *acc, lc_place *at, int whole, int rest, const S *by) {
    constexpr int many = lc_unrolled<T, L>(OPS);
    LC_UNROLL(1) for (; whole >= many; whole -= many) {
        LC_UNROLL(many) for (int step = 0; step < many; step++) { lc_add_step<T, OPS, SIDE, 1>(acc, at, by, step); }
        lc_go_ahead<T, L>(at, many);
    }
    LC_UNROLL(1) for (; whole > 0; whole--) {
        lc_add_step<T, OPS, SIDE, 1>(acc, at, by, 0);
        lc_go_ahead<T, L>(at, 1);
    }
    LC_UNROLL(1) for (; rest > 0; rest--) {
        lc_add_step<T, OPS, SIDE, 0>(acc, at, by, 0);
        lc_go_ahead<T, L>(at, 1);
    }
}

/* The sum of one more block. */
LC_FUNCTION double lc_with_block(double sum, double block, int is_most) { return !is_most ? sum + block : sum != sum || block <= sum ? sum : block; }

/* The trees at the end of a block. */
template <unsigned OPS, class L> LC_INLINE void lc_end_block(const lc_outcome *to, const L *acc) {
    unsigned ops = OPS;
    LC_UNROLL(6) for (int i = 0; i < lc_count_of(OPS); i++, ops &= ops - 1) {
        const int is_most = (ops & -ops & LC_MAX_OPS) != 0;
        const double sum = is_most ? lc_most_of_lanes(acc[i]) : lc_sum_of_lanes(acc[i]);
        if (to->is_first) {
            to->sums[i][0] = to->together ? sum : lc_with_block(to->sums[i][0], sum, is_most);
        }
    }
}

/* Some blocks in a row; none of a group that has come to the end of its row, which takes part in exchanges all the same. */
template <class T, unsigned OPS, int SIDE, class L> LC_INLINE_THERE void lc_add_blocks_of(const lc_outcome *to, lc_place at, int aligned, int pair, int blocks, const lc_scale *scale, int row) {
    constexpr int count = lc_count_of(OPS);
    L none;
    lc_set_lanes(&none, 0);
    const auto by = lc_scale_of(none, scale, row);
    LC_UNROLL(1) for (; blocks > 0; blocks--) {
        L acc[count];
        LC_UNROLL(6) for (int i = 0; i < count; i++) { acc[i] = none; }
        const int left = at.left + 2 * pair, n = left < 0 ? 0 : left < LC_BLOCK ? left : LC_BLOCK, whole = aligned ? n / 16 : 0;
        lc_add_block<T, OPS, SIDE>(acc, &at, whole, (n + 15) / 16 - whole, &by);
        lc_end_block<OPS>(to, acc);
    }
}

/* The same of four rows that come in stages. */
template <class T, unsigned OPS, int SIDE> LC_INLINE_THERE void lc_add_blocks_in_stages(const lc_outcome *to, char *ring, lc_source from, const lc_self *me, int blocks, const lc_scale *scale) {
    typedef typename T::lanes L;
    constexpr int count = lc_count_of(OPS);
    L none;
    lc_set_lanes(&none, 0);
    const auto by = lc_scale_of(none, scale, me->row);
    int left = from.left;
    lc_begin_stages<T, OPS, SIDE>(ring, &from, me);
    LC_UNROLL(1) for (; blocks > 0; blocks--, left -= LC_BLOCK) {
        L acc[count];
        LC_UNROLL(6) for (int i = 0; i < count; i++) { acc[i] = none; }
        lc_add_stages<T, OPS, SIDE>(acc, ring, &from, &by, me, left < LC_BLOCK ? left : LC_BLOCK);
        lc_end_block<OPS>(to, acc);
    }
}

/* A turn at some blocks, from one on that the group has. */
template <class T, class L>
LC_INLINE void lc_take_turn(lc_memory *m, const lc_self *me, const lc_tile *tile, const char *work, lc_team *team, int j, int first, int blocks, int together) {
    constexpr int wide = sizeof(L) == sizeof(f64x2), is_own = sizeof(L) == sizeof(typename T::lanes);
    const lc_turn *turn = &team->turns[j];
    const lc_lines *lines = &team->lines;
    const int row = lines->count == 1 ? 0 : me->row, aligned = lines->aligned, slot = turn->kernel.slot;
    const int64_t element = (int64_t)first * LC_BLOCK + 2 * me->pair, left = tile->hidden - element;
    const char *x = lc_line(lines, row), *weight = work + (wide ? tile->weight_wide : tile->weight);
    const lc_place at = {x + element * T::BYTES,
                         lc_line(lines, row - 1) - x,
                         lc_line(lines, row - 2) - x,
                         turn->y + element * (turn->side == LC_FIXED_WIDE ? 8 : 4),
                         weight + element * (int64_t)(sizeof(L) / 2),
                         turn->side,
                         left < -LC_BLOCK ? -LC_BLOCK : (int)left};
    const lc_outcome to = {together ? (double(*)[4])&m->block[me->warp][slot][me->row] : (double(*)[4])&team->sums[slot][row], together, me->pair == 0};
    const int64_t begin = (int64_t)first * LC_BLOCK, lane = sizeof(L) / 2, all = (int64_t)blocks * LC_BLOCK, rest = tile->hidden - begin;
    const int wanted = rest < 0 ? 0 : rest < all ? (int)rest : (int)all;
    const char *before = lc_line(lines, -1) + begin * T::BYTES;
    const int staged = lines->count == 4 && aligned && ((uintptr_t)turn->y | (uintptr_t)weight) % 16 == 0;
    const lc_scale *scale = &team->scales[j];
    switch (turn->kernel.number) {
#define LC_ADD(NAME, ops, side)                                                                                                                        \
    if constexpr (is_own && lc_is_staged(LC_##NAME, side)) {                                                                                           \
        if (staged) {                                                                                                                                  \
            const lc_source from = lc_source_of<T, (ops), side>(me, x + begin * T::BYTES, before, turn->y + begin * lane, weight + begin * lane, wanted); \
            lc_add_blocks_in_stages<T, (ops), side>(&to, m->rings[me->warp], from, me, blocks, scale);                                                 \
            break;                                                                                                                                     \
        }                                                                                                                                              \
    }                                                                                                                                                  \
    lc_add_blocks_of<T, (ops), is_own ? side : LC_SIDES, L>(&to, at, aligned, me->pair, blocks, scale, row);
#define LC_CASE(NAME, ops, kind)                                                                                                                       \
    case LC_##NAME:                                                                                                                                    \
        if constexpr (lc_is_compiled(wide, T::NUMBER, LC_KIND_##kind)) {                                                                               \
            if (is_own && lc_has_side(ops) && turn->side == LC_PREVIOUS) {                                                                             \
                LC_ADD(NAME, ops, LC_PREVIOUS)                                                                                                         \
            } else {                                                                                                                                   \
                LC_ADD(NAME, ops, LC_FIXED)                                                                                                            \
            }                                                                                                                                          \
        }                                                                                                                                              \
        break;
#define LC_OP(name, NAME, kind) LC_CASE(NAME, LC_BIT(NAME), kind)
#define LC_SET(name, NAME, ops) LC_CASE(NAME, ops, set)
#include "kernels.def"
        LC_CASE(STEP2, LC_BIT(STEP2), alone)
    default: break;
    }
}

/* Adds what the groups of a team have left of `blocks` blocks, of each row or of the one row, in the order of blocks. */
LC_FUNCTION void lc_add_blocks(lc_memory *m, const lc_self *me, lc_team *team, int blocks) {
    const int rows = team->lines.count, leader = me->warp - me->rank, apart = rows == 1 ? 1 : 4;
    for (int j = team->first; j < team->first + team->count; j++) {
        const lc_kernel *kernel = &team->turns[j].kernel;
        for (int e = 32 * me->rank + me->lane; e < 4 * kernel->count; e += 32 * me->warps) {
            const int slot = kernel->slot + e / 4, row = e % 4;
            double sum = team->sums[slot][row];
            for (int b = 0; b < blocks && row < rows; b++) {
                const int group = row + b * apart;
                sum = lc_with_block(sum, m->block[leader + group / 4][slot][group % 4], kernel->most >> (e / 4) & 1);
            }
            team->sums[slot][row] = sum;
        }
    }
}

/*
 * All blocks of the rows that the team has lined up. A warp that has four rows to itself goes on from block to block; else the groups have a block each, and what comes of these is added
 * before the next.
 */
template <class T> LC_INLINE void lc_sweep_rows(lc_memory *m, const lc_self *me, lc_team *team, const lc_tile *tile, const char *work) {
    const int blocks = (int)((tile->hidden + LC_BLOCK - 1) / LC_BLOCK), alone = team->lines.count == 1, together = alone || me->warps > 1;
    const int at_once = together ? (alone ? 4 : 1) * me->warps : team->count == 1 ? blocks : 1;
    for (int round = 0; round < blocks; round += at_once) {
        const int first = !together ? round : alone ? round + 4 * me->rank + me->row : round + me->rank, some = together ? 1 : at_once;
        for (int j = team->first; j < team->first + team->count; j++) {
            if (!T::IS_WIDE && !team->turns[j].wide) {
                lc_take_turn<T, typename T::lanes>(m, me, tile, work, team, j, first, some, together);
            } else {
                lc_take_turn<T, f64x2>(m, me, tile, work, team, j, first, some, together);
            }
        }
        if (together) {
            lc_sync(me);
            lc_add_blocks(m, me, team, blocks - round < at_once ? blocks - round : at_once);
            lc_sync(me);
        }
    }
    lc_sync(me);
}

#endif
