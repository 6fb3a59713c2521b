/*
 * Sums over rows. A warp has one block of 512 elements of up to four rows at a time: 8 threads a row, two lanes each, so that a step of 16 elements is one load a thread. Turn by turn
 * the kernels of a walk go over the block; what they leave of it is added to the team's sums in the order of blocks, whichever warp had it.
 *
 * Precision: float32 lanes take at most 32 terms each before the block's tree is added to the row's sum in float64. float64 lanes do the same in float64.
 */
#ifndef LC_SWEEP_ROWS_H
#define LC_SWEEP_ROWS_H

#include "stage.h"

/* A piece of a block as a thread sees it: its own two elements of the first step, of its row, the other side and the weight. */
template <class T, class L> struct lc_piece {
    const char *x;
    const char *y; /* where the side is fixed */
    const char *weight;
    int kernel;
    int side;
    const lc_scale *scale;
    int row;
    int steps;
};

/* Two elements of the other side. */
template <class T> LC_INLINE f32x2 lc_other(const lc_piece<T, f32x2> *at, int step) {
    f32x2 y;
    if (at->side == LC_PREVIOUS) {
        T::read(&y, at->x - T::PITCH + step * 16 * T::BYTES);
    } else {
        lc_read(&y, (const float *)at->y + step * 16);
    }
    return y;
}
template <class T> LC_INLINE f64x2 lc_other(const lc_piece<T, f64x2> *at, int step) {
    f64x2 y;
    if (at->side == LC_PREVIOUS) {
        T::read(&y, at->x - T::PITCH + step * 16 * T::BYTES);
    } else if (at->side == LC_FIXED_WIDE) {
        lc_read(&y, (const double *)at->y + step * 16);
    } else {
        lc_read(&y, (const float *)at->y + step * 16);
    }
    return y;
}
LC_FUNCTION f32x2 lc_weight(f32x2 g, const char *p, int step) {
    lc_read(&g, (const float *)p + step * 16);
    return g;
}
LC_FUNCTION f64x2 lc_weight(f64x2 g, const char *p, int step) {
    lc_read(&g, (const double *)p + step * 16);
    return g;
}

/* Steps whose loads are on their way together: most for the sums that are asked for most, fewest for what is only done again. */
template <class T, class L> LC_INLINE constexpr int lc_unrolled(unsigned ops) {
    return sizeof(L) != sizeof(typename T::lanes) ? 2 : T::IS_WIDE || (ops & (ops - 1) & ((ops & (ops - 1)) - 1)) != 0 ? 4 : 8;
}

/* What the reductions of a set add to their lanes. The set is a constant: what is not wanted is not compiled. */
template <class T, class L, unsigned OPS> LC_INLINE void lc_add_piece(L *acc, const lc_piece<T, L> *at) {
    constexpr int back = OPS & LC_BIT(ACCEL2) ? 2 : OPS & LC_BIT(STEP2) ? 1 : 0;
    constexpr bool alone = (OPS & ~(unsigned)(LC_ALONE_OPS | LC_BIT(ACCEL2))) == 0;
    L y, before, before2, g;
    lc_set_lanes(&y, 0);
    before = before2 = g = y;
    const auto by = lc_scale_of(y, at->scale, at->row);
    LC_UNROLL((lc_unrolled<T, L>(OPS))) for (int step = 0; step < at->steps; step++) {
        const char *p = at->x + step * 16 * T::BYTES;
        L x;
        T::read(&x, p);
        if (!alone) {
            y = lc_other(at, step);
        }
        if (back > 0) {
            T::read(&before, p - T::PITCH);
        }
        if (back > 1) {
            T::read(&before2, p - 2 * T::PITCH);
        }
        if (OPS & LC_WEIGHTED_OPS) {
            g = lc_weight(g, at->weight, step);
        }
        lc_term(OPS, acc, x, y, before, before2, g, &by);
    }
}

