/*
 * Instructions for an element: the emulator's time stamp counts instructions, so the number is exact and the same everywhere. One token, 8 iterations of 4096
 * elements, against a fixed row where there is one.
 */
#include "../conformance.h"
#include "bare.h"

#include <string.h>

enum { HIDDEN = 4096, ITERATIONS = 8 };

static uint64_t now(void) {
    uint32_t low, high;
    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    return (uint64_t)high << 32 | low;
}

static void put_hundredths(uint64_t hundredths) {
    lc_put_number(hundredths / 100);
    lc_put(hundredths % 100 < 10 ? ".0" : ".");
    lc_put_number(hundredths % 100);
}

/* 0 where the tier has no such reduction. */
static uint64_t count(const lc_tier *tier, int64_t dtype, int64_t op, int64_t side) {
    static uint64_t memory[(sizeof(lc_tile) + 3 * sizeof(lc_reduction)) / 8];
    static const int64_t bytes[LC_DTYPES] = {2, 2, 4, 8};
    lc_tile *tile = (lc_tile *)(void *)memory;
    char *work = lc_region(LC_TILE), *sums = lc_region(LC_SUMS);
    const int64_t wide = dtype == LC_F64 || side == LC_FIXED_WIDE;
    *tile = (lc_tile){
        .iteration_stride = HIDDEN * bytes[dtype],
        .first = 0,
        .iterations = ITERATIONS,
        .tokens = 1,
        .hidden = HIDDEN,
        .dtype = dtype,
        .weight = lc_region(LC_WEIGHT) - work,
        .weight_wide = lc_region(LC_WEIGHT_WIDE) - work,
        .eps = 1,
        .reductions = 1,
    };
    tile->reduction[0] = (lc_reduction){
        .op = op,
        .side = side,
        .wide = wide,
        .reference = lc_region(side == LC_FIXED_WIDE ? LC_ROW_WIDE : LC_ROW) - work,
        .sums = sums - work,
        .x_norms = sums + 1024 - work,
        .y_norms = sums + 2048 - work,
        .diff2 = sums + 3072 - work,
        .along = sums + 4096 - work,
        .weighted_x_norms = sums + 5120 - work,
        .weighted_y_norms = sums + 6144 - work,
    };
    const uint64_t start = now();
    if (tier->measure(lc_region(LC_STATES), work, (char *)tile - work) != LC_OK) {
        return 0;
    }
    return now() - start;
}

void lc_count_instructions(void) {
    static const int64_t sides[] = {LC_ALONE, LC_FIXED, LC_FIXED_WIDE, LC_PREVIOUS};
    for (int region = 0; region < LC_REGIONS; region++) { /* ordinary numbers: what is zero or subnormal takes other ways */
        for (int i = 0; i < 8 * ITERATIONS; i++) {
            memset(lc_region(region) + i * HIDDEN, 0x3e + (i * i + region) % 3, HIDDEN);
        }
    }
    for (int32_t i = 0; lc_tier_at(i); i++) {
        for (int64_t op = 0; lc_tier_usable(i) && op < LC_OPS; op++) {
            for (int64_t dtype = 0; dtype < LC_DTYPES; dtype++) {
                uint64_t instructions = 0;
                for (unsigned s = 0; s < sizeof sides / sizeof sides[0] && !instructions; s++) {
                    instructions = count(lc_tier_at(i), dtype, op, sides[s]);
                }
                if (instructions > 0) {
                    lc_put("instructions ");
                    lc_put(lc_tier_at(i)->name);
                    lc_put(" ");
                    lc_put(lc_op_name((int32_t)op));
                    lc_put(" ");
                    lc_put(lc_dtype_name((int32_t)dtype));
                    lc_put(" ");
                    put_hundredths((100 * instructions + HIDDEN * ITERATIONS / 2) / (HIDDEN * ITERATIONS));
                    lc_put("\n");
                }
            }
        }
    }
}
