/* Random tiles: shapes at the edges of steps and blocks, any strides and addresses, and any reductions that measure accepts. */
#include "conformance.h"

#include <string.h>

static const int64_t bytes_of[LC_DTYPES] = {
#define LC_DTYPE(name, NAME, bytes) bytes,
#include "kernels.def"
};

/* Takes room at one end of a region, next to a hole. Tables of numbers are aligned; states are not. */
static char *place(uint64_t *random, enum lc_region region, int64_t bytes, int64_t alignment) {
    char *start = lc_region(region);
    return lc_below(random, 4) == 0 ? start : start + ((LC_REGION_BYTES - bytes) & -alignment);
}

static int64_t some_hidden(uint64_t *random) {
    static const int64_t edges[] = {1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 47, 63, 64, 65, 127, 255, 511, 512, 513, 527, 1023, 1024, 1025, LC_MOST_HIDDEN};
    switch (lc_below(random, 4)) {
    case 0: return 1 + lc_below(random, LC_MOST_HIDDEN);
    case 1: return 1 + lc_below(random, 64);
    default: return edges[lc_below(random, (int64_t)(sizeof edges / sizeof edges[0]))];
    }
}

/* Few, or of short rows at times more than the walk sums together. */
static int64_t some_tokens(uint64_t *random, int64_t hidden) { return 1 + lc_below(random, hidden <= 64 && lc_below(random, 4) == 0 ? LC_MOST_TOKENS : 3); }

/* Between rows: nothing, whole elements, or bytes, so that rows start anywhere. */
static int64_t gap(uint64_t *random, int64_t element) {
    int64_t kind = lc_below(random, 3);
    return kind == 0 ? 0 : kind == 1 ? element * lc_below(random, 20) : lc_below(random, 80);
}

static void make_states(lc_case *it, uint64_t *random) {
    const int64_t row = it->hidden * bytes_of[it->dtype], before = it->first < 2 ? it->first : 2;
    if (lc_below(random, 2)) { /* a token's iterations one after another */
        it->iteration_stride = row + gap(random, bytes_of[it->dtype]);
        it->token_stride = it->iteration_stride * (it->iterations + before) + gap(random, bytes_of[it->dtype]);
    } else {
        it->token_stride = row + gap(random, bytes_of[it->dtype]);
        it->iteration_stride = it->token_stride * it->tokens + gap(random, bytes_of[it->dtype]);
    }
    const int64_t bytes = (it->iterations + before - 1) * it->iteration_stride + (it->tokens - 1) * it->token_stride + row;
    char *start = place(random, LC_STATES, bytes, 1);
    memset(start, 0xff, (size_t)bytes); /* NaN between the rows */
    it->states = start + before * it->iteration_stride;
    lc_fill_rows(it, random, start + before * it->iteration_stride);
}

/* The row that a fixed side is widened from: of any type, or the mean of the states. */
static char *make_source(const lc_case *it, uint64_t *random, enum lc_region region, int64_t dtype, int64_t *stride) {
    const int64_t row = it->hidden * bytes_of[dtype];
    *stride = row + gap(random, bytes_of[dtype]);
    char *start = place(random, region, (it->tokens - 1) * *stride + row, 1);
    for (int64_t i = 0; i < it->tokens; i++) {
        lc_fill_source(random, start + i * *stride, dtype, it->hidden, it->dtype, i);
    }
    return start;
}

