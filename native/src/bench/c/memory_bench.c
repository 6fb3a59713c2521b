/*
 * The kernels alone on states that lie in memory, [65][256][5280] in tiles of tokens whose references take a megabyte, as a share of plain reads of the same bytes by as
 * many threads. Reads and kernels take turns within every round; the best of all rounds counts.
 *
 * `lc_memory_bench [ROUNDS [TIER]]` prints lines `memory TIER JOB DTYPE THREADS milliseconds share`, for a tier, or the fastest that this machine can run.
 */
#define _GNU_SOURCE
#include "latent_convergence.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { R = 65, T = 256, D = 5280, CELLS = R * 64, SUMS = 8, MOST_THREADS = 64, ROOM = 4 << 20 };

static const char *const dtypes[] = {
#define LC_DTYPE(name, NAME, bytes) #name,
#include "kernels.def"
};
static const int64_t bytes_of[] = {
#define LC_DTYPE(name, NAME, bytes) bytes,
#include "kernels.def"
};

/* Reductions against the last iteration, the last `steps` of them against the state before. What rests on sums rests on those of the first two, and of a third that is CROSS. */
static const struct job {
    const char *name;
    int count, steps;
    int64_t ops[6];
} jobs[] = {{"l2", 1, 0, {LC_DIFF2}},
            {"l1", 1, 0, {LC_ABS_DIFF}},
            {"linf", 1, 0, {LC_MAX_DIFF}},
            {"cosine", 3, 0, {LC_DIFF2, LC_ALONG, LC_STATE_NORM2}},
            {"rmsnorm-l2", 3, 0, {LC_DIFF2, LC_ALONG, LC_NORMALIZED_DIFF2}},
            {"weighted-rmsnorm-l2", 4, 0, {LC_WEIGHTED_DIFF2, LC_WEIGHTED_ALONG, LC_CROSS, LC_NORMALIZED_DIFF2}},
            {"five-metrics", 6, 1, {LC_DIFF2, LC_ALONG, LC_STATE_NORM2, LC_ABS_DIFF, LC_MAX_DIFF, LC_DIFF2}}};
enum { JOBS = sizeof jobs / sizeof jobs[0] };

static const lc_tier *tier;
static char *states, *rooms;
static int64_t dtype;
static int threads;

/* What one thread does: `streams` plain reads of its part, or, for 0, every threads-th tile of a job. */
typedef struct {
    int number, streams;
    const struct job *job;
} part;

static void run_tiles(const part *p) {
    const int wide = dtype == LC_F64;
    const int64_t row = D * bytes_of[dtype], padded = D * (wide ? 8 : 4); /* D is a whole number of steps */
    const int64_t most = (1 << 20) / padded, count = (T + most - 1) / most, even = (count + threads - 1) / threads * threads, high = (T + even - 1) / even;
    char *work = rooms + (int64_t)p->number * ROOM;
    const int64_t weight = 4096, y_norms = weight + D * 8, reference = y_norms + 64 * 8, sums = reference + high * padded;
    for (int64_t token = p->number * high; token < T; token += threads * high) {
        const int64_t tokens = T - token < high ? T - token : high;
        lc_tile *tile = (lc_tile *)(void *)work;
        *tile = (lc_tile){token * row, T * row, row, 0, R, tokens, D, dtype, weight, weight, 1e-6, p->job->count};
        for (int r = 0; r < p->job->count; r++) {
            const int64_t op = p->job->ops[r];
            const int64_t side = r >= p->job->count - p->job->steps ? LC_PREVIOUS : wide ? LC_FIXED_WIDE : LC_FIXED;
            tile->reduction[r] = (lc_reduction){.op = op,
                                                .side = side,
                                                .wide = wide,
                                                .redo = !wide,
                                                .reference = reference,
                                                .sums = sums + (int64_t)r * CELLS * 8,
                                                .y_norms = y_norms,
                                                .cross = p->job->ops[2] == LC_CROSS ? sums + 2 * CELLS * 8 : 0,
                                                .diff2 = sums,
                                                .along = sums + CELLS * 8,
                                                .weighted_y_norms = y_norms};
        }
        if (tier->widen(states, (R - 1) * T * row + token * row, row, tokens, D, dtype, dtype, wide, work, reference) || tier->measure(states, work, 0)) {
            abort();
        }
    }
}

