/* The entry points, done by the scalar kernels of the processor, which read the same descriptions. */
#include "kernels.h"

#include <cstdint>
#include <cstring>

extern "C" {
#include "latent_convergence.h"
extern const lc_tier lc_tier_scalar;
}

static const Kernel kernels[] = {
    {"lc_cuda_plan", "pll"},           {"lc_cuda_widen", "pllllllpl"},   {"lc_cuda_mean", "plllllllpl"},    {"lc_cuda_measure_bf16", "ppll"},
    {"lc_cuda_measure_f16", "ppll"},   {"lc_cuda_measure_f32", "ppll"},  {"lc_cuda_measure_f64", "ppll"},
};

int64_t kernels_abi_version() { return LC_ABI_VERSION; }

const Kernel *kernel_named(const char *name) {
    for (const Kernel &kernel : kernels) {
        if (!strcmp(kernel.name, name)) {
            return &kernel;
        }
    }
    return nullptr;
}

static void *pointer(void **parameters, int i) { return *static_cast<void **>(parameters[i]); }
static int64_t number(void **parameters, int i) { return *static_cast<int64_t *>(parameters[i]); }

const char *run_kernel(const Kernel *kernel, unsigned grid, unsigned block, void **p) {
    const lc_tier &tier = lc_tier_scalar;
    if (!strcmp(kernel->name, "lc_cuda_plan")) {
        if (grid != 1 || block != 32) {
            return "plans with one warp";
        }
        int64_t status = LC_OK;
        memcpy(static_cast<char *>(pointer(p, 0)) + number(p, 2), &status, sizeof status);
        return nullptr;
    }
    if (block != 128) {
        return "runs in blocks of 128 threads";
    }
    int32_t status;
    if (!strcmp(kernel->name, "lc_cuda_widen")) { /* for float32 states: in plain order */
        status = tier.widen(pointer(p, 0), number(p, 1), number(p, 2), number(p, 3), number(p, 4), number(p, 5), number(p, 6) ? LC_F64 : LC_F32,
                            number(p, 6), pointer(p, 7), number(p, 8));
    } else if (!strcmp(kernel->name, "lc_cuda_mean")) {
        status = tier.mean(pointer(p, 0), number(p, 1), number(p, 2), number(p, 3), number(p, 4), number(p, 5), number(p, 6), number(p, 7),
                           pointer(p, 8), number(p, 9));
    } else {
        status = tier.measure(pointer(p, 0), pointer(p, 1), number(p, 2));
    }
    return status == LC_OK ? nullptr : "refused its arguments";
}
