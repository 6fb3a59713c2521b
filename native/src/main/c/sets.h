/*
 * Sets of reductions, a bit each, as the kernel list has them: for the C kernels and for the CUDA kernels, which define what a function and a table are on a GPU
 * (LC_INLINE, LC_FUNCTION, LC_CONSTANT) before.
 */
#ifndef LC_INLINE
#define LC_INLINE inline __attribute__((always_inline))
#endif
#ifndef LC_FUNCTION
#define LC_FUNCTION static
#define LC_CONSTANT static const
#endif

/* A set of reductions, a bit each; the sets that one kernel does together are numbered after the reductions and step2. */
#define LC_BIT(NAME) (1u << LC_##NAME)
enum {
    LC_STEP2 = LC_OPS,
#define LC_SET(name, NAME, ops) LC_##NAME,
#include "kernels.def"
    LC_KERNEL_COUNT
};
LC_CONSTANT unsigned lc_ops_of[LC_KERNEL_COUNT] = {
#define LC_OP(name, NAME, kind) LC_BIT(NAME),
#include "kernels.def"
    LC_BIT(STEP2),
#define LC_SET(name, NAME, ops) ops,
#include "kernels.def"
};
enum {
    LC_MOST_TOGETHER = 6, /* reductions of the largest set, and room for one more */
    LC_ALONE_OPS = LC_BIT(NORM2) | LC_BIT(MAX_ABS) | LC_BIT(WEIGHTED_NORM2) | LC_BIT(STEP2),
    LC_MAX_OPS = LC_BIT(MAX_DIFF) | LC_BIT(MAX_ABS) | LC_BIT(NORMALIZED_MAX_DIFF) | LC_BIT(NORMALIZED_TO_MAX),
    LC_MADE_OPS = LC_BIT(STATE_NORM2) | LC_BIT(WEIGHTED_STATE_NORM2),
    LC_NORMALIZED_PAIR_OPS = LC_BIT(NORMALIZED_DIFF2) | LC_BIT(NORMALIZED_ABS_DIFF) | LC_BIT(NORMALIZED_MAX_DIFF),
    LC_NORMALIZED_OPS = LC_NORMALIZED_PAIR_OPS | LC_BIT(NORMALIZED_TO) | LC_BIT(NORMALIZED_TO_ABS) | LC_BIT(NORMALIZED_TO_MAX) | LC_BIT(NORMALIZED_TO_CROSS),
    LC_WEIGHTED_OPS = LC_NORMALIZED_OPS | LC_BIT(WEIGHTED_DIFF2) | LC_BIT(WEIGHTED_ALONG) | LC_BIT(WEIGHTED_NORM2)
};

/* The i-th of a set, as a bit. */
static LC_INLINE unsigned lc_nth(unsigned ops, int i) {
    for (; i > 0; i--) {
        ops &= ops - 1;
    }
    return ops & -ops;
}

/* How many there are; a compiler that cannot fold the builtin would call a library for it. */
static LC_INLINE int lc_count(unsigned ops) {
    int count = 0;
    for (; ops; ops &= ops - 1) {
        count++;
    }
    return count;
}
