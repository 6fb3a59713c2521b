/*
 * Rows longer than the conformance test has: several rounds of a thread block's warps over the blocks of one item, and many blocks of one warp's. All sums of the emulated kernels against the
 * scalar tier's, bit by bit. `long_rows seed=7`.
 */
#include "latent_convergence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const lc_tier *lc_tier_at(int32_t index);

enum { TOKENS = 2, ITERATIONS = 6, BEFORE = 2, MOST = 5280 + 7, PADDED = (MOST + 15) & ~15, WANTED = 16 };

static struct {
    _Alignas(64) char states[(BEFORE + ITERATIONS) * TOKENS * MOST * 8];
    _Alignas(64) char reference[TOKENS * PADDED * 8];
    _Alignas(64) char weight[PADDED * 4];
    _Alignas(64) char weight_wide[PADDED * 8];
    struct {
        lc_tile tile;
        lc_reduction reductions[WANTED];
    } tile;
    double y_norms[TOKENS];
    double sums[WANTED][TOKENS * ITERATIONS];
} work;

static uint64_t state;
static uint64_t number(void) {
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    return z ^ z >> 27;
}

/* Between -4 and 4 in size, of any type: its sign, exponent and fraction. */
static void fill(char *p, int64_t dtype, int64_t count) {
    static const int fraction[] = {7, 10, 23, 52}, bias[] = {127, 15, 127, 1023}, bytes[] = {2, 2, 4, 8}, bits[] = {16, 16, 32, 64};
    for (int64_t i = 0; i < count; i++) {
        const uint64_t r = number();
        uint64_t u = (uint64_t)(bias[dtype] + 1 - (int)(r >> 60 & 7)) << fraction[dtype] | (r & ((1ull << fraction[dtype]) - 1)) | (r >> 63) << (bits[dtype] - 1);
        memcpy(p + i * bytes[dtype], &u, (size_t)bytes[dtype]);
    }
}

static int64_t offset(const void *p) { return (const char *)p - (const char *)&work; }

static int64_t ask(int64_t op, int64_t side, int64_t wide) {
    const int64_t i = work.tile.tile.reductions++;
    work.tile.reductions[i] = (lc_reduction){.op = op, .side = side, .wide = wide, .redo = !wide, .reference = offset(work.reference), .sums = offset(work.sums[i])};
    return i;
}

static void ask_all(int64_t wide) {
    static const int64_t plain[] = {LC_ABS_DIFF, LC_MAX_DIFF, LC_CROSS, LC_WEIGHTED_DIFF2};
    const int64_t fixed = wide ? LC_FIXED_WIDE : LC_FIXED;
    const int64_t norm = ask(LC_NORM2, LC_ALONE, wide), diff2 = ask(LC_DIFF2, fixed, wide), along = ask(LC_ALONG, fixed, wide);
    for (unsigned i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        ask(plain[i], fixed, wide);
    }
    ask(LC_DIFF2, LC_PREVIOUS, wide);
    ask(LC_ACCEL2, LC_PREVIOUS, wide);
    ask(LC_MAX_ABS, LC_ALONE, wide);
    static const int64_t rest[] = {LC_STATE_NORM2, LC_NORMALIZED_DIFF2, LC_NORMALIZED_ABS_DIFF, LC_NORMALIZED_MAX_DIFF};
    for (unsigned i = 0; i < sizeof rest / sizeof rest[0]; i++) {
        lc_reduction *r = &work.tile.reductions[ask(rest[i], fixed, wide)];
        r->x_norms = r->weighted_x_norms = offset(work.sums[norm]);
        r->y_norms = r->weighted_y_norms = offset(work.y_norms);
        r->diff2 = offset(work.sums[diff2]);
        r->along = offset(work.sums[along]);
    }
}

int main(int count, char **arguments) {
    static const int64_t lengths[] = {2049, 4120, MOST}, bytes[] = {2, 2, 4, 8};
    static double expected[WANTED][TOKENS * ITERATIONS];
    const lc_tier *scalar = lc_tier_at(0), *cuda = lc_tier_at(1);
    uint64_t seed = count > 1 && strncmp(arguments[1], "seed=", 5) == 0 ? strtoull(arguments[1] + 5, 0, 10) : 1, cells = 0, differ = 0;
    printf("seed %llu\n", (unsigned long long)seed);
    state = seed;
    for (unsigned l = 0; l < sizeof lengths / sizeof lengths[0]; l++) {
        for (int64_t dtype = 0; dtype < LC_DTYPES; dtype++) {
            const int64_t hidden = lengths[l], wide = dtype == LC_F64, row = hidden * bytes[dtype];
            fill(work.states, dtype, (BEFORE + ITERATIONS) * TOKENS * hidden);
            work.tile.tile = (lc_tile){.states_offset = BEFORE * TOKENS * row, .iteration_stride = TOKENS * row, .token_stride = row, .first = BEFORE, .iterations = ITERATIONS,
                                       .tokens = TOKENS, .hidden = hidden, .dtype = dtype, .weight = offset(work.weight), .weight_wide = offset(work.weight_wide), .eps = 1e-5};
            int32_t status = scalar->widen(work.states, 0, row, TOKENS, hidden, dtype, dtype, wide, &work, offset(work.reference));
            status |= wide ? LC_OK : scalar->widen(work.states, 0, 0, 1, hidden, dtype, dtype, 0, &work, offset(work.weight));
            status |= scalar->widen(work.states, 0, 0, 1, hidden, dtype, dtype, 1, &work, offset(work.weight_wide));
            work.y_norms[0] = work.y_norms[1] = (double)hidden;
            ask_all(wide);
            status |= scalar->measure(work.states, &work, offset(&work.tile));
            memcpy(expected, work.sums, sizeof expected);
            memset(work.sums, 0xa5, sizeof work.sums);
            status |= cuda->measure(work.states, &work, offset(&work.tile));
            for (int64_t i = 0; i < work.tile.tile.reductions; i++) {
                for (int k = 0; k < TOKENS * ITERATIONS; k++, cells++) {
                    if (memcmp(&work.sums[i][k], &expected[i][k], 8) != 0 && differ++ < 12) {
                        printf("DIFFERS hidden %lld type %lld reduction %lld: %a, expected %a\n", (long long)hidden, (long long)dtype,
                               (long long)work.tile.reductions[i].op, work.sums[i][k], expected[i][k]);
                    }
                }
            }
            differ += status != LC_OK;
        }
    }
    printf("conformance cuda against scalar, long rows: %llu cells, %llu differ\n", (unsigned long long)cells, (unsigned long long)differ);
    return differ != 0;
}
