/*
 * What a kernel needs of CUDA, for a C++ compiler: a kernel's source is compiled with this included before it. Threads are fibers of one thread of the host; see emulator.cc. Every place
 * where threads wait for each other or exchange values is checked, and shared memory holds nothing but NaN when a thread block begins.
 */
#ifndef LC_EMULATOR_H
#define LC_EMULATOR_H

#include <stdint.h>
#include <string.h>
#include "fma.h"

#define __global__
#define __device__
#define __forceinline__ inline __attribute__((always_inline))
#define __launch_bounds__(...)
/* All shared variables are in one section, so that the emulator knows where they are. */
#define __shared__ static __attribute__((section("lc_shared")))

struct uint3 {
    unsigned x, y, z;
};
struct alignas(8) float2 {
    float x, y;
};
struct alignas(16) double2 {
    double x, y;
};

extern "C" {
/* The running thread and its block. */
extern uint3 emu_thread, emu_block, emu_block_size, emu_grid;
/* `place` tells places in the source apart, and what they exchange. */
void emu_sync_block(const char *place);
void emu_sync_warp(const char *place, unsigned mask);
uint64_t emu_shuffle(const char *place, unsigned mask, uint64_t value, int bytes, int from);
unsigned emu_ballot(const char *place, unsigned mask, int set);
void emu_check_aligned(const void *p, unsigned long bytes);
/* Copies on their way: done as late as they may be, when their thread waits for them. */
void emu_copy(void *to, const void *from, int bytes);
void emu_close_stage(void);
void emu_wait_for_stages(unsigned others);
}

#define threadIdx emu_thread
#define blockIdx emu_block
#define blockDim emu_block_size
#define gridDim emu_grid

#define EMU_TEXT_(x) #x
#define EMU_TEXT(x) EMU_TEXT_(x)
#define EMU_PLACE __FILE__ ":" EMU_TEXT(__LINE__)

#define __syncthreads() emu_sync_block(EMU_PLACE)
#define __syncwarp() emu_sync_warp(EMU_PLACE, 0xffffffffu)
#define __ballot_sync(mask, set) emu_ballot(EMU_PLACE, mask, set)
#define __shfl_xor_sync(mask, value, apart) emu_shuffled(EMU_PLACE, mask, value, (int)emu_thread.x % 32 ^ (apart))

template <class V> inline V emu_shuffled(const char *place, unsigned mask, V value, int from) {
    uint64_t bits = 0;
    memcpy(&bits, &value, sizeof value);
    bits = emu_shuffle(place, mask, bits, (int)sizeof value, from);
    memcpy(&value, &bits, sizeof value);
    return value;
}

template <class N> inline N __ldg(const N *p) {
    emu_check_aligned(p, alignof(N));
    return *p;
}

#define lc_copy_16(wanted, to, from) ((wanted) ? emu_copy(to, from, 16) : (void)0)
#define lc_copy_some emu_copy
#define lc_close_stage emu_close_stage
template <int OTHERS> inline void lc_wait_for_stages() { emu_wait_for_stages(OTHERS); }

template <class To, class From> inline To emu_bits(From from) {
    To to;
    static_assert(sizeof to == sizeof from, "bits of one size");
    memcpy(&to, &from, sizeof to);
    return to;
}
inline unsigned __float_as_uint(float x) { return emu_bits<unsigned>(x); }
inline float __uint_as_float(unsigned x) { return emu_bits<float>(x); }
inline long long __double_as_longlong(double x) { return emu_bits<long long>(x); }
inline double __longlong_as_double(long long x) { return emu_bits<double>(x); }
inline float __fmaf_rn(float a, float b, float c) { return lc_fmaf(a, b, c); }
inline double __fma_rn(double a, double b, double c) { return lc_fma(a, b, c); }
inline double __dsqrt_rn(double x) { return __builtin_sqrt(x); }

struct __half {
    unsigned short bits;
};
inline __half __ushort_as_half(unsigned short bits) { return __half{bits}; }
/* Fraction and exponent as they are, without a table or an instruction; exact. */
inline float __half2float(__half half) {
    const unsigned exponent = half.bits >> 10 & 31, fraction = half.bits & 1023;
    const float size = exponent == 31 ? __uint_as_float(0x7f800000u | fraction << 13)
                       : exponent == 0 ? (float)fraction * 0x1p-24f
                                       : __uint_as_float((exponent + 112) << 23 | fraction << 13);
    return half.bits >> 15 ? -size : size;
}

#endif
