/*
 * The binary interface between Java and the C kernels. Described for people in src/site/markdown/native-abi.md.
 *
 * Every function is single-threaded, re-entrant, allocates nothing and keeps no state. Arguments have been checked by the caller, in exact arithmetic; the status
 * a function returns only guards against the two sides having been built from different sources.
 */
#ifndef LATENT_CONVERGENCE_H
#define LATENT_CONVERGENCE_H

#include <stddef.h>
#include <stdint.h>

#define LC_ABI_VERSION 5

#if defined(_WIN32)
#define LC_EXPORT __declspec(dllexport)
#else
#define LC_EXPORT __attribute__((visibility("default")))
#endif

/* Statuses. */
enum { LC_OK = 0, LC_BAD_ARGUMENT = 1 };

/* Element types and reductions, numbered in the order of the kernel list. */
enum lc_dtype {
#define LC_DTYPE(name, NAME, bytes) LC_##NAME,
#include "kernels.def"
    LC_DTYPES
};

enum lc_op {
#define LC_OP(name, NAME, kind) LC_##NAME,
#include "kernels.def"
    LC_OPS
};

/* What stands on the other side of a reduction. */
enum lc_side {
    LC_ALONE,       /* nothing: the reduction is of the state itself */
    LC_FIXED,       /* one row for all iterations of a token, widened to float32 */
    LC_FIXED_WIDE,  /* the same, widened to float64 */
    LC_PREVIOUS,    /* the same token's state one iteration earlier; accel2 looks at the one before, too */
    LC_SIDES
};

/* One reduction, wanted of every row of a tile. Offsets are bytes from `work`. */
typedef struct {
    int64_t op;        /* enum lc_op */
    int64_t side;      /* enum lc_side */
    int64_t wide;      /* 1: float64 lanes; 0: float32 lanes (never for float64 states or sides) */
    int64_t redo;      /* float32 lanes: 1: redo a row in float64 where its sum is not finite or below 2^-100 */
    int64_t reference; /* LC_FIXED, LC_FIXED_WIDE: the widened rows, a row for each token */
    int64_t sums;      /* where the results go: double [tokens][iterations] */
    /* What it rests on, sums of earlier reductions, double [tokens][iterations]; of the other side [tokens] where that is fixed. 0 where it is not used. */
    int64_t x_norms;          /* normalised, ready or against the state before: sum x^2 */
    int64_t y_norms;          /* normalised or made, against a fixed side: sum y^2; weighted state_norm2: sum (gy)^2 */
    int64_t cross;            /* normalised, with a weight: sum (x-y)(x+y); without, it is made of the next two */
    int64_t diff2;            /* normalised or made: sum (x-y)^2, with a weight the weighted one */
    int64_t along;            /* normalised or made: sum (x-y)y, with a weight the weighted one */
    int64_t weighted_x_norms; /* normalised_diff2 against the state before: sum (gx)^2 */
    int64_t weighted_y_norms; /* normalised_diff2 against a fixed side: sum (gy)^2 */
} lc_reduction;

/* A few tokens at consecutive iterations, and what is wanted of them. */
typedef struct {
    int64_t states_offset;    /* bytes from `states` to the first row */
    int64_t iteration_stride; /* bytes from one iteration to the next */
    int64_t token_stride;     /* bytes from one token to the next */
    int64_t first;            /* position of the tile's first iteration in the trace: above 0 there is a state before it in memory */
    int64_t iterations;
    int64_t tokens;
    int64_t hidden;
    int64_t dtype;            /* enum lc_dtype of the states */
    int64_t weight;           /* bytes from `work` to the widened float32 weight of RMSNorm */
    int64_t weight_wide;      /* the same in float64 */
    double eps;
    int64_t reductions;       /* how many follow, LC_MAX_REDUCTIONS at most; a reduction may use the sums of earlier ones */
    lc_reduction reduction[];
} lc_tile;

enum { LC_MAX_REDUCTIONS = 128 };

/*
 * What a row of logits x predicts, and the row y before it: sums over the vocabulary, of u = x - max x, v = y - max y and g = v - u, formed as (y - x) - (max y - max x).
 * Sums against the row before are NaN where there is none; all that a NaN or an infinity takes part in are NaN, and z is where no logit is above minus infinity.
 */
typedef struct {
    double z;            /* sum e^u */
    double zu;           /* sum e^u u */
    double forward;      /* sum e^v (e^-g - 1 + g) */
    double forward_gap;  /* sum e^v g */
    double backward;     /* sum e^u (e^g - 1 - g) */
    double backward_gap; /* sum e^u (-g) */
    int64_t argmax;      /* the first index of the largest; -1 where z is NaN */
} lc_prediction;

