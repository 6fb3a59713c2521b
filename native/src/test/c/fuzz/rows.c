/* Rows of the fuzzer: where they lie, and the bit patterns in them. */
#include "fuzz.h"

#if defined(__has_include)
#if __has_include(<sanitizer/asan_interface.h>)
#include <sanitizer/asan_interface.h>
#endif
#endif
#if !defined(ASAN_POISON_MEMORY_REGION)
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

uint64_t lc_take(lc_input *in, int bytes) {
    uint64_t value = 0;
    for (int i = 0; i < bytes && in->at < in->end; i++) {
        value |= (uint64_t)*in->at++ << 8 * i;
    }
    return value;
}

/* splitmix64 */
uint64_t lc_random(uint64_t *seed) {
    uint64_t z = *seed += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static const struct {
    int64_t bytes;
    int mantissa, exponent;
} formats[LC_DTYPES] = {[LC_BF16] = {2, 7, 8}, [LC_F16] = {2, 10, 5}, [LC_F32] = {4, 23, 8}, [LC_F64] = {8, 52, 11}};

int64_t lc_fuzz_bytes(int64_t dtype) { return formats[dtype].bytes; }

enum kind { RAW, NORMAL, NEAR, EQUAL, TINY, HUGE_ONES, SPRINKLED, ZEROS, KINDS };

/* Sign and mantissa at random, the exponent in [low, high]. */
static uint64_t number(int64_t dtype, uint64_t random, uint64_t low, uint64_t high) {
    int mantissa = formats[dtype].mantissa, exponent = formats[dtype].exponent;
    uint64_t e = low + (random >> 53) % (high - low + 1), sign = random >> 52 & 1;
    return sign << (mantissa + exponent) | e << mantissa | (random & (((uint64_t)1 << mantissa) - 1));
}

static uint64_t pattern(int64_t dtype, enum kind kind, uint64_t random, uint64_t base) {
    uint64_t top = ((uint64_t)1 << formats[dtype].exponent) - 1, one = top / 2;
    switch (kind) {
    case NORMAL:
        return number(dtype, random, one - 3, one + 3);
    case NEAR: /* apart in the last bits, as states are that have almost settled */
        return number(dtype, base, one - 3, one + 3) ^ (random & 3);
    case EQUAL:
        return number(dtype, base, one - 3, one + 3);
    case TINY:
        return number(dtype, random, 0, top / 8);
    case HUGE_ONES:
        return number(dtype, random, top - 1 - top / 8, top - 1);
    case SPRINKLED: /* infinity, NaN and zero here and there */
        if (random % 16 != 0) {
            return number(dtype, random, one - 3, one + 3);
        }
        return random & 16 ? number(dtype, random & 32 ? random : random & ~0xfffffffffffffu, top, top) : 0;
    case ZEROS:
        return number(dtype, random & ~0xfffffffffffffu, 0, 0);
    default:
        return random;
    }
}

void lc_fuzz_fill(char *to, int64_t n, int64_t dtype, int kind, uint64_t seed, uint64_t base) {
    for (int64_t i = 0; i < n; i++) {
        uint64_t bits = pattern(dtype, (enum kind)(kind % KINDS), lc_random(&seed), lc_random(&base));
        memcpy(to + i * formats[dtype].bytes, &bits, (size_t)formats[dtype].bytes); /* of a little-endian machine */
    }
}

lc_fuzz_rows lc_fuzz_rows_take(lc_input *in, int64_t iterations, int64_t tokens, int64_t hidden, int64_t dtype, uint64_t base) {
    lc_fuzz_rows rows = {.iterations = iterations, .tokens = tokens, .hidden = hidden, .dtype = dtype};
    const int64_t layout = (int64_t)lc_take(in, 1), bytes = hidden * formats[dtype].bytes;
    const int64_t apart = layout & 3, skew = apart ? 0 : layout >> 2 & 7;
    const int64_t step = apart ? ((bytes + 7) & ~(int64_t)7) + 8 * apart : bytes; /* whole shadow bytes between two rows */
    if (layout & 32) {
        rows.iteration_stride = step;
        rows.token_stride = step * iterations;
    } else {
        rows.iteration_stride = step * tokens;
        rows.token_stride = step;
    }
    if (layout >> 6 == 3) { /* all tokens are one */
        rows.token_stride = 0;
    }
    rows.bytes = skew + (iterations - 1) * rows.iteration_stride + (tokens - 1) * rows.token_stride + bytes;
    rows.block = malloc((size_t)rows.bytes);
    rows.first = rows.block + skew;
    memset(rows.block, 0x7f, (size_t)rows.bytes); /* NaN in most types: what is between rows is seen in a sum */
    if (apart) {
        ASAN_POISON_MEMORY_REGION(rows.block, (size_t)rows.bytes);
    }
    const int all = (int)lc_take(in, 1);
    for (int64_t i = 0; i < tokens; i++) {
        for (int64_t t = 0; t < iterations; t++) {
            char *row = rows.first + t * rows.iteration_stride + i * rows.token_stride;
            const int kind = all & 128 ? (int)lc_take(in, 1) : all;
            ASAN_UNPOISON_MEMORY_REGION(row, (size_t)bytes);
            lc_fuzz_fill(row, hidden, dtype, kind, lc_take(in, 2) + ((uint64_t)(t * tokens + i) << 16), base + (uint64_t)i);
        }
    }
    for (int patches = (int)lc_take(in, 1) % 4; patches > 0; patches--) { /* any bits at any place */
        const int64_t t = (int64_t)lc_take(in, 1) % iterations, i = (int64_t)lc_take(in, 1) % tokens, d = (int64_t)lc_take(in, 2) % hidden;
        const uint64_t bits = lc_take(in, (int)formats[dtype].bytes);
        memcpy(rows.first + t * rows.iteration_stride + i * rows.token_stride + d * formats[dtype].bytes, &bits, (size_t)formats[dtype].bytes);
    }
    return rows;
}

void lc_fuzz_rows_free(lc_fuzz_rows *rows) {
    ASAN_UNPOISON_MEMORY_REGION(rows->block, (size_t)rows->bytes);
    free(rows->block);
}
