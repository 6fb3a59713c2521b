/* The numbers of a tile: made of bits, without arithmetic, so that they are the same everywhere. */
#include "conformance.h"

#include <string.h>

static const struct {
    int bytes, fraction, exponent; /* bits of the fraction and of the exponent */
} formats[LC_DTYPES] = {
    [LC_BF16] = {2, 7, 8},
    [LC_F16] = {2, 10, 5},
    [LC_F32] = {4, 23, 8},
    [LC_F64] = {8, 52, 11},
};

enum kind {
    NORMAL,
    /* of another row */
    NEAR,
    ONE_AWAY,
    EQUAL,
    /* of their own */
    LARGEST,
    SMALLEST,
    SUBNORMAL,
    OVERFLOWING,  /* finite, but not their squares */
    UNDERFLOWING, /* normal, but not their squares */
    ZERO,
    ANY_BITS,
    WITH_SPECIAL, /* normal, with some NaN, infinities and zeros */
    KINDS
};

/* The rows that states and references are close to. */
static uint64_t base[LC_MOST_TOKENS][LC_MOST_HIDDEN];

static uint64_t number(uint64_t *random, int64_t dtype, enum kind kind, uint64_t like) {
    const int fraction_bits = formats[dtype].fraction, exponent_bits = formats[dtype].exponent;
    const uint64_t top = ((uint64_t)1 << exponent_bits) - 1, bias = top >> 1, r = lc_random(random);
    const uint64_t sign = (r >> 63) << (fraction_bits + exponent_bits), fraction = r & (((uint64_t)1 << fraction_bits) - 1);
    const uint64_t spread = r >> 53 & 7;
    uint64_t exponent = bias + spread - 4;
    switch (kind) {
    case NEAR:
        return like ^ (r & (((uint64_t)1 << fraction_bits / 2) - 1));
    case ONE_AWAY:
        return spread < 3 ? like : like ^ 1;
    case EQUAL:
        return like;
    case LARGEST:
        exponent = top - 1;
        break;
    case SMALLEST:
        exponent = 1 + spread / 2;
        break;
    case SUBNORMAL:
        exponent = 0;
        break;
    case OVERFLOWING:
        exponent = bias + bias / 2 - 2 + spread;
        break;
    case UNDERFLOWING:
        exponent = bias - bias / 2 + 14 - 2 * spread; /* on both sides of where a row is done again */
        break;
    case ZERO:
        return sign;
    case ANY_BITS:
        return r >> (64 - 8 * formats[dtype].bytes);
    case WITH_SPECIAL:
        switch (r >> 56 & 63) {
        case 0: return sign | top << fraction_bits;                                                   /* infinity */
        case 1: return sign | top << fraction_bits | (uint64_t)1 << (fraction_bits - 1) | (fraction & 3); /* NaN */
        case 2: return sign;
        default: break;
        }
        break;
    default:
        break;
    }
    return sign | exponent << fraction_bits | fraction;
}

/* Mostly the given kind. */
static enum kind some_kind(uint64_t *random, enum kind mostly) { return lc_below(random, 4) == 0 ? (enum kind)lc_below(random, KINDS) : mostly; }

static void fill(uint64_t *random, char *row, int64_t dtype, int64_t hidden, enum kind kind, const uint64_t *like) {
    const int64_t bytes = formats[dtype].bytes;
    for (int64_t d = 0; d < hidden; d++) {
        uint64_t bits = number(random, dtype, kind, like[d]);
        memcpy(row + d * bytes, &bits, (size_t)bytes);
    }
    if (lc_below(random, 16) == 0) { /* a single number that does not go with the others, where a tail is likely to lose it */
        uint64_t bits = number(random, dtype, (enum kind)lc_below(random, KINDS), like[hidden - 1]);
        memcpy(row + (lc_below(random, 2) ? hidden - 1 : lc_below(random, hidden)) * bytes, &bits, (size_t)bytes);
    }
}

void lc_fill_rows(lc_case *it, uint64_t *random, char *states) {
    const int64_t before = it->first < 2 ? it->first : 2;
    const enum kind bases = some_kind(random, NORMAL), mostly = (enum kind)lc_below(random, KINDS);
    for (int64_t i = 0; i < it->tokens; i++) {
        for (int64_t d = 0; d < it->hidden; d++) {
            base[i][d] = number(random, it->dtype, bases, 0);
        }
        for (int64_t t = -before; t < it->iterations; t++) {
            fill(random, states + t * it->iteration_stride + i * it->token_stride, it->dtype, it->hidden, some_kind(random, mostly), base[i]);
        }
    }
}

void lc_fill_source(uint64_t *random, char *row, int64_t dtype, int64_t hidden, int64_t like_dtype, int64_t token) {
    enum kind kind = some_kind(random, dtype == like_dtype ? (enum kind)(NEAR + lc_below(random, 3)) : NORMAL);
    if (dtype != like_dtype && (kind == NEAR || kind == ONE_AWAY || kind == EQUAL)) {
        kind = NORMAL;
    }
    fill(random, row, dtype, hidden, kind, base[token]);
}
