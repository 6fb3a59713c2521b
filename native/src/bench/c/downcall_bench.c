/*
 * What a call of a kernel costs in C, for the benchmark of calls from Java: the same function on the same tile, in a loop here. A library of its own, so that the loop lies as far
 * from the kernels as compiled Java does: close by, the branches of both get in each other's way, and a call takes up to a third longer.
 */
#include "latent_convergence.h"

LC_EXPORT int32_t lc_bench_measure(const lc_tier *tier, const void *states, void *work, int64_t tile_offset, int64_t times);

/* Calls the tier's `measure` so many times, or until it refuses. Returns the last status. */
int32_t lc_bench_measure(const lc_tier *tier, const void *states, void *work, int64_t tile_offset, int64_t times) {
    int32_t status = LC_OK;
    for (int64_t n = 0; n < times && status == LC_OK; n++) {
        status = tier->measure(states, work, tile_offset);
    }
    return status;
}
