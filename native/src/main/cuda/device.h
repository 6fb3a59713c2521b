/*
 * What functions and tables are on a GPU, for the headers that the C kernels have, too; and how many threads work together.
 *
 * Compiled by nvcc, with --fmad=false and without fast math; and by a C++ compiler for the tests, with emulator.h included before.
 */
#ifndef LC_DEVICE_H
#define LC_DEVICE_H

#include "latent_convergence.h"

#if defined(__CUDACC__)
#include <cuda_fp16.h>
#define LC_UNROLL_(text) _Pragma(#text)
#define LC_UNROLL(times) LC_UNROLL_(unroll times)
#else
#define LC_UNROLL(times)
#endif

#define LC_INLINE __device__ __forceinline__
/* What is inlined on a GPU, where a call needs a stack, but not for the tests, where one function of all kernels takes a compiler ten times as long as many. */
#if defined(__CUDACC__)
#define LC_INLINE_THERE static LC_INLINE
#else
#define LC_INLINE_THERE static
#endif
#define LC_FUNCTION static LC_INLINE
#define LC_CONSTANT static __device__ const

#include "sets.h"

enum {
    LC_CUDA_THREADS = 128,      /* of a thread block */
    LC_CUDA_PLAN_BYTES = 65536, /* room for what lc_cuda_plan writes */
    LC_WARPS = LC_CUDA_THREADS / 32,
    LC_BLOCK = 512
};

/* What a sweep of a normalised reduction multiplies with, a row each: see src/site/markdown/numerics.md. */
typedef struct {
    double m[4];
    double c[4];
    int x_is_smaller[4]; /* mean x^2 <= mean y^2 */
} lc_scale;

/* A thread's place. A team of one warp or of all warps of the thread block has one item of work at a time. */
typedef struct {
    int warp;  /* of the thread block */
    int lane;  /* of the warp */
    int row;   /* of four that a warp has at hand, its lanes 8 row to 8 row + 7 */
    int pair;  /* the thread has elements 2 pair and 2 pair + 1 of every 16, which are two of the 16 lanes of a sum */
    int warps; /* of the team: 1 or LC_WARPS */
    int rank;  /* of the warp in its team */
} lc_self;

LC_FUNCTION lc_self lc_self_of(int warps) {
    const int thread = (int)threadIdx.x, warp = thread / 32, lane = thread % 32;
    return (lc_self){warp, lane, lane / 8, lane % 8, warps, warps == 1 ? 0 : warp};
}

/* All of the team have come here, and see what the others wrote before. */
LC_FUNCTION void lc_sync(const lc_self *me) {
    if (me->warps == 1) {
        __syncwarp();
    } else {
        __syncthreads();
    }
}

/* A thread's number in the grid, and how many there are. */
LC_FUNCTION int64_t lc_thread(void) { return (int64_t)blockIdx.x * blockDim.x + threadIdx.x; }
LC_FUNCTION int64_t lc_threads(void) { return (int64_t)gridDim.x * blockDim.x; }

#endif
