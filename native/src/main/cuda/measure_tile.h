/* The items of a tile, and who does them. */
#ifndef LC_MEASURE_TILE_H
#define LC_MEASURE_TILE_H

#include "item.h"

LC_FUNCTION void lc_set_turn(lc_turn *turn, const lc_rows *rows, const lc_reduction *r, int wide, const lc_kernel *kernel) {
    const int64_t padded = (rows->tile->hidden + 15) & ~(int64_t)15;
    turn->y = rows->work + r->reference + rows->token * padded * (r->side == LC_FIXED_WIDE ? 8 : 4);
    turn->side = (int)r->side;
    turn->wide = wide;
    turn->kernel = *kernel;
}

/* The rows that are swept next: all of an item, or that of a question. */
LC_FUNCTION lc_lines lc_lines_of(const lc_rows *rows, const char *states, int64_t iteration, int count) {
    const lc_tile *tile = rows->tile;
    if (tile->first + iteration < 0) {
        iteration = rows->iteration; /* there is none before it, and nothing comes of its sum */
    }
    lc_lines x;
    x.first = states + tile->states_offset + iteration * tile->iteration_stride + rows->token * tile->token_stride;
    x.stride = tile->iteration_stride;
    x.count = count;
    x.before = tile->first + iteration < 2 ? (int)(tile->first + iteration) : 2;
    x.aligned = ((uintptr_t)x.first | (uintptr_t)x.stride) % 16 == 0;
    return x;
}

/* Lines up the rows of an item with the turns of its walk, or the row of a question with the last turn; all sums begin at 0. */
LC_FUNCTION void lc_line_up(const lc_progress *at, const lc_self *me, lc_team *team, const lc_rows *rows, const char *states) {
    const lc_question *q = rows->question;
    const int index = 32 * me->rank + me->lane, first = q->open ? LC_SLOTS : 0, end = q->open ? LC_SLOTS + 1 : LC_SLOTS;
    if (index == 0 && q->open) {
        const lc_asked *asked = &team->asked;
        lc_kernel kernel = lc_kernel_of(rows->tile, asked->r, asked->op);
        kernel.slot = LC_SLOTS;
        lc_set_turn(&team->turns[LC_STEPS], rows, asked->r, asked->wide, &kernel);
        team->lines = lc_lines_of(rows, states, asked->iteration, 1);
    } else if (index == 0) {
        team->lines = lc_lines_of(rows, states, rows->iteration, rows->rows);
    }
    if (index < 4 && !q->open) {
        team->known[index].side = NULL;
    }
    if (index == 0) {
        team->at = *at;
        team->first = q->open ? LC_STEPS : 0;
        team->count = q->open ? 1 : at->to - at->from;
    }
    for (int j = at->from + index; !q->open && j < at->to; j += 32 * me->warps) {
        const lc_step *step = &at->sweep->steps[j];
        lc_set_turn(&team->turns[j - at->from], rows, step->side, (int)step->side->wide, &step->kernel);
    }
    for (int e = 4 * first + index; e < 4 * end; e += 32 * me->warps) {
        team->sums[e / 4][e % 4] = 0;
    }
    lc_sync(me);
}

/* Does what comes next of an item, up to where rows have to be swept; 0 where all is done. */
LC_FUNCTION int lc_next_sweep(lc_progress *at, const lc_self *me, lc_team *team, const lc_tile *tile, const lc_plan *plan, const char *states, char *work) {
    lc_question question;
    lc_rows rows = {tile, work, at->token, at->iteration, at->rows, &question};
    question.team = team;
    question.open = 0;
    while (at->stage != LC_DONE && at->stage != LC_SUMS && !lc_work_out_all(at, plan, me, team, &rows, work)) {
        lc_go_on(at, plan);
    }
    if (at->stage == LC_DONE) {
        return 0;
    }
    lc_line_up(at, me, team, &rows, states);
    return 1;
}

/* What there is to do in a tile: how many rows of a token go alone, and how many items there are. Read anew for each item, for registers are what a sweep is short of. */
LC_FUNCTION int lc_singles_of(const lc_tile *tile) { return (int)(tile->iterations % 4); }
LC_FUNCTION int64_t lc_items_of(const lc_tile *tile) { return (tile->iterations / 4 + lc_singles_of(tile)) * tile->tokens; }

/* Rows that are alone come first, for they take longest. */
LC_FUNCTION lc_progress lc_item_of(const lc_tile *tile, const lc_plan *plan, int64_t item) {
    const int64_t fours = tile->iterations / 4, singles = lc_singles_of(tile), four = item - singles * tile->tokens;
    lc_progress at = {plan->sweeps, item, 0, 0, 0, LC_SUMS, 0, 0, -1, 0};
    if (four < 0) {
        at.token = item / singles;
        at.iteration = 4 * fours + item % singles;
        at.rows = 1;
    } else {
        at.token = four / fours;
        at.iteration = 4 * (four % fours);
        at.rows = 4;
    }
    return at;
}

/* Does an item, and tells which it was. */
template <class T>
LC_INLINE int64_t lc_measure_item(lc_memory *m, const lc_self *me, const char *states, char *work, const lc_tile *tile, const lc_plan *plan, lc_progress at) {
    lc_team *team = &m->teams[me->warp - me->rank];
    lc_begin_walk(&at, plan, 0);
    while (lc_next_sweep(&at, me, team, tile, plan, states, work)) {
        lc_sweep_rows<T>(m, me, team, tile, work);
        at = team->at;
        if (at.stage == LC_SUMS) {
            lc_go_on(&at, plan);
        } else {
            if (me->rank == 0 && me->lane == 0) {
                team->answers[at.answered] = team->sums[LC_SLOTS][0];
            }
            at.answered++;
            lc_sync(me);
        }
    }
    return at.item;
}

/*
 * Four iterations of a token at a time, and the last few one by one, as the C kernels group them. Where there are fewer items than warps, a thread block's warps share one, a 512-block each;
 * else each has its own, and neighbours have neighbouring iterations of one token, so that its reference comes from a cache.
 */
template <class T> LC_INLINE void lc_measure(lc_memory *m, const void *states, void *work, int64_t tile_offset, int64_t plan_offset) {
    const lc_tile *tile = (const lc_tile *)((const char *)work + tile_offset);
    const lc_plan *plan = (const lc_plan *)((const char *)work + plan_offset);
    if (plan->status != LC_OK || tile->dtype != T::NUMBER) {
        return;
    }
    const lc_self me = lc_self_of(tile->hidden > LC_BLOCK && lc_items_of(tile) < (int64_t)gridDim.x * LC_WARPS ? LC_WARPS : 1);
    const int teams = LC_WARPS / me.warps;
    LC_UNROLL(1) for (int64_t item = (int64_t)blockIdx.x * teams + (me.warp - me.rank); item < lc_items_of(tile); item += (int64_t)gridDim.x * teams) {
        item = lc_measure_item<T>(m, &me, (const char *)states, (char *)work, tile, plan, lc_item_of(tile, plan, item));
    }
}

#endif
