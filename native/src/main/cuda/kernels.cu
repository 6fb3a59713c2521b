/* The kernels that the driver is asked for; entries.def lists them. Any grid gives the right results; a thread block has LC_CUDA_THREADS threads. */
#include "make_rows.h"
#include "measure_tile.h"

/* Thread blocks of a multiprocessor, where elements have so many bytes: as many as leave a thread enough registers to need no stack. */
#define LC_BLOCKS(bytes) (!LC_STAGED ? 5 : (bytes) == 8 ? 3 : 4)
#define LC_KERNEL(bytes) extern "C" __global__ void __launch_bounds__(LC_CUDA_THREADS, LC_BLOCKS(bytes))

/* The version of the binary interface, which Java compares with its own. */
extern "C" {
__device__ int64_t lc_cuda_abi_version = LC_ABI_VERSION;
}

extern "C" __global__ void __launch_bounds__(32) lc_cuda_plan(void *work, int64_t tile_offset, int64_t plan_offset) {
    if (lc_thread() == 0) {
        lc_make_plan((lc_plan *)((char *)work + plan_offset), (const lc_tile *)((const char *)work + tile_offset));
    }
}

LC_KERNEL(1) lc_cuda_widen(const void *source, int64_t source_offset, int64_t token_stride, int64_t tokens, int64_t hidden, int64_t source_dtype, int64_t wide, void *work,
                        int64_t target_offset) {
    lc_widen((const char *)source + source_offset, token_stride, tokens, hidden, source_dtype, wide, (char *)work + target_offset);
}

LC_KERNEL(1) lc_cuda_mean(const void *states, int64_t states_offset, int64_t iteration_stride, int64_t token_stride, int64_t iterations, int64_t tokens, int64_t hidden,
                       int64_t dtype, void *work, int64_t target_offset) {
    lc_mean((const char *)states + states_offset, iteration_stride, token_stride, iterations, tokens, hidden, dtype, (char *)work + target_offset);
}

#define LC_DTYPE(name, NAME, bytes)                                                                                                                    \
    LC_KERNEL(bytes) lc_cuda_measure_##name(const void *states, void *work, int64_t tile_offset, int64_t plan_offset) {                                       \
        __shared__ lc_memory memory;                                                                                                                   \
        lc_measure<lc_##name>(&memory, states, work, tile_offset, plan_offset);                                                                                   \
    }
#include "kernels.def"
