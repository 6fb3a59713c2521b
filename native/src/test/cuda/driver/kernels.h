/* The entry points of the device code, and how their arguments are passed. */
#ifndef LC_STANDIN_KERNELS_H
#define LC_STANDIN_KERNELS_H

#include <cstdint>

struct Kernel {
    const char *name;
    const char *parameters; /* a letter each: p a device pointer, l an integer of 64 bits */
};

int64_t kernels_abi_version();

const Kernel *kernel_named(const char *name);

/* Runs it; the parameters are as for cuLaunchKernel, but for pointers, which are the host's. Null, or what went wrong. */
const char *run_kernel(const Kernel *kernel, unsigned grid, unsigned block, void **parameters);

#endif
