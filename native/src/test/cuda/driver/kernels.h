/* The entry points of the device code, and how their arguments are passed. */
#ifndef LC_STANDIN_KERNELS_H
#define LC_STANDIN_KERNELS_H

#include <cstdint>

struct Kernel {
    const char *name;
    const char *parameters; /* as entries.def has them */
};

int64_t kernels_abi_version();

const Kernel *kernel_named(const char *name);

enum { MOST_PARAMETERS = 16 };
/* How many there are, and which are pointers to device memory; the others are integers of 64 bits. */
int kernel_parameters(const Kernel *kernel, bool *is_pointer);

/* Runs it; the parameters are as for cuLaunchKernel, but for pointers, which are the host's. Null, or what went wrong. */
const char *run_kernel(const Kernel *kernel, unsigned grid, unsigned block, void **parameters);

#endif
