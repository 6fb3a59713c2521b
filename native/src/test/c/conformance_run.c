/* One tier on one tile, and the results in an order that does not depend on the tier. */
#include "conformance.h"

#include <string.h>

static void begin(lc_results *r, int64_t column, const lc_reduction *reduction) { r->parts[r->part_count++] = (lc_part){column, reduction, 0}; }

static void add(lc_results *r, uint64_t bits, int wide) {
    const uint64_t infinity = wide ? 0x7ff0000000000000u : 0x7f800000u, magnitude = wide ? ~(uint64_t)0 >> 1 : 0x7fffffffu;
    r->bits[r->count++] = (bits & magnitude) > infinity ? infinity | (infinity >> 1) : bits;
    r->parts[r->part_count - 1].count++;
}

static void add_float64(lc_results *r, const char *p, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        uint64_t bits;
        memcpy(&bits, p + i * 8, 8);
        add(r, bits, 1);
    }
}

/* place: of the 16 lanes of a step; null for rows in plain order. */
static void add_float32(lc_results *r, const char *p, int64_t count, const int64_t *place) {
    for (int64_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, p + (place ? (i & ~(int64_t)15) + place[i & 15] : i) * 4, 4);
        add(r, bits, 0);
    }
}

/* sum y^2 of a token's widened row, in plain order; place: of the 16 lanes of a step in float32 rows. */
static double square(const lc_case *it, int64_t side, int64_t token, const int64_t *place) {
    const int64_t padded = (it->hidden + 15) & ~(int64_t)15;
    double sum = 0;
    for (int64_t d = 0; d < it->hidden; d++) {
        double y;
        if (side == LC_FIXED) {
            float narrow;
            memcpy(&narrow, it->row + (token * padded + (d & ~(int64_t)15) + place[d & 15]) * 4, 4);
            y = (double)narrow;
        } else {
            memcpy(&y, it->row_wide + (token * padded + d) * 8, 8);
        }
        sum += y * y;
    }
    return sum;
}

static void clear(char *p, int64_t bytes) { memset(p, 0xa5, (size_t)bytes); }

/* The number after a table of sums is nobody's. */
static int wrote_beyond(const char *table, int64_t count) {
    uint64_t after;
    memcpy(&after, table + count * 8, 8);
    return after != 0xa5a5a5a5a5a5a5a5u;
}

/* The tables that pairs reads and writes end where memory ends. */
static char *at_end(enum lc_region region, int64_t bytes) { return lc_region(region) + LC_REGION_BYTES - bytes; }

/* Every two iterations of the first token, in one piece or block by block. */
static int32_t run_pairs(const lc_case *it, const lc_tier *tier, int64_t wide, lc_results *r) {
    const int64_t padded = (it->pairs + 3) & ~(int64_t)3, piece = it->hidden % 2 ? it->hidden : 512, element = it->dtype == LC_F64 ? 8 : it->dtype == LC_F32 ? 4 : 2;
    char *work = lc_region(LC_TILE), *sums = at_end(LC_SUMS, padded * padded * 8);
    int32_t status = LC_OK;
    memset(sums, 0, (size_t)(padded * padded * 8));
    for (int64_t d = 0; d < it->hidden; d += piece) {
        const int64_t n = it->hidden - d < piece ? it->hidden - d : piece, elements = (n + 15) & ~(int64_t)15;
        char *rows = at_end(wide ? LC_ROW_WIDE : LC_ROW, it->pairs * elements * (wide ? 8 : 4));
        status |= tier->widen(it->states + d * element, 0, it->iteration_stride, it->pairs, n, it->dtype, LC_F32, wide, work, rows - work);
        status |= tier->pairs(work, rows - work, it->pairs, elements, wide, sums - work);
    }
    for (int64_t i = 0; i < it->pairs; i++) {
        add_float64(r, sums + (i * padded + i) * 8, it->pairs - i);
    }
    return status;
}