static void *run_part(void *argument) {
    const part *p = argument;
    const int64_t bytes = (int64_t)R * T * D * bytes_of[dtype] / threads & ~(int64_t)127;
    if (p->streams == 0) {
        run_tiles(p);
    } else if (tier->read(states, p->number * bytes, bytes, p->streams) == 0x5ca1ab1e0ddba11u) {
        putchar(' '); /* uses the result */
    }
    return 0;
}

static double nanos(int streams, const struct job *job) {
    struct timespec from, to;
    pthread_t ids[MOST_THREADS];
    part parts[MOST_THREADS];
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int n = threads - 1; n >= 0; n--) {
        parts[n] = (part){n, streams, job};
        if (n == 0) {
            run_part(&parts[n]);
        } else if (pthread_create(&ids[n], 0, run_part, &parts[n])) {
            abort();
        }
    }
    for (int n = 1; n < threads; n++) {
        pthread_join(ids[n], 0);
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    return (double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec);
}

/* Numbers from 1 to 2, so that no row is done again, and weights and sums of squares that other reductions rest on. */
static void fill(void) {
    static const int mantissas[] = {7, 10, 23, 52};
    static const uint64_t ones[] = {0x3f80, 0x3c00, 0x3f800000, 0x3ff0000000000000u};
    uint64_t seed = 20250207;
    for (int64_t i = 0; i < (int64_t)R * T * D; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        const uint64_t bits = ones[dtype] | seed >> (64 - mantissas[dtype]); /* the upper bits: lower ones recur, and two iterations might be equal */
        memcpy(states + i * bytes_of[dtype], &bits, (size_t)bytes_of[dtype]);
    }
    for (int n = 0; n < MOST_THREADS; n++) {
        char *work = rooms + (int64_t)n * ROOM + 4096;
        for (int64_t i = 0; i < D; i++) {
            const float narrow = 1;
            const double wide = 1;
            memcpy(work + i * (dtype == LC_F64 ? 8 : 4), dtype == LC_F64 ? (const void *)&wide : &narrow, dtype == LC_F64 ? 8 : 4);
        }
        for (int i = 0; i < 64; i++) {
            const double norm = 2.3 * D;
            memcpy(work + D * 8 + i * 8, &norm, 8);
        }
    }
}

static char *huge(size_t bytes) {
    char *p = aligned_alloc(2 << 20, (bytes + (2 << 20)) & ~(size_t)((2 << 20) - 1));
    if (!p) {
        abort();
    }
    madvise(p, bytes, MADV_HUGEPAGE);
    return p;
}

int main(int count, char **arguments) {
    const int rounds = count > 1 ? atoi(arguments[1]) : 30;
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    states = huge((size_t)R * T * D * 8);
    rooms = huge((size_t)MOST_THREADS * ROOM);
    for (int t = 0; lc_tier_at(t); t++) {
        if (lc_tier_usable(t) && (count < 3 || strcmp(arguments[2], lc_tier_at(t)->name) == 0)) {
            tier = lc_tier_at(t);
        }
    }
    if (!tier) {
        fprintf(stderr, "lc_memory_bench: this machine cannot run a tier %s\n", arguments[2]);
        return 1;
    }
    for (dtype = 0; dtype < LC_DTYPES; dtype++) {
        fill();
        for (threads = 1; threads <= processors && threads <= MOST_THREADS; threads = threads == processors ? threads + 1 : (int)processors) {
            double read = 1e300, best[JOBS];
            for (int j = 0; j < JOBS; j++) {
                best[j] = 1e300;
            }
            for (int round = 0; round < rounds; round++) {
                for (int streams = 1; streams <= 4; streams += 3) {
                    const double took = nanos(streams, 0);
                    read = took < read ? took : read;
                }
                for (int j = 0; j < JOBS; j++) {
                    const double took = nanos(0, &jobs[j]);
                    best[j] = took < best[j] ? took : best[j];
                }
            }
            for (int j = 0; j < JOBS; j++) {
                printf("memory %s %s %s %d %.2f %.2f\n", tier->name, jobs[j].name, dtypes[dtype], threads, best[j] / 1e6, read / best[j]);
            }
        }
    }
    return 0;
}