static void make_sources(lc_case *it, uint64_t *random) {
    const int wide_states = it->dtype == LC_F64;
    it->means = place(random, LC_MEANS, it->tokens * it->hidden * (wide_states ? 8 : 4), wide_states ? 8 : 4);
    int64_t dtype = lc_below(random, 2) ? it->dtype : lc_below(random, LC_DTYPES), stride;
    if (dtype == LC_F64) {
        dtype = LC_F32; /* a float64 row is never read into float32 lanes */
    }
    it->source.row = make_source(it, random, LC_SOURCE, dtype, &stride);
    it->source.dtype = dtype;
    it->source.token_stride = stride;
    if (!wide_states && lc_below(random, 4) == 0) {
        it->source.row = it->means;
        it->source.dtype = LC_F32;
        it->source.token_stride = it->hidden * 4;
    }
    dtype = lc_below(random, 2) ? it->dtype : lc_below(random, LC_DTYPES);
    it->source_wide.row = make_source(it, random, LC_SOURCE_WIDE, dtype, &stride);
    it->source_wide.dtype = dtype;
    it->source_wide.token_stride = stride;
    if (lc_below(random, 4) == 0) {
        it->source_wide.row = it->means;
        it->source_wide.dtype = wide_states ? LC_F64 : LC_F32;
        it->source_wide.token_stride = it->hidden * (wide_states ? 8 : 4);
    }
    it->source.tokens = it->source_wide.tokens = it->tokens;

    dtype = lc_below(random, wide_states ? LC_DTYPES : LC_F64);
    char *weight = place(random, LC_SOURCE_WEIGHT, it->hidden * bytes_of[dtype], 1);
    lc_fill_source(random, weight, dtype, it->hidden, -1, 0);
    it->source_weight.row = weight;
    it->source_weight.dtype = dtype;
    it->source_weight.token_stride = 0;
    it->source_weight.tokens = 1;

    const int64_t padded = (it->hidden + 15) & ~(int64_t)15;
    it->row = place(random, LC_ROW, it->tokens * padded * 4, 4);
    it->row_wide = place(random, LC_ROW_WIDE, it->tokens * padded * 8, 8);
    it->weight = place(random, LC_WEIGHT, padded * 4, 4);
    it->weight_wide = place(random, LC_WEIGHT_WIDE, padded * 8, 8);
}

static int starts_with(const char *text, const char *prefix) {
    while (*prefix && *text == *prefix) {
        text++;
        prefix++;
    }
    return !*prefix;
}

/* The reductions, in the order of the tile, and room for their sums. */
typedef struct {
    lc_case *it;
    const char *work;
    char *next; /* room for sums; a number between tables stays as it is */
    lc_reduction asked[LC_MAX_REDUCTIONS];
    int64_t count;
    int64_t basis[LC_OPS][LC_SIDES][2]; /* sums that other reductions rest on; 0: not asked for yet */
} plan;

static char *room(plan *p, int64_t count) {
    char *table = p->next;
    p->next += (count + 1) * 8;
    return table;
}

static int64_t ask(plan *p, int64_t op, int64_t side, int64_t wide, int64_t redo) {
    const char *row = side == LC_FIXED_WIDE ? p->it->row_wide : p->it->row;
    int64_t sums = room(p, p->it->tokens * p->it->iterations) - p->work;
    p->asked[p->count++] = (lc_reduction){.op = op, .side = side, .wide = wide, .redo = redo, .reference = row - p->work, .sums = sums};
    return sums;
}

/* Sums without redo, shared by all that rest on them. */
static int64_t ask_once(plan *p, int64_t op, int64_t side, int64_t wide) {
    int64_t *sums = &p->basis[op][side][wide];
    if (*sums == 0) {
        *sums = ask(p, op, side, wide, 0);
    }
    return *sums;
}