/* The first token's states as logits; what comes of them ends at a hole. */
static int32_t predict(const lc_case *it, const lc_tier *tier, lc_results *r) {
    const int64_t bytes = it->iterations * (int64_t)sizeof(lc_prediction);
    char *to = lc_region(LC_ROW_WIDE) + LC_REGION_BYTES - bytes, *base = lc_region(LC_STATES);
    clear(to, bytes);
    int32_t status = tier->logits(base, it->states - base, it->iteration_stride, it->first, it->iterations, it->hidden, it->dtype, to, 0);
    begin(r, LC_LOGITS, 0);
    for (int64_t t = 0; t < it->iterations; t++, to += sizeof(lc_prediction)) {
        add_float64(r, to, offsetof(lc_prediction, argmax) / 8);
        memcpy(&r->bits[r->count++], to + offsetof(lc_prediction, argmax), 8);
        r->parts[r->part_count - 1].count++;
    }
    return status;
}

/* Bytes that end where a region's memory does, as an offset. */
static int64_t placed(const char *work, enum lc_region region, int64_t bytes) { return at_end(region, bytes) - work; }

/* The first token's states on directions that are states themselves, from an origin near them; and their sums, weighted with what comes of it. Every table ends at a hole. */
static int32_t project(const lc_case *it, const lc_tier *tier, lc_results *r) {
    static const double scales[] = {1, -1, 0.5, 1.0 / 3};
    const int64_t padded = (it->hidden + 15) & ~(int64_t)15, columns = (it->directions + 3) & ~(int64_t)3, rows = (it->iterations + 3) & ~(int64_t)3;
    char *work = lc_region(LC_WEIGHT), *base = lc_region(LC_STATES);
    lc_axes *axes = (lc_axes *)(void *)work;
    *axes = (lc_axes){.scale = scales[it->hidden % 4],
                      .shift = placed(work, LC_WEIGHT_WIDE, padded * 8),
                      .count = it->directions,
                      .vectors = placed(work, LC_ROW_WIDE, it->directions * padded * 8),
                      .coordinates = placed(work, LC_SUMS, rows * columns * 8),
                      .squares = it->directions % 2 ? 0 : placed(work, LC_MEANS, it->iterations * 8),
                      .sums = placed(work, LC_ROW, columns * padded * 8),
                      .scratch = placed(work, LC_WEIGHT, LC_AXES_SCRATCH)};
    int32_t status = tier->widen(it->source_wide.row, 0, 0, 1, it->hidden, it->source_wide.dtype, it->dtype, 1, work, axes->shift);
    for (int64_t k = 0; k < it->directions; k++) {
        status |= tier->widen(it->states, k % it->iterations * it->iteration_stride, 0, 1, it->hidden, it->dtype, it->dtype, 1, work,
                              axes->vectors + k * padded * 8);
    }
    memset(work + axes->sums, 0, (size_t)(columns * padded * 8));
    status |= tier->project(base, it->states - base, it->iteration_stride, it->iterations, it->hidden, it->dtype, work, 0);
    begin(r, LC_PROJECT, 0);
    for (int64_t t = 0; t < it->iterations; t++) {
        add_float64(r, work + axes->coordinates + t * columns * 8, it->directions);
    }
    add_float64(r, work + axes->squares, axes->squares ? it->iterations : 0);
    status |= tier->combine(base, it->states - base, it->iteration_stride, it->iterations, it->hidden, it->dtype, work, 0);
    begin(r, LC_COMBINE, 0);
    for (int64_t k = 0; k < it->directions; k++) {
        add_float64(r, work + axes->sums + k * padded * 8, padded);
    }
    return status;
}

