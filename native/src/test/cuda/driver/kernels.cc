/* The entry points, from the kernels' own list, run by the emulator: the kernels that a device would run, compiled for this processor. */
#include "kernels.h"
#include "emulated.h"

#include <cstring>

extern "C" {
#include "latent_convergence.h"
}

#define LC_CUDA_ENTRY(name, ...) {#name, #__VA_ARGS__},
static const Kernel kernels[] = {
#include "entries.def"
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

int kernel_parameters(const Kernel *kernel, bool *is_pointer) {
    int count = 0;
    for (const char *p = kernel->parameters; p;) {
        p += strspn(p, " ");
        is_pointer[count++] = strncmp(p, "pointer ", 8) == 0;
        p = strchr(p, ',');
        p = p ? p + 1 : nullptr;
    }
    return count;
}

const char *run_kernel(const Kernel *kernel, unsigned grid, unsigned block, void **parameters) {
    static uint64_t launches;
    emu_set_schedule(launches++ % 3); /* forward, backward, or in some order */
    return emu_launch(kernel->name, grid, block, parameters) ? "the emulator stopped it" : nullptr;
}
