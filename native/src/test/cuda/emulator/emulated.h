/* The emulated kernels, called as the driver calls them. One launch at a time in a process. */
#ifndef LC_EMULATED_H
#define LC_EMULATED_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Whether there is a kernel of that name. */
int emu_has(const char *kernel);

/* The order in which threads run between two places where they wait: 0 forward, 1 backward, and above any order, that of the seed. */
void emu_set_schedule(uint64_t schedule);

/*
 * Runs a kernel to its end; params as for cuLaunchKernel. 0; or what is wrong is printed, the rest of the grid is not run, and 1 comes back: a barrier or an exchange that not all threads
 * reach, or from different places, or outside a mask; a load that is not aligned; no such kernel or block size.
 */
int emu_launch(const char *kernel, unsigned grid_x, unsigned block_x, void **params);

#ifdef __cplusplus
}
#endif

#endif
