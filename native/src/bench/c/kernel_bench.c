/*
 * How fast each kernel is where memory does not matter: every reduction of the list, by element type and by each tier that this machine can run, on rows that stay in the
 * second-level cache. `lc_kernel_bench [ROUNDS]` prints lines `cache TIER REDUCTION DTYPE elements-per-cycle ns-per-element`; cycles are those of the time-stamp counter
 * where there is one (its frequency is constant and may differ from the core's), else of a nanosecond. The best of all rounds counts.
 */
#define _POSIX_C_SOURCE 199309L

#include "latent_convergence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

enum { HIDDEN = 4096, ITERATIONS = 8, REPEATS = 8, WORK = 1 << 20, MOST_TOGETHER = 8 };

static char *states, *work;

static double nanos(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static double ticks(void) {
#if defined(__x86_64__)
    return (double)__rdtsc();
#else
    return nanos();
#endif
}

static const int sizes[] = {
#define LC_DTYPE(name, NAME, bytes) bytes,
#include "kernels.def"
};

/* What is timed: one reduction, or several in one pass. */
typedef struct {
    const char *name;
    int count;
    struct {
        int op;
        int side; /* LC_FIXED stands for a fixed row of the fitting width */
    } of[MOST_TOGETHER];
} job;

static const job combinations[] = {
    {"five-metrics", 6, {{LC_DIFF2, LC_FIXED}, {LC_ABS_DIFF, LC_FIXED}, {LC_MAX_DIFF, LC_FIXED}, {LC_CROSS, LC_FIXED}, {LC_NORM2, LC_ALONE}, {LC_DIFF2, LC_PREVIOUS}}},
    {"cosine", 3, {{LC_DIFF2, LC_FIXED}, {LC_CROSS, LC_FIXED}, {LC_NORM2, LC_ALONE}}},
    {"rmsnorm-l2", 3, {{LC_NORM2, LC_ALONE}, {LC_CROSS, LC_FIXED}, {LC_NORMALIZED_DIFF2, LC_FIXED}}},
};

/* The tile that does a job; false if these kernels do not. */
static int describe(const lc_tier *tier, int dtype, const job *what) {
    const int wide = dtype == LC_F64;
    const int64_t reference = 4096, weight = reference + HIDDEN * 8, sums = weight + HIDDEN * 8, cells = ITERATIONS * 8;
    lc_tile *tile = (lc_tile *)(void *)work;
    *tile = (lc_tile){0, (int64_t)HIDDEN * sizes[dtype], (int64_t)HIDDEN * sizes[dtype], 2, ITERATIONS, 1, HIDDEN, dtype, weight, weight, 1e-6, what->count};
    for (int i = 0; i < HIDDEN; i++) {
        double one = 1;
        float narrow_one = 1;
        memcpy(work + weight + i * (wide ? 8 : 4), wide ? (void *)&one : (void *)&narrow_one, wide ? 8 : 4);
    }
    for (int r = 0; r < what->count; r++) {
        int side = what->of[r].side == LC_FIXED && wide ? LC_FIXED_WIDE : what->of[r].side;
        tile->reduction[r] = (lc_reduction){what->of[r].op, side, wide, 0, reference, sums + r * cells, sums, sums + 7 * cells, sums + cells};
    }
    const double norm = 2 * HIDDEN;
    for (int r = 0; r < MOST_TOGETHER; r++) { /* sums that a reduction timed alone rests on */
        for (int t = 0; t < ITERATIONS; t++) {
            memcpy(work + sums + r * cells + t * 8, &norm, 8);
        }
    }
    const char *first = states + 2 * (int64_t)HIDDEN * sizes[dtype];
    return tier->widen(first, 0, 0, 1, HIDDEN, dtype, dtype, wide, work, reference) == LC_OK && tier->measure(first, work, 0) == LC_OK;
}

static void time_job(const lc_tier *tier, int dtype, const job *what, int rounds) {
    if (!describe(tier, dtype, what)) {
        return;
    }
    double best_ticks = 1e300, best_nanos = 1e300;
    for (int round = 0; round < rounds; round++) {
        double since = nanos(), ticked = ticks();
        for (int k = 0; k < REPEATS; k++) {
            tier->measure(states + 2 * (int64_t)HIDDEN * sizes[dtype], work, 0);
        }
        ticked = ticks() - ticked;
        since = nanos() - since;
        best_ticks = ticked < best_ticks ? ticked : best_ticks;
        best_nanos = since < best_nanos ? since : best_nanos;
    }
    const double elements = (double)HIDDEN * ITERATIONS * REPEATS;
    printf("cache %s %s %s %.2f %.4f\n", tier->name, what->name, lc_dtype_name(dtype), elements / best_ticks, best_nanos / elements);
}

/* Numbers from 1 to 2, so that no row is done again. */
static void fill(int dtype) {
    uint64_t seed = 20250207;
    for (int64_t i = 0; i < (int64_t)(ITERATIONS + 2) * HIDDEN; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        uint64_t r = seed >> 12, bits;
        switch (dtype) {
        case LC_BF16: bits = 0x3f80 | (r & 0x7f); break;
        case LC_F16: bits = 0x3c00 | (r & 0x3ff); break;
        case LC_F32: bits = 0x3f800000 | (r & 0x7fffff); break;
        default: bits = 0x3ff0000000000000u | r; break;
        }
        memcpy(states + i * sizes[dtype], &bits, (size_t)sizes[dtype]); /* little-endian, as files are */
    }
}

int main(int count, char **arguments) {
    int rounds = count > 1 ? atoi(arguments[1]) : 200;
    states = aligned_alloc(64, (size_t)(ITERATIONS + 2) * HIDDEN * 8);
    work = aligned_alloc(64, WORK);
    if (!states || !work) {
        return 1;
    }
    memset(work, 0, WORK);
    for (int t = 0; lc_tier_at(t); t++) {
        for (int dtype = 0; lc_tier_usable(t) && dtype < LC_DTYPES; dtype++) {
            fill(dtype);
            for (int op = 0; op < LC_OPS; op++) {
                for (int side = LC_ALONE; side < LC_SIDES; side++) { /* the first side that the reduction has */
                    job one = {lc_op_name(op), 1, {{op, side}}};
                    if (side != LC_FIXED_WIDE && describe(lc_tier_at(t), dtype, &one)) {
                        time_job(lc_tier_at(t), dtype, &one, lc_tier_at(t)->name[0] == 's' ? rounds / 20 + 1 : rounds);
                        break;
                    }
                }
            }
            for (size_t c = 0; c < sizeof combinations / sizeof combinations[0]; c++) {
                time_job(lc_tier_at(t), dtype, &combinations[c], lc_tier_at(t)->name[0] == 's' ? rounds / 20 + 1 : rounds);
            }
        }
    }
    return 0;
}
