/* Runs the tiles, compares and counts. */
#include "conformance.h"

#include <string.h>

static const char *column_name(int64_t column) {
    switch (column) {
    case LC_WIDEN:
        return "widen";
    case LC_MEAN:
        return "mean";
    case LC_READ:
        return "read";
    case LC_LOGITS:
        return "logits";
    case LC_PAIRS:
        return "pairs";
    case LC_PROJECT:
        return "project";
    case LC_COMBINE:
        return "combine";
    default:
        return lc_op_name((int32_t)column);
    }
}

enum { MOST_TIERS = 8, MOST_REPORTS = 12 };

static lc_results expected, got;

typedef struct {
    const lc_tier *tier;
    lc_places places;
    uint64_t cells[LC_COLUMNS][LC_DTYPES], all_cells, differ, hash;
} tally;

static tally tallies[MOST_TIERS];
static lc_kinds kinds;
const char *volatile lc_at_tier = "none";
volatile uint64_t lc_at_round;

static void check(tally *t, const char *wrong) {
    if (wrong && t->differ++ < MOST_REPORTS) {
        lc_put("FAILED ");
        lc_put(t->tier->name);
        lc_put(" round ");
        lc_put_number(lc_at_round);
        lc_put(": ");
        lc_put(wrong);
        lc_put("\n");
    }
}

static void report(const lc_case *it, const tally *t, const lc_part *p, int64_t index, uint64_t is, uint64_t wanted) {
    static const char *const sides[] = {"alone", "fixed", "fixed_wide", "previous"};
    const struct {
        const char *name;
        int64_t value;
    } facts[] = {{" hidden ", it->hidden}, {" iterations ", it->iterations}, {" tokens ", it->tokens}, {" first ", it->first},
                 {" reductions ", it->tile->reductions}, {": result ", index}};
    lc_put("DIFFERS ");
    lc_put(t->tier->name);
    lc_put(" round ");
    lc_put_number(lc_at_round);
    lc_put(" ");
    lc_put(column_name(p->column));
    lc_put(" ");
    lc_put(lc_dtype_name((int32_t)it->dtype));
    if (p->reduction) {
        lc_put(" ");
        lc_put(sides[p->reduction->side]);
        lc_put(p->reduction->wide ? " float64" : " float32");
        lc_put(p->reduction->redo ? " redo" : "");
    }
    for (unsigned i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        lc_put(facts[i].name);
        lc_put_number((uint64_t)facts[i].value);
    }
    lc_put(" is ");
    lc_put_hex(is);
    lc_put(", expected ");
    lc_put_hex(wanted);
    lc_put("\n");
}

static void compare(const lc_case *it, tally *t, const lc_results *r) {
    int64_t at = 0;
    for (int64_t i = 0; i < r->part_count; i++) {
        const lc_part *p = &r->parts[i];
        t->cells[p->column][it->dtype] += (uint64_t)p->count;
        t->all_cells += (uint64_t)p->count;
        for (int64_t k = 0; k < p->count; k++, at++) {
            t->hash = ((t->hash << 7 | t->hash >> 57) ^ r->bits[at]) * 0x9e3779b97f4a7c15u;
            if (r->bits[at] != expected.bits[at] && t->differ++ < MOST_REPORTS) {
                report(it, t, p, k, r->bits[at], expected.bits[at]);
            }
        }
    }
}

static int accepts(const lc_tier *tier, const lc_kind *kind) {
    static uint64_t memory[(sizeof(lc_tile) + sizeof(lc_reduction)) / 8];
    lc_tile *tile = (lc_tile *)(void *)memory; /* without iterations: nothing is read */
    *tile = (lc_tile){.dtype = kind->dtype, .hidden = 1, .reductions = 1};
    tile->reduction[0] = (lc_reduction){.op = kind->op, .side = kind->side, .wide = kind->wide, .redo = kind->redo};
    return tier->measure(memory, memory, 0) == LC_OK;
}

