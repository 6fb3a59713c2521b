/*
 * What rows of logits predict: for each row the sums that its entropy is made of and its largest logit, and against the row before it the sums that the two
 * Kullback-Leibler divergences are made of. Probabilities are never written to memory. The definition is in src/site/markdown/numerics.md, under Predictions.
 *
 * Precision: everything in float64 lanes, in blocks of 512 with the tree. The exponential is within 1.2 units in the last place; whatever is more than 708 below its
 * row's largest is 0, as minus infinity is.
 */

#define LC_LEAST_EXPONENT (-708.0)
#define LC_LOG2_E 0x1.71547652b82fep+0
#define LC_LN2_HIGH 0x1.62e42fefa2000p-1 /* a multiple of it by a whole number to 2^11 is exact */
#define LC_LN2_LOW 0x1.9ef35793c7673p-41
#define LC_CLOSE 0.5

/* (e^r - 1 - r) / r^2 for |r| <= ln(2) / 2, from the constant on; (cosh g - 1) / g^2 and (sinh g - g) / g^3, of g^2, for |g| <= 1/2. */
static const double lc_exp_rest[] = {0x1.0000000000001p-1,  0x1.5555555555556p-3,  0x1.5555555553d68p-5,  0x1.11111111109b5p-7,  0x1.6c16c17889ef9p-10,
                                     0x1.a01a01a7c2f03p-13, 0x1.a019b914985a9p-16, 0x1.71de0db2f585ep-19, 0x1.28917c8be7ad6p-22, 0x1.af389ed28db09p-26};
static const double lc_cosh_rest[] = {0x1.0000000000000p-1,  0x1.5555555555555p-5,  0x1.6c16c16c16c17p-10,
                                      0x1.a01a01a01a01ap-16, 0x1.27e4fb7789f5cp-22, 0x1.1eed8eff8d898p-29, 0x1.93974a8c07c9dp-37};
static const double lc_sinh_rest[] = {0x1.5555555555555p-3,  0x1.1111111111111p-7,  0x1.a01a01a01a01ap-13,
                                      0x1.71de3a556c734p-19, 0x1.ae64567f544e4p-26, 0x1.6124613a86d09p-33};

/* Horner's rule, each step one fused multiply-add. */
static LC_INLINE f64x16 lc_polynomial(const double *of, const int terms, f64x16 x) {
    f64x16 sum = f64x16_set(of[terms - 1]);
    _Pragma("GCC unroll 16") for (int i = terms - 2; i >= 0; i--) { sum = f64x16_fma(sum, x, f64x16_set(of[i])); }
    return sum;
}

/* e^u for u <= 0: 2^k e^r, where adding 1.5 * 2^52 leaves k, the nearest whole number to u / ln 2, in the lowest bits. */
static LC_INLINE f64x16 lc_exp(f64x16 u) {
    const f64x16 shift = f64x16_set(0x1.8p52), one = f64x16_set(1);
    const f64x16 shifted = f64x16_fma(u, f64x16_set(LC_LOG2_E), shift), k = f64x16_sub(shifted, shift);
    const f64x16 r = f64x16_fma(k, f64x16_set(-LC_LN2_LOW), f64x16_fma(k, f64x16_set(-LC_LN2_HIGH), u));
    const f64x16 power = f64x16_add(f64x16_fma(f64x16_mul(r, r), lc_polynomial(lc_exp_rest, 10, r), r), one);
    return f64x16_unless_below(u, LC_LEAST_EXPONENT, f64x16_scaled(power, shifted));
}

static LC_INLINE f64x16 lc_load_logits(const int dtype, const char *p) {
    switch (dtype) {
    case LC_BF16: return f64x16_load_bf16(p);
    case LC_F16: return f64x16_load_f16(p);
    case LC_F32: return f64x16_load_f32(p);
    default: return f64x16_load_f64(p);
    }
}

