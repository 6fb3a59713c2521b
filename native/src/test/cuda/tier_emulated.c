/*
 * The emulated CUDA kernels as one more tier, so that the conformance test runs them like any other. What has no CUDA kernel is the scalar tier's. Every launch has another grid and, in turn,
 * its threads forward, backward or in some order.
 */
#include "emulated.h"
#include "latent_convergence.h"

#include <string.h>

extern const lc_tier lc_tier_scalar;

enum { THREADS = 128, PLAN_BYTES = 65536 };

static int launch(const char *kernel, unsigned grid, unsigned block, void **params) {
    static uint64_t launches;
    launches++;
    emu_set_schedule(launches % 3 < 2 ? launches % 3 : launches);
    return emu_launch(kernel, grid ? grid : 1 + (unsigned)(launches * 7 % 5), block, params);
}

static int32_t widen(const void *source, int64_t source_offset, int64_t token_stride, int64_t tokens, int64_t hidden, int64_t source_dtype, int64_t states_dtype,
                     int64_t wide, void *work, int64_t target_offset) {
    if (source_dtype < 0 || source_dtype >= LC_DTYPES || states_dtype < 0 || states_dtype >= LC_DTYPES ||
        (!wide && (source_dtype == LC_F64 || states_dtype == LC_F64))) {
        return LC_BAD_ARGUMENT;
    }
    void *params[] = {&source, &source_offset, &token_stride, &tokens, &hidden, &source_dtype, &wide, &work, &target_offset};
    return launch("lc_cuda_widen", 0, THREADS, params) ? LC_BAD_ARGUMENT : LC_OK;
}

static int32_t mean(const void *states, int64_t states_offset, int64_t iteration_stride, int64_t token_stride, int64_t iterations, int64_t tokens, int64_t hidden,
                    int64_t dtype, void *work, int64_t target_offset) {
    if (dtype < 0 || dtype >= LC_DTYPES || iterations < 1) {
        return LC_BAD_ARGUMENT;
    }
    void *params[] = {&states, &states_offset, &iteration_stride, &token_stride, &iterations, &tokens, &hidden, &dtype, &work, &target_offset};
    return launch("lc_cuda_mean", 0, THREADS, params) ? LC_BAD_ARGUMENT : LC_OK;
}

static int32_t measure(const void *states, void *work, int64_t tile_offset) {
    static const char *const kernels[] = {
#define LC_DTYPE(name, NAME, bytes) "lc_cuda_measure_" #name,
#include "kernels.def"
    };
    static union {
        int64_t status;
        char bytes[PLAN_BYTES];
    } plan;
    const lc_tile *tile = (const lc_tile *)(const void *)((const char *)work + tile_offset);
    int64_t plan_offset = (int64_t)((uintptr_t)&plan - (uintptr_t)work);
    memset(&plan, 0xff, sizeof plan);
    void *of_plan[] = {&work, &tile_offset, &plan_offset};
    if (launch("lc_cuda_plan", 1, 32, of_plan)) {
        return LC_BAD_ARGUMENT;
    }
    void *params[] = {&states, &work, &tile_offset, &plan_offset};
    if (plan.status == LC_OK && launch(kernels[tile->dtype], 0, THREADS, params)) {
        return LC_BAD_ARGUMENT;
    }
    return plan.status == LC_OK ? LC_OK : LC_BAD_ARGUMENT;
}

static uint64_t read(const void *memory, int64_t offset, int64_t bytes, int64_t streams) { return lc_tier_scalar.read(memory, offset, bytes, streams); }

static int32_t pairs(void *work, int64_t rows_offset, int64_t rows, int64_t elements, int64_t wide, int64_t sums_offset) {
    return lc_tier_scalar.pairs(work, rows_offset, rows, elements, wide, sums_offset);
}

static int32_t logits(const void *memory, int64_t offset, int64_t iteration_stride, int64_t first, int64_t iterations, int64_t vocabulary, int64_t dtype, void *work,
                      int64_t target_offset) {
    return lc_tier_scalar.logits(memory, offset, iteration_stride, first, iterations, vocabulary, dtype, work, target_offset);
}

static int32_t project(const void *states, int64_t offset, int64_t iteration_stride, int64_t iterations, int64_t hidden, int64_t dtype, void *work, int64_t axes_offset) {
    return lc_tier_scalar.project(states, offset, iteration_stride, iterations, hidden, dtype, work, axes_offset);
}

static int32_t combine(const void *states, int64_t offset, int64_t iteration_stride, int64_t iterations, int64_t hidden, int64_t dtype, void *work, int64_t axes_offset) {
    return lc_tier_scalar.combine(states, offset, iteration_stride, iterations, hidden, dtype, work, axes_offset);
}

static const lc_tier cuda = {"cuda", widen, mean, measure, read, pairs, logits, project, combine};

/* A library of two tiers. */
const lc_tier *lc_tier_at(int32_t index) { return index == 0 ? &lc_tier_scalar : index == 1 ? &cuda : 0; }
int32_t lc_tier_usable(int32_t index) { return index == 0 || index == 1; }

void lc_cpu_name(char *name, int64_t capacity) {
    if (capacity > 0) {
        strncpy(name, "emulated GPU", (size_t)capacity - 1);
        name[capacity - 1] = 0;
    }
}

const char *lc_dtype_name(int32_t dtype) {
    static const char *const names[] = {
#define LC_DTYPE(name, NAME, bytes) #name,
#include "kernels.def"
    };
    return dtype >= 0 && dtype < LC_DTYPES ? names[dtype] : 0;
}

const char *lc_op_name(int32_t op) {
    static const char *const names[] = {
#define LC_OP(name, NAME, kind) #name,
#include "kernels.def"
    };
    return op >= 0 && op < LC_OPS ? names[op] : 0;
}