/* Every kind that the scalar tier accepts, and no other, must be accepted by all. */
static void find_kinds(const lc_tier *scalar, int64_t count) {
    kinds.count = 0;
    for (int64_t i = 0; i < (int64_t)LC_DTYPES * LC_OPS * LC_SIDES * 4; i++) {
        lc_kind kind = {.dtype = i % LC_DTYPES, .op = i / LC_DTYPES % LC_OPS, .side = i / LC_DTYPES / LC_OPS % LC_SIDES};
        kind.wide = i / LC_DTYPES / LC_OPS / LC_SIDES % 2;
        kind.redo = i / LC_DTYPES / LC_OPS / LC_SIDES / 2;
        if (kind.redo && kind.wide) {
            continue; /* nothing to redo in */
        }
        int accepted = accepts(scalar, &kind);
        for (int64_t k = 0; k < count; k++) {
            if (accepts(tallies[k].tier, &kind) != accepted) {
                check(&tallies[k], "accepts other reductions than the scalar tier");
            }
        }
        if (accepted && kinds.count < LC_MOST_KINDS) {
            kinds.kinds[kinds.count++] = kind;
        }
    }
}

static void run(const lc_case *it, tally *t, lc_results *results) {
    lc_at_tier = t->tier->name;
    check(t, lc_run_case(it, t->tier, t->places, results));
}

static void summarize(const tally *t) {
    for (int64_t column = 0; column < LC_COLUMNS; column++) {
        for (int64_t dtype = 0; dtype < LC_DTYPES; dtype++) {
            if (t->cells[column][dtype] > 0) {
                lc_put("cells ");
                lc_put(t->tier->name);
                lc_put(" ");
                lc_put(column_name(column));
                lc_put(" ");
                lc_put(lc_dtype_name((int32_t)dtype));
                lc_put(" ");
                lc_put_number(t->cells[column][dtype]);
                lc_put("\n");
            }
        }
    }
}

uint64_t lc_conformance(const char *words) {
    const uint64_t seed = lc_word(words, "seed", 1);
    tally reference = {.tier = lc_tier_at(0)};
    int64_t count = 0;
    memset(tallies, 0, sizeof tallies);
    for (int32_t i = 0; lc_tier_at(i) && count < MOST_TIERS; i++) {
        if (lc_tier_usable(i)) {
            const lc_tier *wrong = lc_wrong_tier(words, lc_tier_at(i));
            tallies[count++].tier = wrong ? wrong : lc_tier_at(i);
            i = wrong ? INT32_MAX - 1 : i;
        }
    }
    check(&reference, lc_find_places(reference.tier, reference.places));
    for (int64_t i = 0; i < count; i++) {
        check(&tallies[i], lc_find_places(tallies[i].tier, tallies[i].places));
    }
    find_kinds(reference.tier, count);
    const uint64_t rounds = lc_word(words, "rounds", lc_word(words, "passes", 1) * (uint64_t)kinds.count); /* a pass has every kind once */
    lc_put("seed ");
    lc_put_number(seed);
    lc_put(", rounds ");
    lc_put_number(rounds);
    lc_put(", kinds of reduction ");
    lc_put_number((uint64_t)kinds.count);
    lc_put("\n");
    for (uint64_t round = 0; round < rounds; round++) {
        static lc_case it;
        lc_at_round = round;
        lc_make_case(&it, seed, round, &kinds);
        run(&it, &reference, &expected);
        for (int64_t i = 0; i < count; i++) {
            if (tallies[i].tier == reference.tier) {
                compare(&it, &tallies[i], &expected);
            } else {
                run(&it, &tallies[i], &got);
                compare(&it, &tallies[i], &got);
            }
        }
    }
    lc_at_tier = "none";
    uint64_t differ = reference.differ;
    for (int64_t i = 0; i < count; i++) {
        summarize(&tallies[i]);
        differ += tallies[i].differ;
    }
    for (int64_t i = 0; i < count; i++) {
        lc_put("conformance ");
        lc_put(tallies[i].tier->name);
        lc_put(" against scalar: ");
        lc_put_number(tallies[i].all_cells);
        lc_put(" cells, ");
        lc_put_number(tallies[i].differ);
        lc_put(" differ, hash ");
        lc_put_hex(tallies[i].hash);
        lc_put("\n");
    }
    return differ;
}