/* The last elements of a row, filled up to 16 with minus infinity, which is 0 in every sum. */
static __attribute__((noinline)) void lc_pad_logits(int dtype, const char *p, int64_t n, char *tail) {
    static const uint64_t none[LC_DTYPES] = {[LC_BF16] = 0xff80, [LC_F16] = 0xfc00, [LC_F32] = 0xff800000, [LC_F64] = 0xfff0000000000000};
    const size_t bytes = (size_t)lc_bytes[dtype];
    memcpy(tail, p, (size_t)n * bytes);
    for (int64_t d = n; d < 16; d++) {
        memcpy(tail + (size_t)d * bytes, &none[dtype], bytes); /* the lowest bytes come first */
    }
}

/* The largest of n logits, minus infinity where there is none; and where the block of its first occurrence starts. NaN is smaller than everything. */
static LC_INLINE double lc_largest_logit(const int dtype, const char *row, int64_t n, int64_t *block) {
    const f64x16 none = f64x16_set(-__builtin_inf());
    double largest = -__builtin_inf();
    for (int64_t from = 0; from < n; from += LC_BLOCK) {
        const int64_t end = n - from < LC_BLOCK ? n : from + LC_BLOCK, whole = end & ~(int64_t)15;
        f64x16 most = none;
        for (int64_t d = from; d < whole; d += 16) {
            const char *p = row + d * lc_bytes[dtype];
            lc_prefetch(p + 1024);
            most = f64x16_larger(lc_load_logits(dtype, p), most);
        }
        if (whole < end) {
            char tail[16 * 8];
            lc_pad_logits(dtype, row + whole * lc_bytes[dtype], end - whole, tail);
            most = f64x16_larger(lc_load_logits(dtype, tail), most);
        }
        const double here = f64x16_largest(most);
        if (here > largest) {
            largest = here;
            *block = from;
        }
    }
    return largest;
}

static LC_INLINE int64_t lc_first_equal(const int dtype, const char *row, int64_t n, int64_t from, double wanted) {
    for (int64_t d = from; d < n; d += 16) {
        char tail[16 * 8];
        double logits[16];
        const char *p = row + d * lc_bytes[dtype];
        if (n - d < 16) {
            lc_pad_logits(dtype, p, n - d, tail);
            p = tail;
        }
        f64x16_store((char *)logits, lc_load_logits(dtype, p));
        for (int64_t j = 0; j < 16; j++) {
            if (logits[j] <= wanted && logits[j] >= wanted) {
                return d + j;
            }
        }
    }
    return -1;
}

/* The lanes of lc_prediction's sums. */
typedef struct {
    f64x16 z, zu, forward, forward_gap, backward, backward_gap;
} lc_prediction_lanes;

/* 16 logits x of a row, and y of the row before, `gap` being the difference of their largest. */
static LC_INLINE void lc_predict16(const int paired, f64x16 x, f64x16 x_most, f64x16 y, f64x16 y_most, f64x16 gap, lc_prediction_lanes *to) {
    const f64x16 u = f64x16_sub(x, x_most), p = lc_exp(u);
    to->z = f64x16_add(to->z, p);
    to->zu = f64x16_fma(p, f64x16_unless_below(u, LC_LEAST_EXPONENT, u), to->zu);
    if (paired) {
        const f64x16 v = f64x16_sub(y, y_most), q = lc_exp(v);
        const f64x16 g = f64x16_sub(f64x16_sub(y, x), gap), square = f64x16_mul(g, g);
        const f64x16 there = f64x16_unless_below(v, LC_LEAST_EXPONENT, g);                         /* g where q is not 0 */
        const f64x16 back = f64x16_unless_below(u, LC_LEAST_EXPONENT, f64x16_sub(f64x16_set(0), g)); /* -g where p is not 0 */
        const f64x16 even = f64x16_mul(square, lc_polynomial(lc_cosh_rest, 7, square));
        const f64x16 odd = f64x16_mul(f64x16_mul(g, square), lc_polynomial(lc_sinh_rest, 6, square));
        const f64x16 forward = f64x16_mul(q, f64x16_sub(even, odd)), backward = f64x16_mul(p, f64x16_add(even, odd));
        to->forward = f64x16_add(to->forward, f64x16_if_within(g, LC_CLOSE, forward, f64x16_fma(q, there, f64x16_sub(p, q))));
        to->backward = f64x16_add(to->backward, f64x16_if_within(g, LC_CLOSE, backward, f64x16_fma(p, back, f64x16_sub(q, p))));
        to->forward_gap = f64x16_fma(q, there, to->forward_gap);
        to->backward_gap = f64x16_fma(p, back, to->backward_gap);
    }
}

