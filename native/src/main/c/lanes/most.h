/* Maxima of magnitudes, which order as their bits do, NaN above infinity: whoever takes the larger number of bits loses no NaN. */
#ifndef LC_MOST_H
#define LC_MOST_H

#include <stdint.h>
#include <string.h>

/* Without a branch, which would be guessed wrong in a row's first blocks, where a new maximum is as likely as not. */
static inline void lc_keep(double *most, double found) {
    uint64_t had, bits;
    memcpy(&had, most, sizeof had);
    memcpy(&bits, &found, sizeof bits);
    had = bits > had ? bits : had;
    memcpy(most, &had, sizeof had);
}

/* Of one or more rows, from what a function leaves of the lanes of each. */
#define LC_KEEP_MOST(L)                                                                                                                                \
    static inline void L##_keep_most(double *most, const L *acc, int rows) {                                                                           \
        for (int k = 0; k < rows; k++) {                                                                                                               \
            lc_keep(most + k, L##_most(acc[k]));                                                                                                       \
        }                                                                                                                                              \
    }

#endif
