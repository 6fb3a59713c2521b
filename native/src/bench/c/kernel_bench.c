/*
 * How fast each kernel is where memory does not matter: one token, 8 iterations of 4096 elements against a fixed row (accel2: against the states before), for
 * every reduction of the list, every element type and every tier that this machine can run, for some reductions together, and for projections on eight directions.
 *
 * `lc_kernel_bench [ROUNDS] [WORD...]` prints lines `cache TIER REDUCTION DTYPE elements-per-cycle ns-per-element`, the best of all rounds, of kernels that
 * have every WORD in their name. Cycles are those of the time-stamp counter where there is one (its frequency is constant and may differ from the core's),
 * else nanoseconds. `lc_kernel_bench --count [WORD...]`, under callgrind, dumps the instructions of one call for each line: see ../instructions.sh.
 */
#define _POSIX_C_SOURCE 200809L
#include "latent_convergence.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

#if defined(__has_include)
#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#endif
#endif
#if !defined(CALLGRIND_ZERO_STATS)
#define CALLGRIND_ZERO_STATS
#define CALLGRIND_DUMP_STATS_AT(name) ((void)(name))
#define RUNNING_ON_VALGRIND 0
#endif

enum { HIDDEN = 4096, ITERATIONS = 8, ELEMENTS = HIDDEN * ITERATIONS, REPEATS = 8, MOST = 8 };

enum kind { alone, pair, back, ready, made };
static const enum kind kinds[LC_OPS] = {
#define LC_OP(name, NAME, kind) [LC_##NAME] = kind,
#include "kernels.def"
};
static const char *const dtypes[LC_DTYPES] = {
#define LC_DTYPE(name, NAME, bytes) #name,
#include "kernels.def"
};
static const int64_t bytes_of[LC_DTYPES] = {
#define LC_DTYPE(name, NAME, bytes) bytes,
#include "kernels.def"
};

/* One line of the table: reductions of a tile; all against the fixed row, but from `previous` on against the state before. What rests on sums rests on those of the first
   two, and of a third that is CROSS; in a line of its own on sums that do not tell, so that it is worked out by a kernel. */
typedef struct {
    const char *name;
    int count, previous;
    int64_t ops[MOST];
    int (*call)(const lc_tier *tier); /* what is not of a tile */
} line;

static int project(const lc_tier *tier);
static int combine(const lc_tier *tier);

static const line lines[] = {
#define LC_OP(name, NAME, kind) {#name, 1, 1, {LC_##NAME}, 0},
#include "kernels.def"
    {"five-metrics", 5, 4, {LC_DIFF2, LC_ABS_DIFF, LC_MAX_DIFF, LC_ALONG, LC_DIFF2}, 0}, /* l2, l1, linf, cosine and the step norm */
    {"cosine", 3, 3, {LC_DIFF2, LC_ALONG, LC_STATE_NORM2}, 0},
    {"rmsnorm-l2", 3, 3, {LC_DIFF2, LC_ALONG, LC_NORMALIZED_DIFF2}, 0},
    {"weighted-rmsnorm-l2", 4, 4, {LC_WEIGHTED_DIFF2, LC_WEIGHTED_ALONG, LC_CROSS, LC_NORMALIZED_DIFF2}, 0},
    {"project-8", 0, 0, {0}, project}, /* on eight directions */
    {"combine-8", 0, 0, {0}, combine},
};

/* Everything the kernels read or write, in one segment as Java keeps it. */
static struct {
    _Alignas(64) char tile[sizeof(lc_tile) + MOST * sizeof(lc_reduction)];
    _Alignas(64) char states[(2 + ITERATIONS) * HIDDEN * 8];
    _Alignas(64) double plain[HIDDEN];
    _Alignas(64) char narrow[HIDDEN * 4];
    _Alignas(64) double wide[HIDDEN];
    _Alignas(64) char weight[HIDDEN * 4];
    _Alignas(64) double weight_wide[HIDDEN];
    _Alignas(64) double sums[MOST][ITERATIONS];
    double y_norm;
    lc_axes axes;
    _Alignas(64) double vectors[MOST][HIDDEN];
    _Alignas(64) double combined[MOST][HIDDEN];
    double coordinates[ITERATIONS][MOST];
    _Alignas(64) char scratch[LC_AXES_SCRATCH];
} work;

static int64_t offset(const void *p) { return (const char *)p - (const char *)&work; }

