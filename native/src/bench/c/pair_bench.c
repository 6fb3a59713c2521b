/*
 * How fast every two of some rows are held against each other, and how long the same takes with a tile of the same rows against each of them as a fixed reference: float32 rows
 * of normal size in cache, for every tier that this machine can run.
 *
 * `lc_pair_bench [ROWS [HIDDEN [WORD]]]`, by default 64 rows of 5280, of tiers whose name has WORD in it, prints lines `pairs TIER LANES us-per-call pairs-per-us
 * elements-per-cycle elements-per-ns times-as-fast`: the best of some calls, widening included, and what it is compared with. An element is one of a pair. Cycles are those of
 * the time-stamp counter where there is one, else nanoseconds. ROWS is at most LC_MAX_REDUCTIONS.
 */
#define _POSIX_C_SOURCE 200809L
#include "latent_convergence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

enum { BLOCK = 512, ROUNDS = 200 };

/* Everything in one segment, as Java keeps it; offsets from its start. */
typedef struct {
    char *work;
    int64_t rows, hidden, padded, states, references, blocks, pair_sums, tile_sums;
} place;

static double nanos(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static double ticks(void) {
#if defined(__x86_64__)
    return (double)__rdtsc();
#else
    return nanos();
#endif
}

static place make(int64_t rows, int64_t hidden) {
    place p = {.rows = rows, .hidden = hidden, .padded = (hidden + 15) & ~(int64_t)15};
    p.states = ((int64_t)sizeof(lc_tile) + LC_MAX_REDUCTIONS * (int64_t)sizeof(lc_reduction) + 63) & ~(int64_t)63;
    p.references = p.states + rows * p.padded * 4;
    p.blocks = p.references + rows * p.padded * 8;
    p.pair_sums = p.blocks + rows * BLOCK * 8;
    p.tile_sums = p.pair_sums + (rows + 3) * (rows + 3) * 8;
    const size_t bytes = (size_t)(p.tile_sums + rows * rows * 8 + 63) & ~(size_t)63;
    p.work = aligned_alloc(64, bytes);
    if (!p.work) {
        exit(2);
    }
    memset(p.work, 0, bytes);
    uint64_t seed = 1;
    for (int64_t i = 0; i < rows * hidden; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        const float value = (float)(seed >> 40) * 0x1p-24f - 0.5f;
        memcpy(p.work + p.states + 4 * i, &value, 4);
    }
    return p;
}

/* Block by block, so that widened rows are still in cache. */
static void pairs(const lc_tier *tier, const place *p, int64_t wide) {
    const int64_t width = (p->rows + 3) & ~(int64_t)3;
    memset(p->work + p->pair_sums, 0, (size_t)(width * width * 8));
    for (int64_t d = 0; d < p->hidden; d += BLOCK) {
        const int64_t n = p->hidden - d < BLOCK ? p->hidden - d : BLOCK;
        tier->widen(p->work, p->states + 4 * d, 4 * p->hidden, p->rows, n, LC_F32, LC_F32, wide, p->work, p->blocks);
        tier->pairs(p->work, p->blocks, p->rows, (n + 15) & ~(int64_t)15, wide, p->pair_sums);
    }
}

static void tile(const lc_tier *tier, const place *p, int64_t wide) {
    lc_tile *t = (lc_tile *)(void *)p->work;
    *t = (lc_tile){.states_offset = p->states, .iteration_stride = 4 * p->hidden, .iterations = p->rows, .tokens = 1, .hidden = p->hidden, .dtype = LC_F32,
                   .reductions = p->rows};
    for (int64_t r = 0; r < p->rows; r++) {
        t->reduction[r] = (lc_reduction){.op = LC_DIFF2, .side = wide ? LC_FIXED_WIDE : LC_FIXED, .wide = wide, .reference = p->references + r * p->padded * (wide ? 8 : 4),
                                         .sums = p->tile_sums + r * p->rows * 8};
    }
    tier->widen(p->work, p->states, 4 * p->hidden, p->rows, p->hidden, LC_F32, LC_F32, wide, p->work, p->references);
    tier->measure(p->work, p->work, 0);
}

static int same(const place *p) {
    const int64_t width = (p->rows + 3) & ~(int64_t)3;
    for (int64_t i = 0; i < p->rows; i++) {
        if (memcmp(p->work + p->pair_sums + (i * width + i) * 8, p->work + p->tile_sums + (i * p->rows + i) * 8, (size_t)(p->rows - i) * 8) != 0) {
            return 0;
        }
    }
    return 1;
}

/* The best of some calls; the slow ones need no more than one. */
static double best(void (*call)(const lc_tier *, const place *, int64_t), const lc_tier *tier, const place *p, int64_t wide, double (*clock)(void)) {
    double least = 1e300;
    const double start = nanos();
    for (int round = 0; round < ROUNDS && (round == 0 || nanos() - start < 5e8); round++) {
        const double since = clock();
        call(tier, p, wide);
        const double took = clock() - since;
        least = took < least ? took : least;
    }
    return least;
}

int main(int count, char **arguments) {
    const int64_t rows = count > 1 ? atoi(arguments[1]) : 64, hidden = count > 2 ? atoi(arguments[2]) : 5280;
    if (rows < 2 || rows > LC_MAX_REDUCTIONS || hidden < 1) {
        fprintf(stderr, "lc_pair_bench [ROWS [HIDDEN [WORD]]]: 2 to %d rows\n", LC_MAX_REDUCTIONS);
        return 2;
    }
    const place p = make(rows, hidden);
    const double all = (double)rows * (double)(rows - 1) / 2, elements = all * (double)hidden;
    int bad = 0;
    for (int32_t i = 0; lc_tier_at(i); i++) {
        const lc_tier *tier = lc_tier_at(i);
        for (int64_t wide = 0; wide < 2 && lc_tier_usable(i) && (count < 4 || strstr(tier->name, arguments[3])); wide++) {
            const double ns = best(pairs, tier, &p, wide, nanos), cycles = best(pairs, tier, &p, wide, ticks), other = best(tile, tier, &p, wide, nanos);
            bad += !same(&p);
            printf("pairs %-8s %s %9.0f %7.2f %6.2f %6.2f %6.2f\n", tier->name, wide ? "f64" : "f32", ns / 1e3, all / ns * 1e3, elements / cycles, elements / ns, other / ns);
            fflush(stdout);
        }
    }
    if (bad) {
        fprintf(stderr, "lc_pair_bench: sums differ from those of measure\n");
    }
    return bad;
}