template <class T, class L> LC_INLINE void lc_add_any(L *acc, const lc_piece<T, L> *at) {
    constexpr int wide = sizeof(L) == sizeof(f64x2);
    switch (at->kernel) {
#define LC_CASE(NAME, ops, kind)                                                                                                                       \
    case LC_##NAME:                                                                                                                                    \
        if constexpr (lc_is_compiled(wide, T::NUMBER, LC_KIND_##kind)) {                                                                               \
            lc_add_piece<T, L, (ops)>(acc, at);                                                                                                        \
        }                                                                                                                                              \
        break;
#define LC_OP(name, NAME, kind) LC_CASE(NAME, LC_BIT(NAME), kind)
#define LC_SET(name, NAME, ops) LC_CASE(NAME, ops, set)
#include "kernels.def"
        LC_CASE(STEP2, LC_BIT(STEP2), alone)
    default: break;
    }
}

/* A turn at one block, to the sums of the warp's block. `staged` is the piece of the rows that is in shared memory. */
template <class T, class L>
LC_INLINE void lc_take_turn(lc_memory<T> *m, const lc_self *me, const lc_tile *tile, const char *work, lc_team *team, int j, int block, int *staged) {
    const lc_turn *turn = &team->turns[j];
    L acc[LC_MOST_TOGETHER];
    LC_UNROLL(6) for (int i = 0; i < LC_MOST_TOGETHER; i++) { lc_set_lanes(&acc[i], 0); }
    for (int piece = block * T::CHUNKS; piece < (block + 1) * T::CHUNKS; piece++) {
        const int64_t rest = tile->hidden - (int64_t)piece * T::CHUNK;
        if (rest <= 0) {
            break;
        }
        const int n = rest < T::CHUNK ? (int)rest : T::CHUNK, row = me->row < team->lines.count ? me->row : 0;
        if (*staged != piece) {
            lc_stage(m, me, &team->lines, piece, n);
            *staged = piece;
        }
        const int64_t element = (int64_t)piece * T::CHUNK + 2 * me->pair;
        const lc_piece<T, L> at = {m->rows[me->warp][2 + row] + 2 * me->pair * T::BYTES,
                                   turn->y + element * (turn->side == LC_FIXED_WIDE ? 8 : 4),
                                   work + (sizeof(L) == sizeof(f64x2) ? tile->weight_wide : tile->weight) + element * (int64_t)(sizeof(L) / 2),
                                   turn->kernel.number,
                                   turn->side,
                                   &team->scales[j],
                                   row,
                                   (n + 15) / 16};
        lc_add_any(acc, &at);
    }
    const unsigned most = turn->kernel.most;
    LC_UNROLL(6) for (int i = 0; i < LC_MOST_TOGETHER; i++) {
        if (i < turn->kernel.count) {
            const double sum = most >> i & 1 ? lc_most_of_lanes(acc[i]) : lc_sum_of_lanes(acc[i]);
            if (me->pair == 0 && me->row < team->lines.count) {
                m->block[me->warp][turn->kernel.slot + i][me->row] = sum;
            }
        }
    }
}

/* Adds what the team's warps have left of their blocks, `count` of them, in the order of blocks. */
template <class T> LC_INLINE void lc_add_blocks(lc_memory<T> *m, const lc_self *me, lc_team *team, int count) {
    const int rows = team->lines.count, leader = me->warp - me->rank;
    for (int j = team->first; j < team->first + team->count; j++) {
        const lc_kernel *kernel = &team->turns[j].kernel;
        for (int e = 32 * me->rank + me->lane; e < 4 * kernel->count; e += 32 * me->warps) {
            const int slot = kernel->slot + e / 4, row = e % 4;
            double sum = team->sums[slot][row];
            for (int w = 0; w < count && row < rows; w++) {
                const double next = m->block[leader + w][slot][row];
                if (kernel->most >> (e / 4) & 1) {
                    sum = sum != sum || next <= sum ? sum : next;
                } else {
                    sum += next;
                }
            }
            team->sums[slot][row] = sum;
        }
    }
}

/* All blocks of the rows that the team has lined up. */
template <class T> LC_INLINE void lc_sweep_rows(lc_memory<T> *m, const lc_self *me, lc_team *team, const lc_tile *tile, const char *work) {
    const int blocks = (int)((tile->hidden + LC_BLOCK - 1) / LC_BLOCK);
    int staged = -1;
    for (int round = 0; round < blocks; round += me->warps) {
        const int block = round + me->rank;
        for (int j = team->first; j < team->first + team->count && block < blocks; j++) {
            if (!T::IS_WIDE && !team->turns[j].wide) {
                lc_take_turn<T, typename T::lanes>(m, me, tile, work, team, j, block, &staged);
            } else {
                lc_take_turn<T, f64x2>(m, me, tile, work, team, j, block, &staged);
            }
        }
        lc_sync(me);
        lc_add_blocks(m, me, team, blocks - round < me->warps ? blocks - round : me->warps);
        lc_sync(me);
    }
}

#endif
