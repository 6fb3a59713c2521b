/* Bytes to a tile. Every sequence of bytes is one; most are such that the kernels accept them. */
#include "fuzz.h"

enum kind { alone, pair, back, ready, made };

static const enum kind kinds[LC_OPS] = {
#define LC_OP(name, NAME, kind) [LC_##NAME] = kind,
#include "kernels.def"
};

static int64_t take_hidden(lc_input *in) {
    static const int64_t around_blocks[] = {511, 512, 513, 528, 1023, 1024, 1025, 1041};
    const int64_t size = (int64_t)lc_take(in, 1);
    return size < 232 ? 1 + size % 70 : size < 248 ? around_blocks[size % 8] : 1 + (int64_t)lc_take(in, 2) % 1600;
}

static double take_eps(lc_input *in) {
    static const double usual[] = {1e-6, 1e-5, 0, 0x1p-1074};
    const uint64_t which = lc_take(in, 1);
    double eps = usual[which % 4];
    if (which >= 224) { /* any bits */
        const uint64_t bits = lc_take(in, 8);
        memcpy(&eps, &bits, sizeof eps);
    }
    return eps;
}

/* What a reduction rests on, if an earlier one computes it. */
static int find_basis(const lc_fuzz_tile *tile, const lc_fuzz_reduction *r, int64_t op) {
    for (int j = 0; j < tile->count; j++) {
        const lc_fuzz_reduction *b = &tile->reductions[j];
        if (b->op == op && b->wide == r->wide && !b->redo && (kinds[op] == alone || (b->side == r->side && b->reference == r->reference))) {
            return j;
        }
    }
    return -1;
}

/* Makes a reduction one that has a meaning. */
static void repair(const lc_fuzz_tile *tile, lc_fuzz_reduction *r) {
    const int narrow = tile->states.dtype != LC_F64 && lc_fuzz_source_dtype(tile, r->reference) != LC_F64;
    r->wide = tile->states.dtype == LC_F64 ? 1 : r->wide;
    switch (kinds[r->op]) {
    case alone:
        r->side = LC_ALONE;
        break;
    case back:
        r->side = LC_PREVIOUS;
        break;
    case ready:
        r->side = LC_FIXED_WIDE;
        break;
    case made:
        r->side = narrow && r->side == LC_FIXED ? LC_FIXED : LC_FIXED_WIDE;
        break;
    case pair:
        r->side = r->side == LC_PREVIOUS ? LC_PREVIOUS : narrow && r->side == LC_FIXED ? LC_FIXED : LC_FIXED_WIDE;
        break;
    }
    if (r->side == LC_FIXED_WIDE) {
        r->wide = 1;
    }
}

static void add(lc_fuzz_tile *tile, lc_fuzz_reduction r, int as_it_is) {
    if (!as_it_is) {
        repair(tile, &r);
    }
    r.x_norms = find_basis(tile, &r, LC_NORM2);
    r.cross = find_basis(tile, &r, LC_CROSS);
    r.diff2 = find_basis(tile, &r, r.is_weighted ? LC_WEIGHTED_DIFF2 : LC_DIFF2);
    r.along = find_basis(tile, &r, r.is_weighted ? LC_WEIGHTED_ALONG : LC_ALONG);
    tile->reductions[tile->count++] = r;
}

