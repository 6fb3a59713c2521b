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

    /** What projects states on directions and adds them up, for the calling thread, which alone may use and close it. */
    Projector projector(StateTensor states, Axes axes);

    /** Those that do pairs, logits and projections: these, unless they compute elsewhere. */
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

    /**
     * Projects a few states of one token at a time on directions, or adds them to sums, each as often as its coordinate says; with scratch memory of its own. At first all
     * coordinates are 1 and all sums 0.
     */
    interface Projector extends AutoCloseable {
        /** Most states at a time. */
        int MOST = 64;

        /** Works out the coordinates of some states, the first of which is row 0, and their squares where these are wanted. */
        void project(int token, int first, int iterations);

        /** Of the states that were projected last. */
        double coordinate(int row, int direction);

        /** The sum of a state's squared components, of the states that were projected last. */
        double square(int row);

        /** Adds some states to the sum of each direction, each times its coordinate there, in their order. */
        void combine(int token, int first, int iterations);

        /** Hands out the sums, {@code [directions][hidden]}, and begins again at 0. */
        double[][] takeSums();

        @Override
        void close();
    }
}
