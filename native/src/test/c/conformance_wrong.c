/* Tiers that are wrong in one way each. The test is run with every one of them: what it does not find, it does not test. */
#include "conformance.h"

#include <string.h>

static const lc_tier *right;

static void flip(char *p) { *p ^= 1; }

static int32_t one_bit(const void *states, void *work, int64_t tile_offset) {
    const lc_tile *tile = (const lc_tile *)(const void *)((char *)work + tile_offset);
    int32_t status = right->measure(states, work, tile_offset);
    if (status == LC_OK && tile->reductions > 0 && tile->iterations * tile->tokens > 0) {
        flip((char *)work + tile->reduction[tile->reductions - 1].sums + (tile->iterations * tile->tokens - 1) * 8);
    }
    return status;
}

static int32_t without_tail(const void *states, void *work, int64_t tile_offset) {
    lc_tile *tile = (lc_tile *)(void *)((char *)work + tile_offset);
    const int64_t hidden = tile->hidden;
    if (tile->tokens <= 1 && hidden > 16) { /* of several tokens the references would move */
        tile->hidden = hidden & ~(int64_t)15;
    }
    int32_t status = right->measure(states, work, tile_offset);
    tile->hidden = hidden;
    return status;
}

/* A result that ought to be NaN is 0, as with a maximum that loses it; the columns that have no state before them are right. */
static int32_t without_nan(const void *states, void *work, int64_t tile_offset) {
    const lc_tile *tile = (const lc_tile *)(const void *)((char *)work + tile_offset);
    int32_t status = right->measure(states, work, tile_offset);
    for (int64_t i = 0; status == LC_OK && tile->first > 1 && i < tile->reductions; i++) {
        double *sums = (double *)(void *)((char *)work + tile->reduction[i].sums);
        for (int64_t k = 0; k < tile->iterations * tile->tokens; k++) {
            sums[k] = sums[k] != sums[k] ? 0 : sums[k];
        }
    }
    return status;
}

static int32_t without_redo(const void *states, void *work, int64_t tile_offset) {
    lc_tile *tile = (lc_tile *)(void *)((char *)work + tile_offset);
    int64_t redo[LC_MAX_REDUCTIONS];
    for (int64_t i = 0; i < tile->reductions; i++) {
        redo[i] = tile->reduction[i].redo;
        tile->reduction[i].redo = 0;
    }
    int32_t status = right->measure(states, work, tile_offset);
    for (int64_t i = 0; i < tile->reductions; i++) {
        tile->reduction[i].redo = redo[i];
    }
    return status;
}

/* Reads a byte beyond the last row: nothing differs, but it faults where that byte is not mapped. */
static int32_t beyond(const void *states, void *work, int64_t tile_offset) {
    const lc_tile *tile = (const lc_tile *)(const void *)((char *)work + tile_offset);
    static const int64_t bytes[] = {2, 2, 4, 8};
    const char *last = (const char *)states + tile->states_offset + (tile->iterations - 1) * tile->iteration_stride;
    if (tile->iterations > 0 && tile->tokens > 0) {
        (void)*(const volatile char *)(last + (tile->tokens - 1) * tile->token_stride + tile->hidden * bytes[tile->dtype]);
    }
    return right->measure(states, work, tile_offset);
}

static int32_t wrong_mean(const void *states, int64_t states_offset, int64_t iteration_stride, int64_t token_stride, int64_t iterations, int64_t tokens,
                          int64_t hidden, int64_t dtype, void *work, int64_t target_offset) {
    int32_t status = right->mean(states, states_offset, iteration_stride, token_stride, iterations, tokens, hidden, dtype, work, target_offset);
    flip((char *)work + target_offset + (tokens * hidden - 1) * (dtype == LC_F64 ? 8 : 4));
    return status;
}

static int32_t wrong_widen(const void *source, int64_t source_offset, int64_t token_stride, int64_t tokens, int64_t hidden, int64_t source_dtype,
                           int64_t states_dtype, int64_t wide, void *work, int64_t target_offset) {
    int32_t status = right->widen(source, source_offset, token_stride, tokens, hidden, source_dtype, states_dtype, wide, work, target_offset);
    if (wide) {
        flip((char *)work + target_offset);
    }
    return status;
}