/* The sums of a row x of n logits, and those against the row y before it. */
static LC_INLINE void lc_predict_row(const int paired, const int dtype, const char *x, double x_largest, const char *y, double y_largest, int64_t n,
                                     lc_prediction *to) {
    const f64x16 zero = f64x16_set(0), x_most = f64x16_set(x_largest), y_most = f64x16_set(y_largest), gap = f64x16_set(y_largest - x_largest);
    for (int64_t from = 0; from < n; from += LC_BLOCK) {
        const int64_t end = n - from < LC_BLOCK ? n : from + LC_BLOCK, whole = end & ~(int64_t)15;
        lc_prediction_lanes lanes = {zero, zero, zero, zero, zero, zero};
        for (int64_t d = from; d < whole; d += 16) {
            const int64_t at = d * lc_bytes[dtype];
            lc_predict16(paired, lc_load_logits(dtype, x + at), x_most, paired ? lc_load_logits(dtype, y + at) : zero, y_most, gap, &lanes);
        }
        if (whole < end) {
            char here[16 * 8], before[16 * 8];
            lc_pad_logits(dtype, x + whole * lc_bytes[dtype], end - whole, here);
            if (paired) {
                lc_pad_logits(dtype, y + whole * lc_bytes[dtype], end - whole, before);
            }
            lc_predict16(paired, lc_load_logits(dtype, here), x_most, paired ? lc_load_logits(dtype, before) : zero, y_most, gap, &lanes);
        }
        to->z += f64x16_sum(lanes.z);
        to->zu += f64x16_sum(lanes.zu);
        if (paired) {
            to->forward += f64x16_sum(lanes.forward);
            to->forward_gap += f64x16_sum(lanes.forward_gap);
            to->backward += f64x16_sum(lanes.backward);
            to->backward_gap += f64x16_sum(lanes.backward_gap);
        }
    }
}

/* One token's rows in their order: the largest logit first, which brings the row into cache, then the sums. */
static LC_INLINE void lc_predict(const int dtype, const char *row, int64_t stride, int64_t first, int64_t iterations, int64_t n, lc_prediction *to) {
    int64_t block = -1;
    double before = first > 0 ? lc_largest_logit(dtype, row - stride, n, &block) : 0;
    for (int64_t t = 0; t < iterations; t++, row += stride) {
        const int paired = first + t > 0;
        const double none = paired ? 0 : __builtin_nan("");
        lc_prediction sums = {0, 0, none, none, none, none, -1};
        block = -1;
        const double largest = lc_largest_logit(dtype, row, n, &block);
        if (paired) {
            lc_predict_row(1, dtype, row, largest, row - stride, before, n, &sums);
        } else {
            lc_predict_row(0, dtype, row, largest, row, largest, n, &sums);
        }
        if (block >= 0 && sums.z >= 0) { /* else a logit is NaN or infinity, or none is above minus infinity */
            sums.argmax = lc_first_equal(dtype, row, n, block, largest);
        }
        to[t] = sums;
        before = largest;
    }
}

static int32_t lc_logits(const void *logits, int64_t offset, int64_t iteration_stride, int64_t first, int64_t iterations, int64_t vocabulary, int64_t dtype,
                         void *work, int64_t target_offset) {
    const char *row = (const char *)logits + offset;
    lc_prediction *to = (lc_prediction *)(void *)((char *)work + target_offset);
    switch (dtype) {
#define LC_DTYPE(name, NAME, bytes)                                                                                                                    \
    case LC_##NAME: lc_predict(LC_##NAME, row, iteration_stride, first, iterations, vocabulary, to); return LC_OK;
#include "kernels.def"
    default: return LC_BAD_ARGUMENT;
    }
}