/* What a reduction rests on is asked for before it. */
static void ask_all_of(plan *p, uint64_t *random, const lc_kind *kind) {
    const int normalized = starts_with(lc_op_name((int32_t)kind->op), "normalized"), ready = normalized && starts_with(lc_op_name((int32_t)kind->op) + 10, "_to");
    const int made = kind->op == LC_STATE_NORM2 || kind->op == LC_WEIGHTED_STATE_NORM2, fixed = kind->side == LC_FIXED || kind->side == LC_FIXED_WIDE;
    const int weighted = made ? kind->op == LC_WEIGHTED_STATE_NORM2 : (int)lc_below(random, 2), of_pair = made || (normalized && !ready);
    lc_reduction rests = {0};
    if (normalized) {
        rests.x_norms = ask_once(p, LC_NORM2, LC_ALONE, kind->wide);
        rests.weighted_x_norms = ask_once(p, weighted ? LC_WEIGHTED_NORM2 : LC_NORM2, LC_ALONE, kind->wide);
    }
    if (of_pair) {
        rests.cross = weighted && !made ? ask_once(p, LC_CROSS, kind->side, kind->wide) : 0;
        rests.diff2 = ask_once(p, weighted ? LC_WEIGHTED_DIFF2 : LC_DIFF2, kind->side, kind->wide);
        rests.along = ask_once(p, weighted ? LC_WEIGHTED_ALONG : LC_ALONG, kind->side, kind->wide);
    }
    if (of_pair && fixed) {
        char **y_norms = &p->it->y_norms[kind->side][kind->wide];
        *y_norms = *y_norms ? *y_norms : room(p, p->it->tokens);
        /* Weighted or not, the same sum: what is made of it is not right then, and has to be the same everywhere all the more. */
        rests.y_norms = rests.weighted_y_norms = *y_norms - p->work;
    }
    ask(p, kind->op, kind->side, kind->wide, kind->redo);
    lc_reduction *r = &p->asked[p->count - 1];
    r->x_norms = rests.x_norms;
    r->y_norms = rests.y_norms;
    r->cross = rests.cross;
    r->diff2 = rests.diff2;
    r->along = rests.along;
    r->weighted_x_norms = rests.weighted_x_norms;
    r->weighted_y_norms = rests.weighted_y_norms;
}

static void make_tile(lc_case *it, uint64_t *random, const lc_kinds *kinds, const lc_kind *focus) {
    static const double epsilons[] = {1e-5, 1e-6, 0, 1};
    plan p = {.it = it, .work = lc_region(LC_TILE)};
    memset(it->y_norms, 0, sizeof it->y_norms);
    const int64_t tables = 2 * (2 + 5 * (LC_SIDES - 1)) + 2 * LC_SIDES + LC_MOST_ASKED;
    p.next = place(random, LC_SUMS, tables * 8 * (it->tokens * it->iterations + 1), 8);
    /* Alone, or somewhere among others: lanes and walks are shared. */
    const int64_t most[] = {0, 0, 3, LC_MOST_ASKED - 1}, others = lc_below(random, 1 + most[lc_below(random, 4)]);
    const int64_t position = lc_below(random, others + 1);
    for (int64_t i = 0; i <= others; i++) {
        const lc_kind *kind = focus;
        while (i != position && (kind = &kinds->kinds[lc_below(random, kinds->count)])->dtype != it->dtype) {
        }
        ask_all_of(&p, random, kind);
    }
    const int64_t bytes = (int64_t)sizeof(lc_tile) + p.count * (int64_t)sizeof(lc_reduction);
    it->tile = (lc_tile *)(void *)place(random, LC_TILE, bytes, 8);
    *it->tile = (lc_tile){
        .states_offset = it->states - lc_region(LC_STATES),
        .iteration_stride = it->iteration_stride,
        .token_stride = it->token_stride,
        .first = it->first,
        .iterations = it->iterations,
        .tokens = it->tokens,
        .hidden = it->hidden,
        .dtype = it->dtype,
        .weight = it->weight - p.work,
        .weight_wide = it->weight_wide - p.work,
        .eps = epsilons[lc_below(random, 4)],
        .reductions = p.count,
    };
    memcpy(it->tile->reduction, p.asked, (size_t)p.count * sizeof(lc_reduction));
}

void lc_make_case(lc_case *it, uint64_t seed, uint64_t round, const lc_kinds *kinds) {
    uint64_t random = seed ^ round * 0xd1342543de82ef95u;
    const lc_kind *focus = &kinds->kinds[round % (uint64_t)kinds->count]; /* every kind as often */
    it->dtype = focus->dtype;
    it->hidden = some_hidden(&random);
    it->iterations = 1 + lc_below(&random, LC_MOST_ITERATIONS);
    it->tokens = some_tokens(&random, it->hidden);
    it->first = lc_below(&random, 4);
    make_states(it, &random);
    make_sources(it, &random);
    make_tile(it, &random, kinds, focus);
    it->pairs = lc_below(&random, 8) == 0 ? it->iterations : 0;
    it->predicts = lc_below(&random, 6) == 0;
    it->directions = lc_below(&random, 8) == 0 ? lc_below(&random, LC_MOST_DIRECTIONS + 1) : -1;
}