static void take_reductions(lc_fuzz_tile *tile, lc_input *in) {
    const int size = (int)lc_take(in, 1), count = size == 255 ? LC_MAX_REDUCTIONS : size == 254 ? LC_FUZZ_MOST : 1 + size % 10;
    const uint64_t usual = lc_take(in, 2);
    const lc_fuzz_reduction most = {.side = (int64_t)(usual & 3), .wide = usual >> 2 & 1, .reference = (int)(usual >> 4 & 15) % LC_FUZZ_REFERENCES};
    if (usual >> 8 & 1 && count < LC_MAX_REDUCTIONS - 2) {
        lc_fuzz_reduction basis = most;
        static const int64_t plain[] = {LC_NORM2, LC_DIFF2, LC_ALONG}, weighted[] = {LC_CROSS, LC_WEIGHTED_DIFF2, LC_WEIGHTED_ALONG};
        for (int i = 0; i < 3; i++) {
            basis.op = (usual >> 9 & 1 ? weighted : plain)[i];
            add(tile, basis, 0);
        }
    }
    const int as_they_are = usual >> 12 == 15;
    for (const int end = tile->count + count; tile->count < end && tile->count < LC_FUZZ_MOST;) {
        const uint64_t bits = lc_take(in, 2);
        lc_fuzz_reduction r = most; /* most share a side, so that kernels of several reductions are used */
        if ((bits >> 8 & 3) == 0) {
            r.side = (int64_t)(bits >> 10 & 3);
            r.wide = bits >> 12 & 1;
            r.reference = (int)(bits >> 13 & 3) % LC_FUZZ_REFERENCES;
        }
        r.op = (int64_t)(bits & 255) % (as_they_are ? LC_OPS + 1 : LC_OPS);
        r.redo = bits >> 15 & 1;
        r.is_weighted = usual >> 9 & 1;
        add(tile, r, as_they_are);
    }
}

int64_t lc_fuzz_source_dtype(const lc_fuzz_tile *tile, int reference) {
    if (tile->mean_of[reference] > 0) {
        return tile->states.dtype == LC_F64 ? LC_F64 : LC_F32;
    }
    return tile->references[reference].dtype;
}

void lc_fuzz_decode(lc_fuzz_tile *tile, lc_input in) {
    memset(tile, 0, sizeof *tile);
    const int64_t hidden = take_hidden(&in), dtype = (int64_t)lc_take(&in, 1) % LC_DTYPES;
    tile->iterations = 1 + (int64_t)lc_take(&in, 1) % 9;
    const int64_t tokens = 1 + (int64_t)lc_take(&in, 1) % 3;
    tile->first = (int64_t)lc_take(&in, 1) % 4;
    tile->before = tile->first < 2 ? tile->first : 2;
    tile->eps = take_eps(&in);
    const uint64_t base = lc_take(&in, 2), references = lc_take(&in, 4);
    for (int r = 0; r < LC_FUZZ_REFERENCES; r++) {
        const int64_t type = (int64_t)(references >> 8 * r & 7), last = (int64_t)(references >> (8 * r + 3) & 15);
        tile->mean_of[r] = type < 6 ? 0 : 1 + last % tile->iterations;
        tile->references[r].dtype = type < 4 ? type : dtype;
    }
    tile->states.dtype = dtype;
    take_reductions(tile, &in);
    tile->states = lc_fuzz_rows_take(&in, tile->before + tile->iterations, tokens, hidden, dtype, base);
    for (int r = 0; r < LC_FUZZ_REFERENCES; r++) {
        tile->references[r] = lc_fuzz_rows_take(&in, 1, tokens, hidden, tile->references[r].dtype, base);
    }
    tile->weight = malloc((size_t)hidden * sizeof(double));
    lc_fuzz_fill((char *)tile->weight, hidden, LC_F64, (int)lc_take(&in, 1), lc_take(&in, 2), base);
    const int64_t sums = tokens * tile->iterations;
    tile->made_up = malloc((size_t)sums * sizeof(double));
    lc_fuzz_fill((char *)tile->made_up, sums, LC_F64, (int)lc_take(&in, 1), lc_take(&in, 2), base);
}

void lc_fuzz_free(lc_fuzz_tile *tile) {
    lc_fuzz_rows_free(&tile->states);
    for (int r = 0; r < LC_FUZZ_REFERENCES; r++) {
        lc_fuzz_rows_free(&tile->references[r]);
    }
    free(tile->weight);
    free(tile->made_up);
}
