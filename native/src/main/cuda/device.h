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

/* Whether rows come through shared memory: see stages.h. */
#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 800
#define LC_STAGED 1
#else
#define LC_STAGED 0
#endif

#if defined(__CUDACC__)
/* Copies 16 bytes to shared memory where that is wanted, without a branch, and goes on at once. */
LC_FUNCTION void lc_copy_16(int wanted, void *to, const void *from) {
#if LC_STAGED
    asm volatile("{\n\t.reg .pred wanted;\n\tsetp.ne.s32 wanted, %2, 0;\n\t@wanted cp.async.cg.shared.global [%0], [%1], 16;\n\t}" ::"r"(
                     (unsigned)__cvta_generic_to_shared(to)),
                 "l"(from), "r"(wanted)
                 : "memory");
#endif
}
/* The same, but only the first `bytes` of the 16 come from memory, and the others are zero. */
LC_FUNCTION void lc_copy_some(void *to, const void *from, int bytes) {
#if LC_STAGED
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" ::"r"((unsigned)__cvta_generic_to_shared(to)), "l"(from), "r"(bytes) : "memory");
#endif
}
/* What this thread has copied since the last time is a stage of its own, be it nothing. */
LC_FUNCTION void lc_close_stage(void) {
#if LC_STAGED
    asm volatile("cp.async.commit_group;" ::: "memory");
#endif
}
/* All of this thread's stages but the last `OTHERS` have come. */
template <int OTHERS> LC_INLINE void lc_wait_for_stages(void) {
#if LC_STAGED
    asm volatile("cp.async.wait_group %0;" ::"n"(OTHERS) : "memory");
#endif
}
#endif

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
