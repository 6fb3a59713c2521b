package io.github.latentconvergence.internal.ffm;

import java.util.Locale;

/** The entry points of the device code, in the order of {@code native/src/main/cuda/entries.def}. */
enum CudaEntry {
    PLAN(3), WIDEN(9), MEAN(10), MEASURE_BF16(4), MEASURE_F16(4), MEASURE_F32(4), MEASURE_F64(4);

    /** {@code LC_CUDA_THREADS}: threads of a block. */
    private static final int THREADS = 128;
    /** One warp, of which one thread plans. */
    private static final int PLAN_THREADS = 32;

    private final int parameters;

    CudaEntry(int parameters) {
        this.parameters = parameters;
    }

    /** The name in the device code. */
    String symbol() {
        return "lc_cuda_" + name().toLowerCase(Locale.ROOT);
    }

    /** How many parameters it takes, each of 8 bytes. */
    int parameters() {
        return parameters;
    }

    /** Threads of a block. */
    int threads() {
        return this == PLAN ? PLAN_THREADS : THREADS;
    }
}
