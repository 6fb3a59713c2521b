/*
 * Differential fuzzing of the tiers: bytes are decoded into a tile (decode.c), every tier that this machine can run computes it (compute.c), and all must give
 * the bits of the scalar tier (target.c). Whatever a kernel may read or write lies in heap memory of exactly its size, so that AddressSanitizer sees an access beside it.
 */
#ifndef LC_FUZZ_H
#define LC_FUZZ_H

#include "latent_convergence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The input, from which numbers are taken until there are only zeros left. */
typedef struct {
    const uint8_t *at;
    const uint8_t *end;
} lc_input;

uint64_t lc_take(lc_input *in, int bytes);

/* The next of a sequence that a seed begins. */
uint64_t lc_random(uint64_t *seed);

/* Rows at any strides, in one block that ends with the last of them; between rows that lie apart nothing may be read. */
typedef struct {
    char *block;
    int64_t bytes;
    char *first; /* iteration 0 of token 0 */
    int64_t iterations, tokens, hidden, dtype;
    int64_t iteration_stride, token_stride;
} lc_fuzz_rows;

lc_fuzz_rows lc_fuzz_rows_take(lc_input *in, int64_t iterations, int64_t tokens, int64_t hidden, int64_t dtype, uint64_t base);
void lc_fuzz_rows_free(lc_fuzz_rows *rows);

/* Fills n elements with bit patterns of a kind; `base` begins the numbers that rows of one input have in common. */
void lc_fuzz_fill(char *to, int64_t n, int64_t dtype, int kind, uint64_t seed, uint64_t base);

enum { LC_FUZZ_REFERENCES = 3, LC_FUZZ_MOST = LC_MAX_REDUCTIONS + 1 };

/* A reduction before it has addresses; the indices are those of earlier reductions whose sums it uses, -1 for made-up ones. */
typedef struct {
    int64_t op, side, wide, redo;
    int reference, x_norms, cross, diff2, along;
    int is_weighted;
} lc_fuzz_reduction;

typedef struct {
    lc_fuzz_rows states; /* `before` iterations more than the tile has */
    int64_t before, first, iterations;
    lc_fuzz_rows references[LC_FUZZ_REFERENCES];
    int64_t mean_of[LC_FUZZ_REFERENCES]; /* above 0: the reference is the mean of so many last iterations instead */
    double *weight;
    double *made_up; /* sums that no reduction computed, for whoever has no basis */
    double eps;
    int count;
    lc_fuzz_reduction reductions[LC_FUZZ_MOST];
} lc_fuzz_tile;

void lc_fuzz_decode(lc_fuzz_tile *tile, lc_input in);
void lc_fuzz_free(lc_fuzz_tile *tile);

int64_t lc_fuzz_bytes(int64_t dtype);
int64_t lc_fuzz_source_dtype(const lc_fuzz_tile *tile, int reference);

/* Everything a tier computed, as float64 of which all NaN are one. */
typedef struct {
    uint64_t *values;
    int64_t count;
    int64_t first_sum; /* before it are widened rows and means */
    int32_t status;
} lc_fuzz_outcome;

lc_fuzz_outcome lc_fuzz_compute(const lc_tier *tier, const lc_fuzz_tile *tile);

/* By how many bytes a planted tier copies tails wrong; 0: there is none. Set by the argument -planted=N. */
extern int lc_planted;

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
