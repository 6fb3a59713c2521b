/*
 * A tier with a planted bug, so that it is seen in every run that the fuzzer would find one: tails are copied with some bytes more or less than there are. It
 * is the scalar tier in all else, and computes only where lc_planted is not 0: -2 leaves out an element of two bytes, 1 reads beyond the row.
 */
#include "lanes/scalar.h"

#include <string.h>

extern int lc_planted;

static inline void *copy_wrong(char *to, const char *from, size_t bytes) {
    for (size_t i = 0; i < bytes + (size_t)(int64_t)lc_planted; i++) {
        to[i] = from[i];
    }
    return to;
}

#undef LC_TIER_NAME
#define LC_TIER_NAME planted
#define memcpy(to, from, bytes) (__builtin_constant_p(bytes) ? memcpy((to), (from), (bytes)) : copy_wrong((char *)(to), (const char *)(from), (bytes)))
#include "tier.h"
