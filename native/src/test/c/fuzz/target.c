/* One input on every tier: all must give the bits of the scalar tier. */
#include "fuzz.h"

extern const lc_tier lc_tier_planted;
int lc_planted;

enum { MOST_TIERS = 16 };

static uint64_t tiles, refused, compared;
static const lc_tier *tiers[MOST_TIERS];
static int tier_count;

static void report(void) {
    printf("fuzzed %llu tiles (%llu refused) on", (unsigned long long)tiles, (unsigned long long)refused);
    for (int t = 0; t < tier_count; t++) {
        printf(" %s", tiers[t]->name);
    }
    printf(": compared %llu numbers\n", (unsigned long long)compared);
}

static void find_tiers(void) {
    for (int32_t i = 0; lc_tier_at(i); i++) {
        if (lc_tier_usable(i)) {
            tiers[tier_count++] = lc_tier_at(i);
        }
    }
    if (lc_planted != 0) {
        tiers[tier_count++] = &lc_tier_planted;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    atexit(report);
}

static double value_of(const lc_fuzz_outcome *out, int64_t i) {
    double v;
    memcpy(&v, &out->values[i], sizeof v);
    return v;
}

static void differ(const lc_tier *tier, const lc_fuzz_tile *c, const lc_fuzz_outcome *expected, const lc_fuzz_outcome *found, int64_t at) {
    static const char *const sides[] = {"alone", "fixed", "fixed_wide", "previous"};
    printf("%s differs from %s: %s, hidden %lld, %lld tokens, %lld iterations from %lld; status %d and %d; ", tier->name, tiers[0]->name,
           lc_dtype_name((int32_t)c->states.dtype), (long long)c->states.hidden, (long long)c->states.tokens, (long long)c->iterations, (long long)c->first,
           (int)expected->status, (int)found->status);
    const int64_t sums = c->states.tokens * c->iterations, r = at < expected->first_sum ? -1 : (at - expected->first_sum) / sums;
    if (r >= 0 && r < c->count) {
        const lc_fuzz_reduction *reduction = &c->reductions[r];
        const int64_t cell = (at - expected->first_sum) % sums;
        printf("reduction %lld, %s %s%s%s, token %lld, iteration %lld: ", (long long)r, lc_op_name((int32_t)reduction->op), sides[reduction->side],
               reduction->wide ? " wide" : "", reduction->redo ? " redo" : "", (long long)(cell / c->iterations), (long long)(cell % c->iterations));
    } else {
        printf(r < 0 ? "a widened row or a mean, number %lld: " : "a prediction, a projection or a checksum of memory, %lld: ", (long long)at);
    }
    printf("%a and %a\n", value_of(expected, at), value_of(found, at));
    fflush(stdout);
    abort();
}

/* libFuzzer hands its arguments over first; the other driver does the same. */
int LLVMFuzzerInitialize(int *count, char ***arguments) {
    for (int i = 1; i < *count; i++) {
        sscanf((*arguments)[i], "-planted=%d", &lc_planted);
    }
    find_tiers();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    lc_fuzz_tile tile;
    lc_fuzz_decode(&tile, (lc_input){data, data + size});
    const lc_fuzz_outcome expected = lc_fuzz_compute(tiers[0], &tile);
    for (int t = 1; t < tier_count; t++) {
        const lc_fuzz_outcome found = lc_fuzz_compute(tiers[t], &tile);
        int64_t at = 0;
        const int64_t end = expected.count + (expected.status == LC_OK ? 2 : 0);
        if (found.status == expected.status && found.count == expected.count) {
            for (; at < end && found.values[at] == expected.values[at]; at++) {
            }
        }
        if (at < end) {
            differ(tiers[t], &tile, &expected, &found, at);
        }
        compared += (uint64_t)end;
        free(found.values);
    }
    tiles++;
    refused += expected.status != LC_OK;
    free(expected.values);
    lc_fuzz_free(&tile);
    return 0;
}
