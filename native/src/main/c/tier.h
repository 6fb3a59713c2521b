/*
 * One instruction set, complete: its lanes are included before, its table comes out. Everything here is the same source for every tier.
 *
 * Precision: terms.h, block.h, measure.h and rows.h say theirs; compiled without contraction, fast math or flushing to zero, all tiers give the same bits.
 */
#include "latent_convergence.h"

#include <string.h>

enum { LC_BLOCK = 512 };

/* What a sweep of a normalised reduction multiplies with, a row each: see src/site/markdown/numerics.md. */
typedef struct {
    double m[4];
    double c[4];
    int x_is_smaller[4]; /* mean x^2 <= mean y^2 */
} lc_scale;

#include "sets.h"

/* Adds n elements of rows x against y, from the start of a block on, to their sums (for a maximum: takes the larger), four for each reduction of the set. */
typedef void lc_span(const char *const *x, const char *y, const char *weight, const lc_scale *scale, int64_t n, double *sums);

/* For each reduction and each set the function for one row and that for four; null where it has no meaning. */
typedef lc_span *lc_spans[LC_KERNEL_COUNT][2];

/* Makes each row's address that of a copy of its last bytes, padded with zeros. */
static __attribute__((noinline)) void lc_pad_tails(const char **rows, int count, char *tails, int64_t offset, int64_t bytes, int64_t padded) {
    for (int k = 0; k < count; k++) {
        char *tail = tails + k * padded;
        memset(tail, 0, (size_t)padded);
        memcpy(tail, rows[k] + offset, (size_t)bytes);
        rows[k] = tail;
    }
}

#define f32x16_load_weight f32x16_load_f32
#define f64x16_load_weight f64x16_load_f64

/* A row's part of lc_scale, in every lane. */
#define LC_SCALES(L, REAL)                                                                                                                            \
    typedef struct {                                                                                                                                   \
        L m, c, x_is_smaller;                                                                                                                          \
    } L##_scale;                                                                                                                                     \
    static LC_INLINE L##_scale L##_scale_at(const lc_scale *scale, int k) {                                                                        \
        return (L##_scale){L##_set((REAL)scale->m[k]), L##_set((REAL)scale->c[k]), L##_mask(scale->x_is_smaller[k])};                               \
    }
LC_SCALES(f32x16, float)
LC_SCALES(f64x16, double)

/* float32 lanes: every type but float64. */
#define LANES f32x16
#define REAL float
#define AT_ONCE LC_AT_ONCE_F32
#define LC_HAS_FIXED
#define DTYPE bf16
#define BYTES 2
#include "sides.h"
#define DTYPE f16
#define BYTES 2
#include "sides.h"
#define DTYPE f32
#define BYTES 4
#include "sides.h"
#undef LANES
#undef REAL
#undef AT_ONCE

/* float64 lanes: every type. */
#define LANES f64x16
#define REAL double
#define AT_ONCE LC_AT_ONCE_F64
#define LC_HAS_FIXED_WIDE
#define DTYPE bf16
#define BYTES 2
#include "sides.h"
#define DTYPE f16
#define BYTES 2
#include "sides.h"
#define DTYPE f32
#define BYTES 4
#include "sides.h"
#undef LC_HAS_FIXED
#define DTYPE f64
#define BYTES 8
#include "sides.h"
#undef LC_HAS_FIXED_WIDE
#undef LANES
#undef REAL
#undef AT_ONCE

#define LC_KERNELS(lanes, dtype, side) &lanes##_table_##dtype##_##side##_spans
#define LC_NARROW(side)                                                                                                                                \
    {                                                                                                                                                  \
        [LC_BF16] = LC_KERNELS(f32x16, bf16, side), [LC_F16] = LC_KERNELS(f32x16, f16, side), [LC_F32] = LC_KERNELS(f32x16, f32, side),                \
    }
#define LC_WIDE(side)                                                                                                                                  \
    {                                                                                                                                                  \
        [LC_BF16] = LC_KERNELS(f64x16, bf16, side), [LC_F16] = LC_KERNELS(f64x16, f16, side), [LC_F32] = LC_KERNELS(f64x16, f32, side),                \
        [LC_F64] = LC_KERNELS(f64x16, f64, side),                                                                                                      \
    }

static const lc_spans *const lc_kernels[2][LC_SIDES][LC_DTYPES] = {
    {[LC_ALONE] = LC_NARROW(alone), [LC_FIXED] = LC_NARROW(fixed), [LC_PREVIOUS] = LC_NARROW(previous)},
    {[LC_ALONE] = LC_WIDE(alone),
     [LC_FIXED] = {[LC_BF16] = LC_KERNELS(f64x16, bf16, fixed), [LC_F16] = LC_KERNELS(f64x16, f16, fixed), [LC_F32] = LC_KERNELS(f64x16, f32, fixed)},
     [LC_FIXED_WIDE] = LC_WIDE(fixed_wide),
     [LC_PREVIOUS] = LC_WIDE(previous)},
};

static const int64_t lc_bytes[LC_DTYPES] = {
#define LC_DTYPE(name, NAME, bytes) bytes,
#include "kernels.def"
};

#include "measure.h"
#include "rows.h"
#include "pairs.h"
#include "logits.h"
#include "project.h"

static uint64_t lc_read_memory(const void *memory, int64_t offset, int64_t bytes, int64_t streams) {
    int64_t part = bytes / streams & ~(int64_t)127;
    return lc_checksum((const char *)memory + offset, part, part, streams);
}

#define LC_TABLE_(name) lc_tier_##name
#define LC_TABLE(name) LC_TABLE_(name)
#define LC_STRING_(name) #name
#define LC_STRING(name) LC_STRING_(name)

extern const lc_tier LC_TABLE(LC_TIER_NAME);
const lc_tier LC_TABLE(LC_TIER_NAME) = {LC_STRING(LC_TIER_NAME), lc_widen, lc_mean, lc_measure, lc_read_memory, lc_pairs, lc_logits,
                                         lc_project, lc_combine};
