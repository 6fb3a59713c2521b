/* Numbers to text and words to numbers, without a library. */
#include "conformance.h"

static void put_in_base(uint64_t number, unsigned base) {
    char text[24];
    int at = (int)sizeof text;
    text[--at] = 0;
    do {
        text[--at] = "0123456789abcdef"[number % base];
        number /= base;
    } while (number > 0);
    lc_put(text + at);
}

void lc_put_number(uint64_t number) { put_in_base(number, 10); }

void lc_put_hex(uint64_t number) {
    lc_put("0x");
    put_in_base(number, 16);
}

/* What follows the beginning of a word; null if no word begins so. */
static const char *after(const char *words, const char *beginning) {
    for (const char *p = words; *p; p++) {
        if (p == words || p[-1] == ' ') {
            const char *q = p, *b = beginning;
            while (*b && *q == *b) {
                q++;
                b++;
            }
            if (!*b) {
                return q;
            }
        }
    }
    return 0;
}

int lc_has_word(const char *words, const char *word) {
    const char *end = after(words, word);
    return end && (*end == 0 || *end == ' ');
}

uint64_t lc_word(const char *words, const char *name, uint64_t otherwise) {
    const char *p = after(words, name);
    if (!p || *p++ != '=') {
        return otherwise;
    }
    uint64_t number = 0;
    for (; *p >= '0' && *p <= '9'; p++) {
        number = 10 * number + (uint64_t)(*p - '0');
    }
    return number;
}