/*
 * Directions that states are projected on, or sums that they are combined to. Offsets are bytes from `work`; `padded` is the number of a row's elements up to a whole number of
 * 16, `columns` is `count` up to a whole number of 4. A component x is taken as scale x + shift, rounded once.
 */
typedef struct {
    double scale;
    int64_t shift;       /* double [padded], zeros after the last element */
    int64_t count;       /* how many directions or sums; of none, squares alone */
    int64_t vectors;     /* the directions, double [count][padded], zeros after the last element */
    int64_t coordinates; /* double [iterations up to a whole number of 4][columns]; beyond the last direction and iteration they mean nothing */
    int64_t squares;     /* double [iterations], of each row with itself; 0 where they are not wanted */
    int64_t sums;        /* double [columns][padded] */
    int64_t scratch;     /* LC_AXES_SCRATCH bytes */
} lc_axes;

enum { LC_AXES_ROWS = 64, LC_AXES_SCRATCH = 16 << 10 }; /* the most iterations of a call, and bytes of scratch memory */

/* The functions of one instruction set. */
typedef struct {
    const char *name;

    /*
     * Widens rows exactly, from any type to float32 (wide = 0) or float64 (wide = 1), arranged as the kernels for `states_dtype` read them and padded with zeros
     * to a whole number of 16 elements.
     */
    int32_t (*widen)(const void *source, int64_t source_offset, int64_t token_stride, int64_t tokens, int64_t hidden, int64_t source_dtype,
                     int64_t states_dtype, int64_t wide, void *work, int64_t target_offset);

    /*
     * Mean over iterations, summed in float64 in iteration order. Writes plain rows of `hidden` elements: float32, or float64 for float64 states.
     */
    int32_t (*mean)(const void *states, int64_t states_offset, int64_t iteration_stride, int64_t token_stride, int64_t iterations,
                    int64_t tokens, int64_t hidden, int64_t dtype, void *work, int64_t target_offset);

    /* Computes the reductions of the tile at `tile_offset` bytes into `work`, reading every state once for all of them. */
    int32_t (*measure)(const void *states, void *work, int64_t tile_offset);

    /* Reads memory as fast as the tier can, in `streams` (1 or 4) places at once, and returns a checksum: the yardstick for bandwidth. */
    uint64_t (*read)(const void *memory, int64_t offset, int64_t bytes, int64_t streams);

    /*
     * Adds sum (x-y)^2 of every two of some rows to what stands in `sums`, each with the bits of diff2 without redo. The rows follow each other, widened for float32 states
     * (wide = 1: to float64, for any), `elements` of each, a whole number of 16. Long rows may be handed over in pieces, of whole blocks of 512 elements but for the last.
     * sums: double [padded][padded], where padded is `rows` up to a whole number of 4; that of two rows is where row <= column (of a row and itself: 0, or NaN), and what
     * stands elsewhere means nothing.
     */
    int32_t (*pairs)(void *work, int64_t rows_offset, int64_t rows, int64_t elements, int64_t wide, int64_t sums_offset);

    /*
     * What one token's logits predict at consecutive iterations, of which `first` is the first one's position in the trace: above 0 there is a row before it in
     * memory. Writes an lc_prediction for each iteration. Offsets and the stride are in bytes.
     */
    int32_t (*logits)(const void *logits, int64_t offset, int64_t iteration_stride, int64_t first, int64_t iterations, int64_t vocabulary, int64_t dtype,
                      void *work, int64_t target_offset);

    /* Writes the coordinates of one token's states at consecutive iterations on each direction of the lc_axes at `axes_offset`, and their squares. Offset and stride are in bytes. */
    int32_t (*project)(const void *states, int64_t offset, int64_t iteration_stride, int64_t iterations, int64_t hidden, int64_t dtype, void *work,
                       int64_t axes_offset);

    /* Adds the same states to the sums, in the order of iterations, each as often as its coordinate in the sum's column says. */
    int32_t (*combine)(const void *states, int64_t offset, int64_t iteration_stride, int64_t iterations, int64_t hidden, int64_t dtype, void *work,
                       int64_t axes_offset);
} lc_tier;

LC_EXPORT int32_t lc_abi_version(void);

/* Names from the kernel list, null past its end, so that Java can check that both sides mean the same. */
LC_EXPORT const char *lc_dtype_name(int32_t dtype);
LC_EXPORT const char *lc_op_name(int32_t op);

/* The compiler this library was built with. */
LC_EXPORT const char *lc_compiler(void);

/* The tiers in this library, null past the end, from the slowest to the fastest; and whether this processor and operating system can run one. */
LC_EXPORT const lc_tier *lc_tier_at(int32_t index);
LC_EXPORT int32_t lc_tier_usable(int32_t index);

/* Writes the processor's name, null-terminated, or an empty string where it does not tell. */
LC_EXPORT void lc_cpu_name(char *name, int64_t capacity);

#endif
