/*
 * What a call of a kernel costs in C, for the benchmark of calls from Java: the same function of the same tier on the same tile, in a loop here. A library of its own, with the
 * kernels in it, built for the benchmarks alone.
 */
#include "latent_convergence.h"

#include <string.h>

LC_EXPORT int32_t lc_bench_measure(const char *tier, const void *states, void *work, int64_t tile_offset, int64_t times);

/* Calls `measure` so many times through its pointer, as Java does. Returns the first status that is not LC_OK, or LC_BAD_ARGUMENT where there is no such tier. */
int32_t lc_bench_measure(const char *tier, const void *states, void *work, int64_t tile_offset, int64_t times) {
    for (int32_t i = 0; lc_tier_at(i); i++) {
        if (lc_tier_usable(i) && strcmp(lc_tier_at(i)->name, tier) == 0) {
            int32_t (*const measure)(const void *, void *, int64_t) = lc_tier_at(i)->measure;
            int32_t status = LC_OK;
            for (int64_t n = 0; n < times && status == LC_OK; n++) {
                status = measure(states, work, tile_offset);
            }
            return status;
        }
    }
    return LC_BAD_ARGUMENT;
}
