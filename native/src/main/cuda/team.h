/*
 * What a thread block keeps in shared memory: 32 KB at most (39 where a multiprocessor has 164 KB or 228), of which some 25 are rows as they came from memory. Shared memory and registers
 * then let as many warps run on a multiprocessor as
 *
 *   8 on sm_75, 12 on sm_86, 89 and 120, 16 on sm_80, 20 on sm_90 and 100,
 *
 * each of which has 4 KB on their way at a time: 80 KB on an H100, which needs 18 KB in flight (3.35 TB/s x 0.7 us / 132 multiprocessors) and so every warp to wait for a quarter of its time;
 * 32 KB on a T4, which needs 5. A turn at a block is some 500 instructions a warp, so that four schedulers take in some 32 bytes a cycle; an H100's memory gives 15, a B200's 29. Reasoned, not
 * measured: this has not been run on a GPU.
 */
#ifndef LC_TEAM_H
#define LC_TEAM_H

#include "steps.h"
#include "types.h"

/* A kernel's turn at every block. */
typedef struct {
    const char *y; /* the other side where that is fixed */
    int side;
    int wide;
    lc_kernel kernel;
} lc_turn;

enum { LC_ANSWERS = 12, LC_MARKS = 4 * LC_MAX_REDUCTIONS / 32 };

/* Up to four rows of states. */
typedef struct {
    const char *first;
    int64_t stride; /* bytes to the next */
    int count;
    int before;     /* how many states there are before the first: 0, 1 or 2, for which the first stands in where there are none */
    int back;       /* how many of them are looked at */
    int aligned;    /* all rows begin at multiples of 16 bytes */
} lc_lines;

/* How far an item is: see item.h. */
typedef struct {
    const lc_sweep *sweep;
    int64_t token;
    int64_t iteration;
    int rows;
    int stage;
    int from, to; /* the steps of this walk */
    int entry;    /* -1: none has been worked out */
    int answered;
} lc_progress;

/* A reduction of one row alone. */
typedef struct {
    const lc_reduction *r;
    int64_t iteration;
    int op, wide;
} lc_asked;

/* A team's. The last turn, slot and scale are for a row alone. What is not needed at every step is here and not in registers, of which there are too few. */
typedef struct {
    lc_progress at;
    lc_lines lines;  /* what is swept, by the turns from `first` on */
    int first, count;
    lc_asked asked;
    int open; /* a question is */
    double sums[LC_SLOTS + 1][4]; /* of the blocks so far: of each reduction, of each row */
    lc_scale scales[LC_STEPS + 1];
    double answers[LC_ANSWERS];
    lc_turn turns[LC_STEPS + 1];
    unsigned marks[LC_MARKS];
} lc_team;

template <class T> struct lc_memory {
    alignas(16) char rows[LC_WARPS][6][T::PITCH]; /* of a warp, from 2 on; before them the two states before the first */
    double block[LC_WARPS][LC_SLOTS + 1][4];      /* the sums of a warp's block */
    lc_team teams[LC_WARPS];
};
static_assert(LC_SLOTS > 10 || sizeof(lc_memory<lc_f32>) <= 32768, "two thread blocks have no room on sm_75, three on sm_86");

LC_FUNCTION const char *lc_line(const lc_lines *x, int k) { return k < -x->before ? x->first : x->first + k * x->stride; }

#endif
