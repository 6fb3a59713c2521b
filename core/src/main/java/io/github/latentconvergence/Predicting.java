package io.github.latentconvergence;

import io.github.latentconvergence.internal.kernel.Kernels;
import io.github.latentconvergence.internal.kernel.LogitSums;
import io.github.latentconvergence.internal.kernel.Tile;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One call of {@link Convergence#predictions(StateTensor, ConvergenceOptions)}: checks everything, runs, and finishes numbers. */
final class Predicting {
    /** Below so many logits, starting a thread costs more than it saves. */
    private static final long LOGITS_WORTH_A_THREAD = 1 << 16;
    /** Fewer iterations at a time would read and measure too many rows twice. */
    private static final int LEAST_ITERATIONS = 8;
    /** Some hundredths of a second of work, after which progress is told and an interrupt seen. */
    private static final long MOST_LOGITS = 1 << 22;

    private final StateTensor logits;
    private final boolean[] masked;
    private final int tokens;
    private final int iterations;

    /** @param masked {@code [tokens]}, true for padding */
    Predicting(StateTensor logits, boolean[] masked) {
        this.logits = logits;
        this.masked = masked;
        this.tokens = (int) logits.tokens();
        this.iterations = (int) logits.iterations();
    }

    /** Of logits of which no token is padding. */
    static Predicting of(StateTensor logits) {
        check(logits);
        return new Predicting(logits, new boolean[(int) logits.tokens()]);
    }

    /**
     * Of logits some of whose tokens may be padding.
     *
     * @param real {@code [tokens]}, false for padding
     */
    static Predicting of(StateTensor logits, boolean[] real) {
        check(logits);
        if (real.length != logits.tokens()) {
            throw new IllegalArgumentException("a mask of " + real.length + " entries for logits of shape " + logits.shape());
        }
        boolean[] masked = new boolean[real.length];
        for (int i = 0; i < real.length; i++) {
            masked[i] = !real[i];
        }
        return new Predicting(logits, masked);
    }

    private static void check(StateTensor logits) {
        logits.requireNoBatch();
        if (logits.shape().rank() != 3) {
            throw new IllegalArgumentException("logits of shape " + logits.shape() + ": expected [iterations][tokens][vocabulary]");
        }
        for (int axis = 0; axis < 3; axis++) {
            if (logits.shape().size(axis) > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException("logits of shape " + logits.shape() + ": at most 2^31 along an axis");
            }
        }
        if (logits.tokens() * logits.iterations() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "logits of shape " + logits.shape() + " have more than 2^31 cells: predict some tokens at a time with tokens(a, b)");
        }
    }

    Predictions run(ConvergenceOptions options) {
        Kernels kernels = Backends.choose(options).onHost();
        StateTensor.Hold hold = logits.hold();
        try {
            int threads = options.threads() > 0 ? options.threads() : Runtime.getRuntime().availableProcessors();
            if ((double) logits.hidden() * tokens * iterations < LOGITS_WORTH_A_THREAD) {
                threads = 1;
            }
            LogitSums sums = LogitSums.of(logits);
            List<Tile> tiles = cut(threads);
            int most = tiles.stream().mapToInt(Tile::iterations).max().orElse(0);
            new Parallel("tiles", tiles.size(), () -> worker(kernels.logits(logits, most), tiles, sums))
                    .run(TileRunner.isShared(logits) ? threads : 1, options.progress());
            return finish(sums, kernels.name());
        } finally {
            hold.close();
        }
    }

    /** A token each, and where these are few or long, some of its iterations. */
    private List<Tile> cut(int threads) {
        int real = 0;
        for (boolean padding : masked) {
            real += padding ? 0 : 1;
        }
        long parts = Math.ceilDiv(2L * threads, Math.max(1, real));
        long even = real >= threads && real % threads == 0 ? iterations : Math.ceilDiv(iterations, parts);
        int wide = Math.clamp(Math.min(even, MOST_LOGITS / logits.hidden()), Math.min(LEAST_ITERATIONS, iterations), iterations);
        List<Tile> tiles = new ArrayList<>();
        for (int i = 0; i < tokens; i++) {
            for (int t = 0; t < iterations && !masked[i]; t += wide) {
                tiles.add(new Tile(i, 1, t, Math.min(wide, iterations - t)));
            }
        }
        return tiles;
    }

    private static Parallel.Worker worker(Kernels.LogitsWorker worker, List<Tile> tiles, LogitSums sums) {
        return new Parallel.Worker() {
            @Override
            public void run(int piece) {
                Tile tile = tiles.get(piece);
                worker.measure(tile.token(), tile.iteration(), tile.iterations(), sums);
            }

            @Override
            public void close() {
                worker.close();
            }
        };
    }

    private Predictions finish(LogitSums sums, String computedBy) {
        double[] entropies = nan();
        double[] from = nan();
        double[] to = nan();
        int[] argmax = new int[entropies.length];
        for (int cell = 0; cell < argmax.length; cell++) {
            boolean padding = masked[cell / iterations];
            argmax[cell] = padding ? -1 : sums.argmax()[cell];
            if (padding) {
                continue;
            }
            double z = sums.z()[cell];
            entropies[cell] = Divergences.entropy(z, sums.zu()[cell]);
            if (cell % iterations > 0) {
                double before = sums.z()[cell - 1];
                from[cell] = Divergences.divergence(sums.forward()[cell], sums.forwardGap()[cell], before, z);
                to[cell] = Divergences.divergence(sums.backward()[cell], sums.backwardGap()[cell], z, before);
            }
        }
        return new Predictions(tokens, iterations, entropies, from, to, argmax, computedBy);
    }

    private double[] nan() {
        double[] cells = new double[tokens * iterations];
        Arrays.fill(cells, Double.NaN);
        return cells;
    }
}
