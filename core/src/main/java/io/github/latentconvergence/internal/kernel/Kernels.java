package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.tensor.StateTensor;

/** One way to compute reductions. All give the same bits. Immutable and shared; each thread takes its own {@link Worker}. */
public sealed interface Kernels permits JavaKernels, CpuKernels {
    /** The name in reports, for example {@code cpu/avx2}. */
    String name();

    /** A worker for the calling thread, which alone may use and close it; made for tiles of at most so many tokens and iterations. */
    Worker worker(Plan plan, int tokens, int iterations);

    /** What holds every two states of a token against each other, for the calling thread, which alone may use and close it. */
    PairSums pairs(StateTensor states);

    /** Computes tiles, with scratch memory of its own. */
    interface Worker extends AutoCloseable {
        /** Computes every reduction of the plan for a tile. */
        void measure(Tile tile, Sums sums);

        @Override
        void close();
    }
}
