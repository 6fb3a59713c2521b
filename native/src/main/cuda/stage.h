/*
 * From memory to shared memory: 1024 bytes of each of a warp's rows, by copies of 16 bytes that are consecutive over the warp, all on their way together and through no register (from
 * sm_80 on; before, the compiler makes loads and stores of them). Whatever the strides, the alignment and the length of a row: what follows finds elements in order, padded with zeros
 * to a whole number of 16. No byte beyond a row is read.
 */
#ifndef LC_STAGE_H
#define LC_STAGE_H

#include "team.h"

/* Elements [first, n) of a row and zeros up to `padded`. */
template <class T> LC_INLINE void lc_stage_elements(char *to, const char *from, int first, int n, int padded, int lane) {
    for (int e = first + lane; e < padded; e += 32) {
        ((typename T::number *)to)[e] = e < n ? lc_number_at<typename T::number>(from + e * T::BYTES) : 0;
    }
}

/* n elements of a piece of all rows. */
template <class T> LC_INLINE void lc_stage(lc_memory<T> *m, const lc_self *me, const lc_lines *x, int piece, int n) {
    char(*rows)[T::PITCH] = m->rows[me->warp];
    const int full = x->aligned ? n * T::BYTES / 16 : 0, rest = full * (16 / T::BYTES), padded = (n + 15) & ~15;
    const int64_t from = (int64_t)piece * T::CHUNK * T::BYTES;
    __syncwarp(); /* nobody reads any more what was there */
    for (int k = -x->back; k < x->count; k++) {
        const char *row = lc_line(x, k) + from;
        LC_UNROLL(2) for (int at = 16 * me->lane; at < 16 * full; at += 512) { __pipeline_memcpy_async(rows[2 + k] + at, row + at, 16); }
    }
    __pipeline_commit();
    if (rest < padded) {
        for (int k = -x->back; k < x->count; k++) {
            lc_stage_elements<T>(rows[2 + k], lc_line(x, k) + from, rest, n, padded, me->lane);
        }
    }
    __pipeline_wait_prior(0);
    __syncwarp(); /* all of it is there, that of the other threads, too */
}

#endif
