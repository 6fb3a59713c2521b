/* The kernels' types, from the list of entry points. */
#include <stdint.h>
extern "C" {
void lc_cuda_plan(void *, int64_t, int64_t);
void lc_cuda_widen(const void *, int64_t, int64_t, int64_t, int64_t, int64_t, int64_t, void *, int64_t);
void lc_cuda_mean(const void *, int64_t, int64_t, int64_t, int64_t, int64_t, int64_t, int64_t, void *, int64_t);
void lc_cuda_measure_bf16(const void *, void *, int64_t, int64_t);
void lc_cuda_measure_f16(const void *, void *, int64_t, int64_t);
void lc_cuda_measure_f32(const void *, void *, int64_t, int64_t);
void lc_cuda_measure_f64(const void *, void *, int64_t, int64_t);
}