const char *lc_run_case(const lc_case *it, const lc_tier *tier, lc_places places, lc_results *r) {
    const int64_t padded = (it->hidden + 15) & ~(int64_t)15, sums = it->tokens * it->iterations, narrow = it->dtype != LC_F64;
    const int64_t *place = narrow ? places[it->dtype] : 0;
    int beyond = 0;
    char *work = lc_region(LC_TILE);
    r->count = r->part_count = 0;
    clear(it->means, it->tokens * it->hidden * (narrow ? 4 : 8));
    clear(it->row, it->tokens * padded * 4);
    clear(it->row_wide, it->tokens * padded * 8);
    clear(it->weight, padded * 4);
    clear(it->weight_wide, padded * 8);
    for (int64_t i = 0; i < it->tile->reductions; i++) {
        clear(work + it->tile->reduction[i].sums, (sums + 1) * 8);
    }
    int32_t status = tier->mean(lc_region(LC_STATES), it->states - lc_region(LC_STATES), it->iteration_stride, it->token_stride, it->iterations,
                                it->tokens, it->hidden, it->dtype, work, it->means - work);
    begin(r, LC_MEAN, 0);
    if (narrow) {
        add_float32(r, it->means, it->tokens * it->hidden, 0);
    } else {
        add_float64(r, it->means, it->tokens * it->hidden);
    }
    begin(r, LC_WIDEN, 0);
    if (narrow) {
        status |= tier->widen(it->source.row, 0, it->source.token_stride, it->tokens, it->hidden, it->source.dtype, it->dtype, 0, work, it->row - work);
        status |= tier->widen(it->source_weight.row, 0, 0, 1, it->hidden, it->source_weight.dtype, it->dtype, 0, work, it->weight - work);
        add_float32(r, it->row, it->tokens * padded, place);
        add_float32(r, it->weight, padded, place);
    }
    status |= tier->widen(it->source_wide.row, 0, it->source_wide.token_stride, it->tokens, it->hidden, it->source_wide.dtype, it->dtype, 1, work,
                          it->row_wide - work);
    status |= tier->widen(it->source_weight.row, 0, 0, 1, it->hidden, it->source_weight.dtype, it->dtype, 1, work, it->weight_wide - work);
    add_float64(r, it->row_wide, it->tokens * padded);
    add_float64(r, it->weight_wide, padded);
    for (int64_t side = 0; side < LC_SIDES; side++) {
        for (int64_t wide = 0; wide < 2; wide++) {
            for (int64_t i = 0; it->y_norms[side][wide] && i < it->tokens; i++) {
                const double y_norm = square(it, side, i, place);
                memcpy(it->y_norms[side][wide] + i * 8, &y_norm, 8);
            }
        }
    }
    status |= tier->measure(lc_region(LC_STATES), work, (const char *)it->tile - work);
    for (int64_t i = 0; i < it->tile->reductions; i++) {
        const lc_reduction *reduction = &it->tile->reduction[i];
        begin(r, reduction->op, reduction);
        add_float64(r, work + reduction->sums, sums);
        beyond |= wrote_beyond(work + reduction->sums, sums);
    }
    begin(r, LC_READ, 0);
    const char *last = it->states + (it->iterations - 1) * it->iteration_stride + (it->tokens - 1) * it->token_stride;
    const int64_t bytes = it->hidden * (it->dtype == LC_F64 ? 8 : it->dtype == LC_F32 ? 4 : 2);
    r->bits[r->count++] = tier->read(last, 0, bytes, it->hidden % 2 ? 1 : 4);
    r->parts[r->part_count - 1].count++;
    if (it->predicts) {
        status |= predict(it, tier, r);
    }
    begin(r, LC_PAIRS, 0); /* last: it uses the places of what is done with */
    for (int64_t wide = narrow ? 0 : 1; wide < 2 && it->pairs > 0; wide++) {
        status |= run_pairs(it, tier, wide, r);
    }
    if (it->directions >= 0) {
        status |= project(it, tier, r);
    }
    return status != LC_OK ? "refused what it accepts" : beyond ? "wrote beyond its sums" : 0;
}

const char *lc_find_places(const lc_tier *tier, lc_places places) {
    float plain[16], kept[16];
    for (int j = 0; j < 16; j++) {
        plain[j] = (float)j;
    }
    for (int64_t dtype = 0; dtype < LC_F64; dtype++) {
        unsigned seen = 0;
        if (tier->widen(plain, 0, 0, 1, 16, LC_F32, dtype, 0, kept, 0) == LC_OK) {
            for (int64_t j = 0; j < 16; j++) {
                int lane = (int)kept[j] & 15;
                places[dtype][lane] = j;
                seen |= 1u << lane;
            }
        }
        if (seen != 0xffff) {
            return "does not keep every lane of a widened row";
        }
    }
    return 0;
}
