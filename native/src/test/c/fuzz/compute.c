/* What a tier makes of an input. */
#define _POSIX_C_SOURCE 200809L
#include "fuzz.h"

static void record(lc_fuzz_outcome *out, double value) {
    memcpy(&out->values[out->count], &value, sizeof value);
    if (value != value) {
        out->values[out->count] = 0x7ff8000000000000u;
    }
    out->count++;
}

static void record_all(lc_fuzz_outcome *out, const void *from, int64_t n, int wide) {
    for (int64_t i = 0; i < n; i++) {
        record(out, wide ? ((const double *)from)[i] : (double)((const float *)from)[i]);
    }
}

static int by_bits(const void *a, const void *b) {
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* A tier may arrange the elements of a step as it likes: each 16 are compared in order of their bits. */
static void record_steps(lc_fuzz_outcome *out, const void *from, int64_t n, int wide) {
    const int64_t start = out->count;
    record_all(out, from, n, wide);
    for (int64_t i = start; i < out->count; i += 16) {
        qsort(&out->values[i], 16, sizeof(uint64_t), by_bits);
    }
}

/* Memory for a tier's own use, aligned as Java's is and not a byte longer than asked for; filled with what would be seen in a sum. */
enum { MOST_REGIONS = 12 + 4 * LC_FUZZ_REFERENCES + LC_FUZZ_MOST };
typedef struct {
    char *regions[MOST_REGIONS];
    int count;
} memory;

static void *allocate(memory *m, int64_t bytes) {
    void *p;
    if (posix_memalign(&p, 64, (size_t)bytes) != 0) {
        abort();
    }
    memset(p, 0x7f, (size_t)bytes);
    if (m->count == MOST_REGIONS) {
        abort();
    }
    m->regions[m->count++] = p;
    return p;
}

/* The kernels take every address as an offset into one memory; blocks of their own have one, too. */
static int64_t offset(const void *work, const void *p) { return (int64_t)((uintptr_t)p - (uintptr_t)work); }

typedef struct {
    void *narrow[LC_FUZZ_REFERENCES], *wide[LC_FUZZ_REFERENCES];
    double *norms[LC_FUZZ_REFERENCES];
} references;

static void make_reference(const lc_tier *tier, const lc_fuzz_tile *c, int r, memory *m, void *work, lc_fuzz_outcome *out, references *made) {
    const int64_t hidden = c->states.hidden, padded = (hidden + 15) & ~(int64_t)15, tokens = c->states.tokens, dtype = lc_fuzz_source_dtype(c, r);
    const char *rows = c->references[r].first;
    int64_t stride = c->references[r].token_stride;
    if (c->mean_of[r] > 0) {
        const lc_fuzz_rows *s = &c->states;
        void *mean = allocate(m, tokens * hidden * lc_fuzz_bytes(dtype));
        out->status |= tier->mean(s->block, s->first - s->block + (s->iterations - c->mean_of[r]) * s->iteration_stride, s->iteration_stride, s->token_stride,
                                  c->mean_of[r], tokens, hidden, s->dtype, work, offset(work, mean));
        record_all(out, mean, tokens * hidden, dtype == LC_F64);
        rows = mean;
        stride = hidden * lc_fuzz_bytes(dtype);
    }
    made->wide[r] = allocate(m, tokens * padded * 8);
    out->status |= tier->widen(rows, 0, stride, tokens, hidden, dtype, c->states.dtype, 1, work, offset(work, made->wide[r]));
    record_steps(out, made->wide[r], tokens * padded, 1);
    made->narrow[r] = allocate(m, tokens * padded * 4);
    if (c->states.dtype != LC_F64 && dtype != LC_F64) {
        out->status |= tier->widen(rows, 0, stride, tokens, hidden, dtype, c->states.dtype, 0, work, offset(work, made->narrow[r]));
        record_steps(out, made->narrow[r], tokens * padded, 0);
    }
    made->norms[r] = allocate(m, tokens * 8);
    for (int64_t i = 0; i < tokens; i++) {
        double sum = 0;
        for (int64_t j = 0; j < padded; j++) { /* recorded in an order that is the same on every tier */
            double v;
            memcpy(&v, &out->values[out->count - tokens * padded * (c->states.dtype != LC_F64 && dtype != LC_F64 ? 2 : 1) + i * padded + j], sizeof v);
            sum += v * v;
        }
        made->norms[r][i] = sum;
    }
}

/* The weight as Java passes it: in float64, and as float32 arranged for the states. */
static void set_weight(const lc_tier *tier, const lc_fuzz_tile *c, memory *m, void *work, lc_fuzz_outcome *out, lc_tile *tile) {
    const int64_t hidden = c->states.hidden, padded = (hidden + 15) & ~(int64_t)15;
    double *wide = allocate(m, padded * 8);
    float *plain = allocate(m, hidden * 4);
    memset(wide, 0, (size_t)padded * 8);
    memcpy(wide, c->weight, (size_t)hidden * 8);
    tile->weight_wide = offset(work, wide);
    if (c->states.dtype != LC_F64) {
        void *narrow = allocate(m, padded * 4);
        for (int64_t d = 0; d < hidden; d++) {
            plain[d] = (float)c->weight[d];
        }
        out->status |= tier->widen(plain, 0, 0, 1, hidden, LC_F32, c->states.dtype, 0, work, offset(work, narrow));
        tile->weight = offset(work, narrow);
    }
}

/* The first token's states as logits. */
static void predict(const lc_tier *tier, const lc_fuzz_tile *c, memory *m, lc_fuzz_outcome *out) {
    const lc_fuzz_rows *s = &c->states;
    lc_prediction *made = allocate(m, c->iterations * (int64_t)sizeof *made);
    out->status |= tier->logits(s->block, s->first - s->block + c->before * s->iteration_stride, s->iteration_stride, c->first, c->iterations, s->hidden,
                                s->dtype, made, 0);
    for (int64_t t = 0; t < c->iterations; t++) {
        record_all(out, &made[t], offsetof(lc_prediction, argmax) / 8, 1);
        record(out, (double)made[t].argmax);
    }
}

enum { DIRECTIONS = 5 };

/* The first token's states on the first references, or on none, from one of these; and their sums. What they are weighted with may be anything. */
static void project(const lc_tier *tier, const lc_fuzz_tile *c, memory *m, references *made, lc_fuzz_outcome *out) {
    const lc_fuzz_rows *s = &c->states;
    const int64_t padded = (s->hidden + 15) & ~(int64_t)15, count = c->count % (DIRECTIONS + 1), columns = (count + 3) & ~(int64_t)3;
    const int64_t at = s->first - s->block + c->before * s->iteration_stride, rows = (c->iterations + 3) & ~(int64_t)3;
    lc_axes *axes = allocate(m, sizeof *axes);
    double *vectors = allocate(m, count * padded * 8 + 8), *coordinates = allocate(m, rows * columns * 8 + 8), *squares = allocate(m, c->iterations * 8);
    double *sums = allocate(m, columns * padded * 8 + 8), *shift = allocate(m, padded * 8);
    memcpy(shift, made->wide[0], (size_t)padded * 8); /* of the first token */
    for (int64_t k = 0; k < count; k++) {
        memcpy(vectors + k * padded, made->wide[(k + 1) % LC_FUZZ_REFERENCES], (size_t)padded * 8);
    }
    memset(sums, 0, (size_t)(columns * padded) * 8);
    *axes = (lc_axes){.scale = c->made_up[0],
                      .shift = offset(axes, shift),
                      .count = count,
                      .vectors = offset(axes, vectors),
                      .coordinates = offset(axes, coordinates),
                      .squares = c->count % 2 ? 0 : offset(axes, squares),
                      .sums = offset(axes, sums),
                      .scratch = offset(axes, allocate(m, LC_AXES_SCRATCH))};
    out->status |= tier->project(s->block, at, s->iteration_stride, c->iterations, s->hidden, s->dtype, axes, 0);
    out->status |= tier->combine(s->block, at, s->iteration_stride, c->iterations, s->hidden, s->dtype, axes, 0);
    for (int64_t t = 0; t < c->iterations; t++) {
        record_all(out, coordinates + t * columns, count, 1);
    }
    record_all(out, squares, axes->squares ? c->iterations : 0, 1);
    record_all(out, sums, count * padded, 1);
}

lc_fuzz_outcome lc_fuzz_compute(const lc_tier *tier, const lc_fuzz_tile *c) {
    const lc_fuzz_rows *s = &c->states;
    const int64_t padded = (s->hidden + 15) & ~(int64_t)15, sums = s->tokens * c->iterations;
    lc_fuzz_outcome out = {.values = malloc(sizeof(uint64_t) * (size_t)(LC_FUZZ_REFERENCES * 3 * s->tokens * padded + c->count * sums + 7 * c->iterations + 2 +
                                                             DIRECTIONS * padded + (DIRECTIONS + 1) * c->iterations))};
    memory m = {.count = 0};
    lc_tile *tile = allocate(&m, (int64_t)(sizeof *tile + sizeof(lc_reduction) * (size_t)c->count));
    *tile = (lc_tile){.states_offset = s->first - s->block + c->before * s->iteration_stride,
                      .iteration_stride = s->iteration_stride,
                      .token_stride = s->token_stride,
                      .first = c->first,
                      .iterations = c->iterations,
                      .tokens = s->tokens,
                      .hidden = s->hidden,
                      .dtype = s->dtype,
                      .eps = c->eps,
                      .reductions = c->count};
    double *made_up = allocate(&m, sums * 8);
    memcpy(made_up, c->made_up, (size_t)sums * 8);
    set_weight(tier, c, &m, tile, &out, tile);
    references made;
    for (int r = 0; r < LC_FUZZ_REFERENCES; r++) {
        make_reference(tier, c, r, &m, tile, &out, &made);
    }
    double *results[LC_FUZZ_MOST];
    for (int r = 0; r < c->count; r++) {
        const lc_fuzz_reduction *from = &c->reductions[r];
        results[r] = allocate(&m, sums * 8);
        tile->reduction[r] = (lc_reduction){.op = from->op,
                                            .side = from->side,
                                            .wide = from->wide,
                                            .redo = from->redo,
                                            .reference = offset(tile, from->side == LC_FIXED ? made.narrow[from->reference] : made.wide[from->reference]),
                                            .sums = offset(tile, results[r]),
                                            .x_norms = offset(tile, from->x_norms < 0 ? made_up : results[from->x_norms]),
                                            .y_norms = offset(tile, made.norms[from->reference]),
                                            .cross = from->is_weighted ? offset(tile, from->cross < 0 ? made_up : results[from->cross]) : 0,
                                            .diff2 = offset(tile, from->diff2 < 0 ? made_up : results[from->diff2]),
                                            .along = offset(tile, from->along < 0 ? made_up : results[from->along]),
                                            .weighted_x_norms = offset(tile, from->x_norms < 0 ? made_up : results[from->x_norms]),
                                            .weighted_y_norms = offset(tile, made.norms[from->reference])};
    }
    out.first_sum = out.count;
    if (out.status == LC_OK) {
        out.status = tier->measure(s->block, tile, 0);
        for (int r = 0; r < c->count; r++) {
            record_all(&out, results[r], sums, 1);
        }
        if (s->hidden % 8 == 1) { /* not always: the scalar tier has to round multiply-adds by itself */
            predict(tier, c, &m, &out);
        }
        if (s->hidden % 8 == 2) {
            project(tier, c, &m, &made, &out);
        }
        const uint64_t checksums[2] = {tier->read(c->weight, 0, s->hidden * 8, 1), tier->read(c->weight, 0, s->hidden * 8, 4)};
        memcpy(&out.values[out.count], checksums, sizeof checksums);
    }
    for (int i = 0; i < m.count; i++) {
        free(m.regions[i]);
    }
    return out;
}
