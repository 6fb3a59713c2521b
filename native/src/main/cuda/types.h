/*
 * The element types: how a thread reads two neighbouring ones from shared memory, and one from anywhere.
 *
 * Precision: widening is exact.
 */
#ifndef LC_TYPES_H
#define LC_TYPES_H

#include "lanes.h"

/* One number whose address need not be a multiple of its size. */
template <class N> LC_INLINE N lc_number_at(const char *p) {
    if ((uintptr_t)p % sizeof(N) == 0) {
        return __ldg((const N *)p);
    }
    N number = 0;
    LC_UNROLL(8) for (int i = (int)sizeof(N); i > 0; i--) { number = (N)((unsigned long long)number << 8 | (unsigned char)__ldg(p + i - 1)); }
    return number;
}

LC_FUNCTION float lc_of_bf16(unsigned bits) { return __uint_as_float(bits << 16); }
LC_FUNCTION float lc_of_f16(unsigned bits) { return __half2float(__ushort_as_half((unsigned short)bits)); }

/* An element as float64. */
LC_FUNCTION double lc_widened(const char *p, int64_t dtype) {
    switch (dtype) {
    case LC_BF16: return (double)lc_of_bf16(lc_number_at<unsigned short>(p));
    case LC_F16: return (double)lc_of_f16(lc_number_at<unsigned short>(p));
    case LC_F32: return (double)__uint_as_float(lc_number_at<unsigned>(p));
    default: return __longlong_as_double((long long)lc_number_at<unsigned long long>(p));
    }
}

LC_CONSTANT int lc_bytes[LC_DTYPES] = {
#define LC_DTYPE(name, NAME, bytes) bytes,
#include "kernels.def"
};

/* A row is staged 1024 bytes at a time, and the next row lies a step further, or two, so that the rows that are read together lie in different banks. */
template <int DTYPE, class N, class L> struct lc_type {
    typedef N number; /* an element's bits */
    typedef L lanes;  /* what it is summed in, if not done again or asked for in float64 */
    enum { NUMBER = DTYPE, BYTES = sizeof(N), CHUNK = 1024 / BYTES, CHUNKS = LC_BLOCK / CHUNK, PITCH = 1024 + (BYTES == 2 ? 32 : 64), IS_WIDE = DTYPE == LC_F64 };
};
struct lc_bf16 : lc_type<LC_BF16, unsigned short, f32x2> {
    LC_FUNCTION void read(f32x2 *x, const char *p) {
        const unsigned u = LC_AT(unsigned, p);
        *x = (f32x2){lc_of_bf16(u), lc_of_bf16(u >> 16)};
    }
    LC_FUNCTION void read(f64x2 *x, const char *p) {
        f32x2 narrow;
        read(&narrow, p);
        *x = (f64x2){(double)narrow.a, (double)narrow.b};
    }
};
struct lc_f16 : lc_type<LC_F16, unsigned short, f32x2> {
    LC_FUNCTION void read(f32x2 *x, const char *p) {
        const unsigned u = LC_AT(unsigned, p);
        *x = (f32x2){lc_of_f16(u & 0xffff), lc_of_f16(u >> 16)};
    }
    LC_FUNCTION void read(f64x2 *x, const char *p) {
        f32x2 narrow;
        read(&narrow, p);
        *x = (f64x2){(double)narrow.a, (double)narrow.b};
    }
};
struct lc_f32 : lc_type<LC_F32, unsigned, f32x2> {
    LC_FUNCTION void read(f32x2 *x, const char *p) {
        const float2 v = LC_AT(float2, p);
        *x = (f32x2){v.x, v.y};
    }
    LC_FUNCTION void read(f64x2 *x, const char *p) {
        const float2 v = LC_AT(float2, p);
        *x = (f64x2){(double)v.x, (double)v.y};
    }
};
struct lc_f64 : lc_type<LC_F64, unsigned long long, f64x2> {
    LC_FUNCTION void read(f64x2 *x, const char *p) {
        const double2 v = LC_AT(double2, p);
        *x = (f64x2){v.x, v.y};
    }
};

#endif
