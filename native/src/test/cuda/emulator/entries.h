/* The kernels by name, from the list of entry points. */
#ifndef LC_ENTRIES_H
#define LC_ENTRIES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <utility>

extern "C" {
void lc_cuda_plan(void *, int64_t, int64_t);
void lc_cuda_widen(const void *, int64_t, int64_t, int64_t, int64_t, int64_t, int64_t, void *, int64_t);
void lc_cuda_mean(const void *, int64_t, int64_t, int64_t, int64_t, int64_t, int64_t, int64_t, void *, int64_t);
void lc_cuda_measure_bf16(const void *, void *, int64_t, int64_t);
void lc_cuda_measure_f16(const void *, void *, int64_t, int64_t);
void lc_cuda_measure_f32(const void *, void *, int64_t, int64_t);
void lc_cuda_measure_f64(const void *, void *, int64_t, int64_t);
}

namespace {
/* Calls a kernel with parameters of its types, which lie where the array points. */
template <auto K> struct call;
template <class... P, void (*K)(P...)> struct call<K> {
    template <size_t... I> static void with(void **params, std::index_sequence<I...>) { K(*(P *)params[I]...); }
    static void go(void **params) { with(params, std::index_sequence_for<P...>()); }
};
} // namespace

static const struct {
    const char *name;
    void (*body)(void **);
} kernels[] = {
#define LC_CUDA_ENTRY(name, ...) {#name, call<name>::go},
#include "entries.def"
#undef LC_CUDA_ENTRY
};

/* The kernel, called with parameters that lie where an array points; null where there is none of that name. */
static void (*emu_entry(const char *name))(void **) {
    for (const auto &k : kernels) {
        if (strcmp(k.name, name) == 0) {
            return k.body;
        }
    }
    return nullptr;
}

#endif