/* Numbers between 1 and 2 with signs: the same everywhere, and no row is done again. */
static void fill(char *to, int64_t n, int64_t dtype, uint64_t seed) {
    static const int mantissas[LC_DTYPES] = {[LC_BF16] = 7, [LC_F16] = 10, [LC_F32] = 23, [LC_F64] = 52};
    static const uint64_t ones[LC_DTYPES] = {[LC_BF16] = 0x3f80, [LC_F16] = 0x3c00, [LC_F32] = 0x3f800000, [LC_F64] = 0x3ff0000000000000};
    for (int64_t i = 0; i < n; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        const uint64_t random = seed >> 12, sign = (seed >> 11 & 1) << (8 * bytes_of[dtype] - 1);
        const uint64_t bits = sign | ones[dtype] | (random & (((uint64_t)1 << mantissas[dtype]) - 1));
        memcpy(to + i * bytes_of[dtype], &bits, (size_t)bytes_of[dtype]);
    }
}

static void add(lc_tile *tile, const line *l, int64_t op, int against_previous) {
    const int wide = tile->dtype == LC_F64 || kinds[op] == ready;
    const double *no_sums = work.sums[MOST - 3], *cross = work.sums[MOST - 1];
    const int64_t fixed = wide ? LC_FIXED_WIDE : LC_FIXED;
    const int r = (int)tile->reductions++;
    tile->reduction[r] = (lc_reduction){.op = op,
                                        .side = kinds[op] == alone ? LC_ALONE : kinds[op] == back || against_previous ? LC_PREVIOUS : fixed,
                                        .wide = wide,
                                        .redo = tile->dtype != LC_F64 && !wide,
                                        .reference = wide ? offset(work.wide) : offset(work.narrow),
                                        .sums = offset(work.sums[r]),
                                        .x_norms = offset(work.sums[MOST - 2]),
                                        .y_norms = offset(&work.y_norm),
                                        .cross = l->count == 1 ? offset(cross) : l->ops[2] == LC_CROSS ? offset(work.sums[2]) : 0,
                                        .diff2 = offset(l->count == 1 ? no_sums : work.sums[0]),
                                        .along = offset(l->count == 1 ? no_sums : work.sums[1]),
                                        .weighted_y_norms = offset(&work.y_norm)};
}

static void prepare(const lc_tier *tier, int64_t dtype, const line *l) {
    lc_tile *tile = (lc_tile *)(void *)work.tile;
    fill(work.states, (2 + ITERATIONS) * HIDDEN, dtype, 1);
    fill((char *)work.plain, HIDDEN, dtype, 2);
    tier->widen(work.plain, 0, 0, 1, HIDDEN, dtype, dtype, 1, &work, offset(work.wide));
    if (dtype != LC_F64) {
        tier->widen(work.plain, 0, 0, 1, HIDDEN, dtype, dtype, 0, &work, offset(work.narrow));
        fill((char *)work.plain, HIDDEN, LC_F32, 3);
        tier->widen(work.plain, 0, 0, 1, HIDDEN, LC_F32, dtype, 0, &work, offset(work.weight));
    }
    fill((char *)work.weight_wide, HIDDEN, LC_F64, 3);
    work.y_norm = 2.3 * HIDDEN;
    for (int t = 0; t < ITERATIONS; t++) { /* what normalised reductions rest on, of like size */
        work.sums[MOST - 2][t] = 2.3 * HIDDEN + t;
        work.sums[MOST - 1][t] = 3 + t;
        work.sums[MOST - 3][t] = NAN;
    }
    for (int k = 0; k < MOST; k++) {
        fill((char *)work.vectors[k], HIDDEN, LC_F64, 4 + (uint64_t)k);
        for (int t = 0; t < ITERATIONS; t++) {
            work.coordinates[t][k] = t - k;
        }
    }
    work.axes = (lc_axes){.scale = 1,
                          .shift = offset(work.wide),
                          .count = MOST,
                          .vectors = offset(work.vectors),
                          .coordinates = offset(work.coordinates),
                          .sums = offset(work.combined),
                          .scratch = offset(work.scratch)};
    *tile = (lc_tile){.states_offset = 2 * HIDDEN * bytes_of[dtype],
                      .iteration_stride = HIDDEN * bytes_of[dtype],
                      .token_stride = 0,
                      .first = 2,
                      .iterations = ITERATIONS,
                      .tokens = 1,
                      .hidden = HIDDEN,
                      .dtype = dtype,
                      .weight = offset(work.weight),
                      .weight_wide = offset(work.weight_wide),
                      .eps = 1e-6};
    for (int i = 0; i < l->count; i++) {
        add(tile, l, l->ops[i], i >= l->previous);
    }
}

