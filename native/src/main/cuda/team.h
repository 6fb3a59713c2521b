/* What a thread block keeps in shared memory: how far its teams are, their sums, and rows on their way (stages.h). */
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

enum { LC_STAGES = 8, LC_STAGE_BYTES = 1024 };

enum { LC_ANSWERS = 12, LC_MARKS = 4 * LC_MAX_REDUCTIONS / 32 };

/* Up to four rows of states. */
typedef struct {
    const char *first;
    int64_t stride; /* bytes to the next */
    int count;
    int before;  /* how many states there are before the first: 0, 1 or 2, for which the first stands in where there are none */
    int aligned; /* all rows begin at multiples of 16 bytes */
} lc_lines;

/* How far an item is: see item.h. */
typedef struct {
    const lc_sweep *sweep;
    int64_t item;
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
    lc_equality known[4]; /* of each row */
    lc_turn turns[LC_STEPS + 1];
    unsigned marks[LC_MARKS];
} lc_team;

typedef struct {
    double block[LC_WARPS][LC_SLOTS + 1][4]; /* the sums of a warp's block, where the warps of a team share an item */
    lc_team teams[LC_WARPS];
    alignas(LC_STAGED ? 128 : 16) char rings[LC_WARPS][LC_STAGED ? (LC_STAGES + 1) * LC_STAGE_BYTES : 16]; /* and the rest of a row */
} lc_memory;
static_assert(sizeof(lc_memory) <= (LC_STAGED ? 49152 : 16384), "no room for one thread block, or for four on sm_75");

LC_FUNCTION const char *lc_line(const lc_lines *x, int k) { return k < -x->before ? x->first : x->first + k * x->stride; }

#endif