static uint64_t wrong_read(const void *memory, int64_t offset, int64_t bytes, int64_t streams) {
    return right->read(memory, offset, bytes, streams) ^ 1;
}

static int32_t wrong_pairs(void *work, int64_t rows_offset, int64_t rows, int64_t elements, int64_t wide, int64_t sums_offset) {
    int32_t status = right->pairs(work, rows_offset, rows, elements, wide, sums_offset);
    flip((char *)work + sums_offset + (rows - 1) * 8); /* the first against the last */
    return status;
}

static int32_t wrong_logits(const void *logits, int64_t offset, int64_t iteration_stride, int64_t first, int64_t iterations, int64_t vocabulary, int64_t dtype,
                            void *work, int64_t target_offset) {
    int32_t status = right->logits(logits, offset, iteration_stride, first, iterations, vocabulary, dtype, work, target_offset);
    flip((char *)work + target_offset + (iterations - 1) * (int64_t)sizeof(lc_prediction) + (int64_t)offsetof(lc_prediction, argmax));
    return status;
}

static int32_t wrong_project(const void *states, int64_t offset, int64_t iteration_stride, int64_t iterations, int64_t hidden, int64_t dtype, void *work,
                             int64_t axes_offset) {
    const lc_axes *axes = (const lc_axes *)(const void *)((char *)work + axes_offset);
    int32_t status = right->project(states, offset, iteration_stride, iterations, hidden, dtype, work, axes_offset);
    if (axes->count > 0) {
        flip((char *)work + axes->coordinates + ((iterations - 1) * ((axes->count + 3) & ~(int64_t)3) + axes->count - 1) * 8);
    }
    return status;
}

static int32_t wrong_combine(const void *states, int64_t offset, int64_t iteration_stride, int64_t iterations, int64_t hidden, int64_t dtype, void *work,
                             int64_t axes_offset) {
    const lc_axes *axes = (const lc_axes *)(const void *)((char *)work + axes_offset);
    int32_t status = right->combine(states, offset, iteration_stride, iterations, hidden, dtype, work, axes_offset);
    if (axes->count > 0) {
        flip((char *)work + axes->sums + (hidden - 1) * 8);
    }
    return status;
}

const lc_tier *lc_wrong_tier(const char *words, const lc_tier *of) {
    static const struct {
        const char *word;
        lc_tier tier;
    } wrong[] = {
        {"wrong=bit", {.name = "one-bit", .measure = one_bit}},
        {"wrong=tail", {.name = "without-tail", .measure = without_tail}},
        {"wrong=nan", {.name = "without-nan", .measure = without_nan}},
        {"wrong=redo", {.name = "without-redo", .measure = without_redo}},
        {"wrong=beyond", {.name = "beyond", .measure = beyond}},
        {"wrong=mean", {.name = "wrong-mean", .mean = wrong_mean}},
        {"wrong=widen", {.name = "wrong-widen", .widen = wrong_widen}},
        {"wrong=read", {.name = "wrong-read", .read = wrong_read}},
        {"wrong=pairs", {.name = "wrong-pairs", .pairs = wrong_pairs}},
        {"wrong=logits", {.name = "wrong-logits", .logits = wrong_logits}},
        {"wrong=project", {.name = "wrong-project", .project = wrong_project}},
        {"wrong=combine", {.name = "wrong-combine", .combine = wrong_combine}},
    };
    static lc_tier tier;
    for (unsigned i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (lc_has_word(words, wrong[i].word)) {
            right = of;
            tier = wrong[i].tier;
            tier.measure = tier.measure ? tier.measure : of->measure;
            tier.mean = tier.mean ? tier.mean : of->mean;
            tier.widen = tier.widen ? tier.widen : of->widen;
            tier.read = tier.read ? tier.read : of->read;
            tier.pairs = tier.pairs ? tier.pairs : of->pairs;
            tier.logits = tier.logits ? tier.logits : of->logits;
            tier.project = tier.project ? tier.project : of->project;
            tier.combine = tier.combine ? tier.combine : of->combine;
            return &tier;
        }
    }
    return 0;
}