static int measure(const lc_tier *tier) { return tier->measure(work.states, &work, offset(work.tile)); }

/* On the tile's states. */
static int of_rows(int32_t (*function)(const void *, int64_t, int64_t, int64_t, int64_t, int64_t, void *, int64_t)) {
    const lc_tile *tile = (const lc_tile *)(const void *)work.tile;
    return function(work.states, tile->states_offset, tile->iteration_stride, ITERATIONS, HIDDEN, tile->dtype, &work, offset(&work.axes));
}
static int project(const lc_tier *tier) { return of_rows(tier->project); }
static int combine(const lc_tier *tier) { return of_rows(tier->combine); }

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

static void time_it(const lc_tier *tier, int (*call)(const lc_tier *), const char *label, int rounds) {
    double best_ticks = 1e300, best_nanos = 1e300;
    for (int round = 0; round < rounds; round++) {
        double since = nanos(), ticked = ticks();
        for (int k = 0; k < REPEATS; k++) {
            call(tier);
        }
        ticked = ticks() - ticked;
        since = nanos() - since;
        best_ticks = ticked < best_ticks ? ticked : best_ticks;
        best_nanos = since < best_nanos ? since : best_nanos;
        if (round * since > 1e8) { /* the slow ones need no more */
            break;
        }
    }
    printf("cache %-35s %7.2f %8.4f\n", label, REPEATS * ELEMENTS / best_ticks, best_nanos / (REPEATS * ELEMENTS));
    fflush(stdout);
}

static void count_it(const lc_tier *tier, int (*call)(const lc_tier *), const char *label) {
    CALLGRIND_ZERO_STATS;
    call(tier);
    CALLGRIND_DUMP_STATS_AT(label);
}

static int wanted(const char *label, int words, char **word) {
    for (int i = 0; i < words; i++) {
        const char *at = strstr(label, word[i]);
        const size_t length = strlen(word[i]);
        for (; at; at = strstr(at + 1, word[i])) { /* whole words: diff2 is not normalized_diff2 */
            if ((at == label || at[-1] == ' ') && (at[length] == ' ' || at[length] == 0)) {
                break;
            }
        }
        if (!at) {
            return 0;
        }
    }
    return 1;
}

/* One line. Returns whether the kernels took it. */
static int run(const lc_tier *tier, const line *l, int64_t dtype, const char *label, int counting, int rounds) {
    int (*call)(const lc_tier *) = l->call ? l->call : measure;
    prepare(tier, dtype, l);
    if (call(tier) != LC_OK) {
        fprintf(stderr, "%s: refused\n", label);
        return 0;
    }
    if (counting) {
        count_it(tier, call, label);
    } else {
        time_it(tier, call, label, rounds);
    }
    return 1;
}

int main(int count, char **arguments) {
    const int counting = count > 1 && strcmp(arguments[1], "--count") == 0, given = count > 1 ? atoi(arguments[1]) : 0;
    const int skip = 1 + (counting || given > 0);
    if (counting && !RUNNING_ON_VALGRIND) {
        fprintf(stderr, "lc_kernel_bench --count: run by instructions.sh under valgrind, and built where valgrind/callgrind.h is\n");
        return 2;
    }
    int bad = 0, found = 0;
    for (int32_t i = 0; lc_tier_at(i); i++) {
        for (size_t l = 0; lc_tier_usable(i) && l < sizeof lines / sizeof lines[0]; l++) {
            for (int64_t dtype = 0; dtype < LC_DTYPES; dtype++) {
                char label[128];
                snprintf(label, sizeof label, "%s %s %s", lc_tier_at(i)->name, lines[l].name, dtypes[dtype]);
                if (wanted(label, count - skip, arguments + skip)) {
                    found++;
                    bad += !run(lc_tier_at(i), &lines[l], dtype, label, counting, given > 0 ? given : 100);
                }
            }
        }
    }
    if (found == 0) {
        fprintf(stderr, "lc_kernel_bench: no line has all these words\n");
    }
    return bad > 0 || found == 0;
}
