/* What the library says about itself, and which tiers this machine can run. Compiled for the oldest processor: it runs before anything is known. */
#include "latent_convergence.h"

#if defined(__x86_64__)
#include <cpuid.h>
#elif defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

LC_EXPORT int32_t lc_abi_version(void) { return LC_ABI_VERSION; }

LC_EXPORT const char *lc_dtype_name(int32_t dtype) {
    static const char *const names[] = {
#define LC_DTYPE(name, NAME, bytes) #name,
#include "kernels.def"
    };
    return dtype >= 0 && dtype < LC_DTYPES ? names[dtype] : 0;
}

LC_EXPORT const char *lc_op_name(int32_t op) {
    static const char *const names[] = {
#define LC_OP(name, NAME, kind) #name,
#include "kernels.def"
    };
    return op >= 0 && op < LC_OPS ? names[op] : 0;
}

#if !defined(__has_feature)
#define __has_feature(name) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define LC_SANITIZED " +asan"
#else
#define LC_SANITIZED ""
#endif

LC_EXPORT const char *lc_compiler(void) {
#if defined(__clang__)
    return "clang " __clang_version__ LC_SANITIZED;
#else
    return "gcc " __VERSION__ LC_SANITIZED;
#endif
}

#define LC_TIER(name) extern const lc_tier lc_tier_##name;
#include "kernels.def"

static int lc_usable_scalar(void) { return 1; }

#if defined(__x86_64__)
enum {
    LC_OSXSAVE = 1 << 27,
    LC_AVX = 1 << 28,
    LC_FMA = 1 << 12,
    LC_F16C = 1 << 29, /* cpuid 1, ecx */
    LC_AVX2 = 1 << 5,  /* cpuid 7.0, ebx */
    LC_YMM = 0x6,      /* xcr0: the system saves the SSE and AVX registers, */
    LC_ZMM = 0xe6      /* and the AVX-512 ones */
};

/* AVX-512 F, DQ, BW and VL: cpuid 7.0, ebx. */
static const unsigned lc_avx512 = 1u << 16 | 1u << 17 | 1u << 30 | 1u << 31;

/* What the operating system saves when it switches threads: registers it does not save must not be used. */
static uint64_t lc_saved_registers(void) {
    uint32_t low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (uint64_t)high << 32 | low;
}

/* cpuid 7.0, ebx, where the rest of AVX2's company is there and the system saves `registers`; else 0. */
static unsigned lc_vector_features(uint64_t registers) {
    unsigned a, b, c, d, b7, c7;
    const unsigned wanted = (unsigned)LC_OSXSAVE | (unsigned)LC_AVX | (unsigned)LC_FMA | (unsigned)LC_F16C;
    if (!__get_cpuid(1, &a, &b, &c, &d) || (c & wanted) != wanted || (lc_saved_registers() & registers) != registers) {
        return 0;
    }
    return __get_cpuid_count(7, 0, &a, &b7, &c7, &d) ? b7 : 0;
}

static int lc_usable_avx2(void) { return (lc_vector_features(LC_YMM) & (unsigned)LC_AVX2) != 0; }

static int lc_usable_avx512(void) {
    const unsigned wanted = lc_avx512 | (unsigned)LC_AVX2;
    return (lc_vector_features(LC_ZMM) & wanted) == wanted;
}
#endif

#if defined(__aarch64__)
static int lc_usable_neon(void) {
#if defined(__linux__)
    return (getauxval(AT_HWCAP) & HWCAP_ASIMD) != 0;
#else
    return 1;
#endif
}
#endif

static const struct {
    const lc_tier *tier;
    int (*usable)(void);
} lc_tiers[] = {
#define LC_TIER(name) {&lc_tier_##name, lc_usable_##name},
#include "kernels.def"
};

enum { LC_TIERS = sizeof lc_tiers / sizeof lc_tiers[0] };

LC_EXPORT const lc_tier *lc_tier_at(int32_t index) { return index >= 0 && index < LC_TIERS ? lc_tiers[index].tier : 0; }

LC_EXPORT int32_t lc_tier_usable(int32_t index) { return index >= 0 && index < LC_TIERS ? lc_tiers[index].usable() : 0; }

LC_EXPORT void lc_cpu_name(char *name, int64_t capacity) {
    char brand[49] = {0};
#if defined(__x86_64__)
    unsigned *words = (unsigned *)(void *)brand;
    if (__get_cpuid_max(0x80000000u, 0) >= 0x80000004u) {
        for (unsigned leaf = 0; leaf < 3; leaf++) {
            __get_cpuid(0x80000002u + leaf, &words[4 * leaf], &words[4 * leaf + 1], &words[4 * leaf + 2], &words[4 * leaf + 3]);
        }
    }
#endif
    for (int64_t i = 0; i < capacity; i++) {
        name[i] = i < capacity - 1 && i < 48 ? brand[i] : 0;
    }
}
