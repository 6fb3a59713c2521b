/*
 * Every tier against the scalar one, bit for bit, on random tiles. Freestanding: what it needs of the world is supplied by a runner, so that the same test runs
 * on this machine under the sanitizers, on the bare metal of an emulated processor, and under user-mode emulation.
 */
#ifndef LC_CONFORMANCE_H
#define LC_CONFORMANCE_H

#include "latent_convergence.h"

/* --- The runner supplies, besides memcpy and memset: --- */

/* Prints. */
void lc_put(const char *text);

/* Places in memory with nothing mapped before and after, so that a kernel that reads or writes outside of what it was given faults. */
enum lc_region {
    LC_STATES,
    LC_SOURCE,       /* of the fixed row, and of the one in float64 */
    LC_SOURCE_WIDE,
    LC_SOURCE_WEIGHT,
    LC_MEANS,
    LC_ROW,          /* the widened rows */
    LC_ROW_WIDE,
    LC_WEIGHT,
    LC_WEIGHT_WIDE,
    LC_SUMS,
    LC_TILE,
    LC_REGIONS
};
enum { LC_REGION_BYTES = 2 << 20 };
char *lc_region(int region);

/* --- The test --- */

/*
 * Runs what words like `seed=7 rounds=100 wrong=tail` ask for, and returns how many results differ. `passes=2` is as many rounds as see every kind of reduction
 * twice; once if nothing is said. The last lines it prints count the results of each tier.
 */
uint64_t lc_conformance(const char *words);

/* The number a word gives, or `otherwise`; and whether a word is there. */
uint64_t lc_word(const char *words, const char *name, uint64_t otherwise);
int lc_has_word(const char *words, const char *word);

/* Where the test is, for a runner that has to report a fault. */
extern const char *volatile lc_at_tier;
extern volatile uint64_t lc_at_round;

/* --- Its parts --- */

/* splitmix64 */
static inline uint64_t lc_random(uint64_t *state) {
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* From 0 to n - 1. */
static inline int64_t lc_below(uint64_t *state, int64_t n) { return (int64_t)(lc_random(state) >> 1) % n; }

/* A string with a number in decimal, or in hexadecimal. */
void lc_put_number(uint64_t number);
void lc_put_hex(uint64_t number);

/* One reduction a tile can ask for. */
typedef struct {
    int64_t dtype, op, side, wide, redo;
} lc_kind;

enum { LC_MOST_HIDDEN = 1100, LC_MOST_TOKENS = 20, LC_MOST_ITERATIONS = 9, LC_MOST_ASKED = 12, LC_MOST_DIRECTIONS = 9, LC_MOST_KINDS = 2048 };

/* All that measure accepts. */
typedef struct {
    lc_kind kinds[LC_MOST_KINDS];
    int64_t count;
} lc_kinds;

/* A tile, and where everything in it is. */
typedef struct {
    int64_t dtype, hidden, iterations, tokens, first, iteration_stride, token_stride;
    const char *states; /* the tile's first row */
    struct {
        const char *row;
        int64_t dtype, token_stride, tokens;
    } source, source_wide, source_weight;
    char *means, *row, *row_wide, *weight, *weight_wide;
    char *y_norms[LC_SIDES][2]; /* sum y^2 of the fixed sides, for reductions in float32 and float64 lanes; null where there is none */
    lc_tile *tile;
    int64_t pairs; /* of so many of the first token's iterations every two are held against each other; mostly of none */
    int64_t directions; /* that the first token's states are projected on, of none their squares alone; mostly they are not: -1 */
    int64_t predicts; /* whether the first token's states are taken for logits, too: without the instruction every multiply-add is slow */
} lc_case;

/* Makes tile number `round` of a seed; the same on every processor. */
void lc_make_case(lc_case *it, uint64_t seed, uint64_t round, const lc_kinds *kinds);

/* What is counted: the reductions, and what else a tier does. */
enum { LC_WIDEN = LC_OPS, LC_MEAN, LC_READ, LC_LOGITS, LC_PAIRS, LC_PROJECT, LC_COMBINE, LC_COLUMNS };

/* The results of one tile, part by part, every NaN the same. */
typedef struct {
    int64_t column;
    const lc_reduction *reduction; /* null for other columns */
    int64_t count;
} lc_part;

enum { LC_MOST_PARTS = 128, LC_MOST_RESULTS = 1 << 15 };

typedef struct {
    lc_part parts[LC_MOST_PARTS];
    int64_t part_count;
    uint64_t bits[LC_MOST_RESULTS];
    int64_t count;
} lc_results;

/* Where a tier keeps lane j of a widened row, for states of each narrow type; and null, or what is wrong with that. */
typedef int64_t lc_places[LC_F64][16];
const char *lc_find_places(const lc_tier *tier, lc_places places);

/* Widens, averages and measures as Java does, and takes all that comes of it. Null, or what is wrong apart from the results. */
const char *lc_run_case(const lc_case *it, const lc_tier *tier, lc_places places, lc_results *results);

/* Fills a row with numbers of some kind, relative to others or on their own. */
void lc_fill_rows(lc_case *it, uint64_t *random, char *states);
void lc_fill_source(uint64_t *random, char *row, int64_t dtype, int64_t hidden, int64_t like_dtype, int64_t token);

/* A tier that is wrong in the way `wrong=...` names, around a right one; null if no way is named. It has to be found. */
const lc_tier *lc_wrong_tier(const char *words, const lc_tier *right);

#endif
