/*
 * Which kernels there are, and the plan of a tile: the same choice as the C kernels make (plan.h), made once for a tile by one thread, in memory that the measuring kernels read.
 */
#ifndef LC_STEPS_H
#define LC_STEPS_H

#include "lanes.h"

enum {
    LC_SLOTS = 20, /* sums that are under way together, */
    LC_STEPS = 10, /* and kernels: a tile that wants more is walked over several times */
    LC_TOGETHER_F32 = LC_MOST_TOGETHER,
    LC_TOGETHER_F64 = LC_MOST_TOGETHER
};

enum lc_kind { LC_KIND_alone, LC_KIND_pair, LC_KIND_back, LC_KIND_ready, LC_KIND_made, LC_KIND_set };
LC_CONSTANT int lc_kinds[LC_KERNEL_COUNT] = {
#define LC_OP(name, NAME, kind) LC_KIND_##kind,
#include "kernels.def"
    LC_KIND_alone, /* step2 */
#define LC_SET(name, NAME, ops) LC_KIND_set,
#include "kernels.def"
};

/* Sets of reductions are done together in the lanes of the states' type; where that takes float64 instead of float32, one by one. */
LC_FUNCTION constexpr int lc_is_compiled(int64_t wide, int64_t dtype, int64_t kind) {
    return kind != LC_KIND_made && (wide || dtype != LC_F64) && (kind != LC_KIND_ready || wide) && (kind != LC_KIND_set || wide == (dtype == LC_F64));
}

/* How many reductions a kernel does. */
LC_FUNCTION constexpr int lc_count_of(unsigned ops) { return ops == 0 ? 0 : 1 + lc_count_of(ops & (ops - 1)); }

/* Whether a kernel looks at the other side of its reductions, which may be the state before. */
LC_FUNCTION constexpr int lc_has_side(unsigned ops) { return (ops & ~(unsigned)(LC_ALONE_OPS | LC_BIT(ACCEL2))) != 0; }
LC_FUNCTION int lc_is_there(int64_t wide, int64_t side, int64_t dtype, int64_t kernel) {
    const int kind = lc_kinds[kernel], fixed = side == (wide ? LC_FIXED_WIDE : LC_FIXED) || (side == LC_FIXED && dtype != LC_F64);
    if (!lc_is_compiled(wide, dtype, kind)) {
        return 0;
    }
    switch (kind) {
    case LC_KIND_alone: return side == LC_ALONE;
    case LC_KIND_back: return side == LC_PREVIOUS;
    case LC_KIND_ready: return side == LC_FIXED_WIDE;
    default: return fixed || side == LC_PREVIOUS;
    }
}

/* A step's kernel, and where its sums are kept: from `slot` on; slot 0 begins another walk. */
typedef struct {
    int number;
    int slot;
    int count;
    unsigned most; /* which of the sums are maxima, a bit each */
} lc_kernel;

LC_FUNCTION lc_kernel lc_kernel_of(const lc_tile *, const lc_reduction *, int number) {
    lc_kernel kernel = {number, 0, 0, 0};
    for (unsigned ops = lc_ops_of[number]; ops; ops &= ops - 1) {
        kernel.most |= (ops & -ops & LC_MAX_OPS ? 1u : 0) << kernel.count++;
    }
    return kernel;
}

#include "plan.h"

typedef struct {
    int64_t status;
    lc_sweep sweeps[2]; /* the plain reductions, and the normalised ones */
    lc_group groups[LC_MAX_REDUCTIONS];
} lc_plan;
static_assert(sizeof(lc_plan) <= LC_CUDA_PLAN_BYTES, "the plan has no room");

LC_FUNCTION void lc_make_plan(lc_plan *plan, const lc_tile *tile) {
    plan->status = lc_check(tile);
    for (int normalized = 0; plan->status == LC_OK && normalized < 2; normalized++) {
        lc_sweep *sweep = &plan->sweeps[normalized];
        lc_plan_sweep(sweep, plan->groups, tile, normalized);
        int slot = 0;
        for (int j = 0, first = 0; j < sweep->step_count; j++) {
            lc_kernel *kernel = &sweep->steps[j].kernel;
            if (slot + kernel->count > LC_SLOTS || j - first == LC_STEPS) {
                slot = 0;
                first = j;
            }
            kernel->slot = slot;
            slot += kernel->count;
        }
    }
}

#endif
