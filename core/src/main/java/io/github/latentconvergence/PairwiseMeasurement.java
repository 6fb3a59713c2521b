package io.github.latentconvergence;

import io.github.latentconvergence.internal.kernel.Kernels;
import io.github.latentconvergence.internal.kernel.PairSums;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** One call of {@code Convergence.pairwiseDistances}: checks everything, then does the tokens in parallel. */
final class PairwiseMeasurement {
    /** Each thread keeps a square of sums: 128 MiB for so many. */
    private static final int MOST_ITERATIONS = 4096;
    /** With fewer components in all pairs, starting a thread costs more than it saves. */
    private static final long WORTH_A_THREAD = 1 << 22;
    /** Each reference takes four reductions, of which a pass does 128. */
    private static final int REFERENCES_IN_A_PASS = 32;

    private final StateTensor states;
    private final int[] tokens;
    private final int iterations;
    private final ConvergenceOptions options;

    PairwiseMeasurement(StateTensor states, Optional<Trace> trace, int[] tokens, ConvergenceOptions wanted) {
        if (wanted.metric() != Metric.L2) {
            throw new IllegalArgumentException("metric " + wanted.metric().label() + ": distances between pairs are l2");
        }
        Measurement checked = new Measurement(states, trace, List.of(wanted.withReference(Reference.last())));
        if (states.iterations() > MOST_ITERATIONS) {
            throw new IllegalArgumentException(states.iterations() + " iterations: at most " + MOST_ITERATIONS
                    + " are held against each other, for which every thread needs 128 MiB; choose some with iterations(a, b)");
        }
        this.states = states;
        this.tokens = tokens.clone();
        this.iterations = (int) states.iterations();
        this.options = checked.options().getFirst();
        for (int token : this.tokens) {
            if (token < 0 || token >= states.tokens()) {
                throw new IllegalArgumentException(
                        "token " + token + " is outside the states, whose tokens are 0 to " + (states.tokens() - 1));
            }
            if (checked.isMasked(token)) {
                throw new IllegalArgumentException("token " + token + " is padding: it is masked");
            }
        }
    }

    List<PairwiseDistances> run() {
        Kernels kernels = Backends.choose(options);
        PairwiseDistances[] done = new PairwiseDistances[tokens.length];
        try (StateTensor.Hold _ = states.hold()) {
            new Parallel("tokens", tokens.length,
                    () -> options.normalization().isRmsNorm() ? new Normalized(done) : new Plain(kernels.pairs(states), done))
                    .run(threads(), options.progress());
        }
        return List.of(done);
    }

    private int threads() {
        double components = (double) tokens.length * iterations * iterations * states.hidden() / 2;
        if (components < WORTH_A_THREAD || !TileRunner.isShared(states)) {
            return 1;
        }
        return options.threads() > 0 ? options.threads() : Runtime.getRuntime().availableProcessors();
    }

    /** States as they are. */
    private final class Plain implements Parallel.Worker {
        private final PairSums sums;
        private final PairwiseDistances[] done;

        Plain(PairSums sums, PairwiseDistances[] done) {
            this.sums = sums;
            this.done = done;
        }

        @Override
        public void run(int piece) {
            double[] distances = sums.of(tokens[piece]);
            for (int n = 0; n < distances.length; n++) {
                distances[n] = Distances.canonical(Math.sqrt(distances[n]));
            }
            done[piece] = new PairwiseDistances(tokens[piece], iterations, distances);
        }

        @Override
        public void close() {
            sums.close();
        }
    }

    /** Normalised states: each in turn is the reference of those after it, some references in one pass. */
    private final class Normalized implements Parallel.Worker {
        private final PairwiseDistances[] done;

        Normalized(PairwiseDistances[] done) {
            this.done = done;
        }

        @Override
        public void run(int piece) {
            double[] distances = new double[PairSums.index(iterations, iterations)];
            for (int from = 0; from < iterations; from += REFERENCES_IN_A_PASS) {
                measure(tokens[piece], from, Math.min(from + REFERENCES_IN_A_PASS, iterations), distances);
            }
            done[piece] = new PairwiseDistances(tokens[piece], iterations, distances);
        }

        private void measure(int token, int from, int to, double[] distances) {
            StateTensor rest = states.tokens(token, token + 1).iterations(from, iterations);
            List<ConvergenceOptions> references = IntStream.range(0, to - from)
                    .mapToObj(k -> options.withReference(Reference.iteration(k)).withThreads(1).withProgress(fraction -> {})).toList();
            List<ConvergenceMatrix> matrices = new Measurement(rest, Optional.empty(), references).run();
            for (int i = from; i < to; i++) {
                for (int j = i; j < iterations; j++) {
                    distances[PairSums.index(i, j)] = matrices.get(i - from).distance(0, j - from);
                }
            }
        }

        @Override
        public void close() {}
    }
}
