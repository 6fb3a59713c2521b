/*
 * One item of work from end to end: a token at four consecutive iterations, or at one. Its sums are swept; what they come to is worked out by the same formulas as in C (of_sums.h), by
 * all threads of the team at once, an entry each. Where a formula needs a row summed alone (done again in float64, or a length that cancels), it asks: the entry is marked, and later
 * worked out by all threads alike, again and again, with one more answer each time. So there is one place in the code from which rows are summed.
 */
#ifndef LC_ITEM_H
#define LC_ITEM_H

#include "sweep_rows.h"

/* What has been answered, and whether there is a question that has not; it is written down by one thread. */
typedef struct {
    lc_team *team;
    int answered;
    int asked;
    int open;
    int writes;
} lc_question;

typedef struct {
    const lc_tile *tile;
    const char *work;
    int64_t token;
    int64_t iteration;
    int rows;
    lc_question *question;
} lc_rows;

LC_FUNCTION lc_rows lc_row_of(const lc_rows *rows, int k) {
    lc_rows row = *rows;
    row.iteration += k;
    row.rows = 1;
    return row;
}
LC_FUNCTION lc_rows lc_row_before(const lc_rows *rows) { return lc_row_of(rows, -1); }

/* The answer; or 0 and an open question, after which nothing that is worked out counts. */
LC_FUNCTION double lc_whole_row(const lc_rows *row, const lc_reduction *r, int64_t op, int64_t wide, const lc_scale *scale) {
    lc_question *q = row->question;
    if (q->open) {
        return 0;
    }
    if (q->asked < q->answered) {
        return q->team->answers[q->asked++];
    }
    q->open = 1;
    if (q->writes) {
        q->team->asked = (lc_asked){r, row->iteration, (int)op, (int)wide};
        if (scale) {
            lc_scale *own = &q->team->scales[LC_STEPS];
            own->m[0] = scale->m[0];
            own->c[0] = scale->c[0];
            own->x_is_smaller[0] = scale->x_is_smaller[0];
        }
    }
    return 0;
}

LC_FUNCTION double lc_sqrt(double x) { return __dsqrt_rn(x); }

#include "of_sums.h"

/* What is done with an item, in this order; the first three for each walk of a sweep, and scales for a normalised one only. */
enum lc_stage_of_item { LC_SCALES, LC_SUMS, LC_WANTS, LC_MADE, LC_DIFFERENCES, LC_DONE };

/* From `from` on, or with the next thing where no steps are left. */
LC_FUNCTION void lc_begin_walk(lc_progress *at, const lc_plan *plan, int from) {
    const int normalized = at->sweep != plan->sweeps;
    at->from = at->to = from;
    if (from < at->sweep->step_count) {
        do {
            at->to++;
        } while (at->to < at->sweep->step_count && at->sweep->steps[at->to].kernel.slot > 0);
        at->stage = normalized ? LC_SCALES : LC_SUMS;
    } else {
        at->stage = normalized ? LC_DONE : LC_MADE;
    }
}

LC_FUNCTION void lc_go_on(lc_progress *at, const lc_plan *plan) {
    switch (at->stage) {
    case LC_WANTS: lc_begin_walk(at, plan, at->to); break;
    case LC_DIFFERENCES:
        at->sweep = &plan->sweeps[1];
        lc_begin_walk(at, plan, 0);
        break;
    default: at->stage++; break;
    }
}

LC_FUNCTION int lc_entries(const lc_progress *at) {
    return 4 * (at->stage == LC_SCALES ? at->to - at->from : at->stage == LC_WANTS ? at->sweep->want_count : at->sweep->of_sums_count);
}

/* The reduction that an entry is of, or the one whose scale it is; null where nothing is wanted. */
LC_FUNCTION const lc_reduction *lc_reduction_of(const lc_progress *at, int j) {
    switch (at->stage) {
    case LC_SCALES: return at->sweep->steps[at->from + j].side;
    case LC_WANTS: return at->sweep->wants[j].step < at->from || at->sweep->wants[j].step >= at->to ? NULL : at->sweep->wants[j].reduction;
    default: return lc_is_made(at->sweep->of_sums[j]->op) == (at->stage == LC_MADE) ? at->sweep->of_sums[j] : NULL;
    }
}

/* Works out an entry, of a reduction or a scale and a row, and writes what it comes to; or leaves a question open. */
LC_FUNCTION void lc_work_out(const lc_progress *at, const lc_plan *plan, lc_team *team, const lc_rows *rows, char *work, int entry) {
    const int j = entry / 4, k = entry % 4, step = at->stage == LC_SCALES ? j : at->stage == LC_WANTS ? at->sweep->wants[j].step - at->from : 0;
    const lc_reduction *r = lc_reduction_of(at, j);
    if (k >= rows->rows || !r) {
        return;
    }
    double value = __builtin_nan("");
    lc_equality known = team->known[k];
    if (at->stage == LC_MADE) {
        value = lc_made(rows, r, k);
    } else if (at->stage == LC_WANTS) {
        value = lc_settled(rows, r, k, at->sweep != plan->sweeps ? &team->scales[step] : NULL,
                           team->sums[team->turns[step].kernel.slot + at->sweep->wants[j].place][k], &known);
    } else if (lc_has_states_before(rows, r, k)) {
        const lc_factors by = lc_factors_of(rows, r, k);
        if (at->stage == LC_DIFFERENCES) {
            value = lc_normalized_diff2(rows, r, k, &by);
        } else if (!rows->question->open) {
            lc_set_scale(&team->scales[step], k, &by);
        }
    }
    if (at->stage != LC_SCALES && !rows->question->open) {
        ((double *)(work + r->sums))[rows->token * rows->tile->iterations + rows->iteration + k] = value;
        if (rows->question->writes) {
            team->known[k] = known;
        }
    }
}

/*
 * Works out what a stage has to, up to the first question; 0 where all is done. First every thread of the team takes entries and marks those that ask; then one thread takes these in
 * turn, and the others wait for what it says.
 */
LC_FUNCTION int lc_work_out_all(lc_progress *at, const lc_plan *plan, const lc_self *me, lc_team *team, lc_rows *rows, char *work) {
    lc_question *q = rows->question;
    const int entries = lc_entries(at), leads = me->rank == 0 && me->lane == 0;
    for (int first = 32 * me->rank;; first += 32 * me->warps) {
        const int alone = at->entry >= 0;
        while (alone && at->entry < entries && !(team->marks[at->entry / 32] >> (at->entry % 32) & 1)) {
            at->entry++;
        }
        if (alone && at->entry >= entries) {
            at->entry = -1;
            lc_sync(me);
            return 0;
        }
        const int entry = !alone ? first + me->lane : leads ? at->entry : entries;
        q->answered = alone ? at->answered : 0;
        q->asked = q->open = 0;
        q->writes = alone;
        if (entry < entries) {
            lc_work_out(at, plan, team, rows, work, entry);
        }
        if (!alone) {
            const unsigned open = __ballot_sync(0xffffffffu, q->open);
            if (me->lane == 0 && first < entries) {
                team->marks[first / 32] = open;
            }
            if (first + 32 * me->warps >= entries) {
                at->entry = 0;
                lc_sync(me);
            }
        } else {
            if (leads) {
                team->open = q->open;
            }
            lc_sync(me);
            q->open = team->open;
            lc_sync(me);
            if (q->open) {
                return 1;
            }
            at->entry++;
            at->answered = 0;
        }
    }
}

#endif
