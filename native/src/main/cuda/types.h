/*
 * The element types: how a thread reads two neighbouring ones where a pair may lie, and up to two anywhere.
 *
 * Precision: widening is exact.
 */
#ifndef LC_TYPES_H
#define LC_TYPES_H

#include "lanes.h"

/* One number whose address need not be a multiple of its size. */
template <class N> LC_INLINE_THERE N lc_bytes_at(const char *p) {
    N number = 0;
    LC_UNROLL(8) for (int i = (int)sizeof(N); i > 0; i--) { number = (N)((unsigned long long)number << 8 | (unsigned char)__ldg(p + i - 1)); }
    return number;
}

/* The same, at once where it is one. */
template <class N> LC_INLINE N lc_number_at(const char *p) { return (uintptr_t)p % sizeof(N) == 0 ? __ldg((const N *)p) : lc_bytes_at<N>(p); }

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

template <int DTYPE, class N, class P, class L> struct lc_type {
    typedef N number; /* an element's bits */
    typedef P pair;   /* those of two neighbours */
    typedef L lanes;  /* what it is summed in, if not done again or asked for in float64 */
    enum { NUMBER = DTYPE, BYTES = sizeof(N), IS_WIDE = DTYPE == LC_F64 };
};
struct lc_bf16 : lc_type<LC_BF16, unsigned short, unsigned, f32x2> {
    LC_FUNCTION unsigned join(unsigned short a, unsigned short b) { return (unsigned)b << 16 | a; }
    LC_FUNCTION f32x2 widen(unsigned u) { return (f32x2){lc_of_bf16(u), __uint_as_float(u & 0xffff0000u)}; }
};
struct lc_f16 : lc_type<LC_F16, unsigned short, unsigned, f32x2> {
    LC_FUNCTION unsigned join(unsigned short a, unsigned short b) { return (unsigned)b << 16 | a; }
    LC_FUNCTION f32x2 widen(unsigned u) { return (f32x2){lc_of_f16(u & 0xffff), lc_of_f16(u >> 16)}; }
};
struct lc_f32 : lc_type<LC_F32, unsigned, float2, f32x2> {
    LC_FUNCTION float2 join(unsigned a, unsigned b) { return (float2){__uint_as_float(a), __uint_as_float(b)}; }
    LC_FUNCTION f32x2 widen(float2 v) { return (f32x2){v.x, v.y}; }
};
struct lc_f64 : lc_type<LC_F64, unsigned long long, double2, f64x2> {
    LC_FUNCTION double2 join(unsigned long long a, unsigned long long b) { return (double2){__longlong_as_double((long long)a), __longlong_as_double((long long)b)}; }
    LC_FUNCTION f64x2 widen(double2 v) { return (f64x2){v.x, v.y}; }
};

/* Two neighbouring elements that lie where a pair may. */
template <class T, class L> LC_INLINE void lc_read_pair(L *x, const char *p) {
    const auto narrow = T::widen(__ldg((const typename T::pair *)p));
    *x = (L){narrow.a, narrow.b};
}

/* The first `count` of two neighbouring elements, which lie anywhere, and zeros in place of the others. */
template <class T, class L> LC_INLINE_THERE void lc_read_some(L *x, const char *p, int count) {
    const typename T::number a = count > 0 ? lc_bytes_at<typename T::number>(p) : 0, b = count > 1 ? lc_bytes_at<typename T::number>(p + T::BYTES) : 0;
    const auto narrow = T::widen(T::join(a, b));
    *x = (L){narrow.a, narrow.b};
}

#endif
