package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.tensor.StateTensor;

/** One way to compute reductions. All give the same bits. Immutable and shared; each thread takes its own {@link Worker}. */
public sealed interface Kernels permits JavaKernels, CpuKernels, CudaKernels {
    /** The name in reports, for example {@code cpu/avx2}. */
    String name();

    /** A worker for the calling thread, which alone may use and close it; made for tiles of at most so many tokens and iterations. */
    Worker worker(Plan plan, int tokens, int iterations);

    /** What holds every two states of a token against each other, for the calling thread, which alone may use and close it. */
    PairSums pairs(StateTensor states);

    /** A worker for the logits {@code [iterations][tokens][vocabulary]}, made for at most so many iterations at a time. */
    LogitsWorker logits(StateTensor logits, int iterations);

    /** Those that do pairs and logits: these, unless they compute elsewhere. */
    default Kernels onHost() {
        return this;
    }

    /** Computes tiles, with scratch memory of its own. */
    interface Worker extends AutoCloseable {
        /** Computes every reduction of the plan for a tile. */
        void measure(Tile tile, Sums sums);

        @Override
        void close();
    }

    /** Computes what logits predict, with scratch memory of its own. */
    interface LogitsWorker extends AutoCloseable {
        /** Computes the sums of a token at consecutive iterations; where a row before them is, theirs against it too. */
        void measure(int token, int first, int iterations, LogitSums sums);

        @Override
        void close();
    }
}
