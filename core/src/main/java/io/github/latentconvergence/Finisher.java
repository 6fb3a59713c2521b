package io.github.latentconvergence;

import io.github.latentconvergence.internal.kernel.Sums;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Turns the raw sums of one matrix into distances and logarithms, a token at a time; tokens may be finished by different threads. */
final class Finisher {
    /** A cell takes some 5 ns, waking a thread some 20 us until it is at work. */
    private static final int CELLS_WORTH_A_THREAD = 4096;
    private static final int CELLS_OF_A_PIECE = 1024;

    private final Metric metric;
    private final Planner.Parts parts;
    private final long hidden;
    private final double eps;
    private final int tokens;
    private final int iterations;
    private final boolean[] masked;
    private final double[] distances;
    private final double[] logs;
    private final double @Nullable [] sizes;

    Finisher(Metric metric, Planner.Parts parts, long hidden, double eps, int tokens, int iterations, boolean[] masked, boolean withSizes) {
        this.hidden = hidden;
        this.eps = eps;
        this.metric = metric;
        this.parts = parts;
        this.tokens = tokens;
        this.iterations = iterations;
        this.masked = masked;
        this.distances = new double[tokens * iterations];
        this.logs = new double[tokens * iterations];
        for (int i = 0; i < tokens; i++) {
            if (masked[i]) { // stay so
                Arrays.fill(distances, i * iterations, (i + 1) * iterations, Double.NaN);
                Arrays.fill(logs, i * iterations, (i + 1) * iterations, Double.NaN);
            }
        }
        this.sizes = withSizes ? new double[parts.ofPrevious().isUsed() ? tokens * iterations : tokens] : null;
        if (sizes != null) {
            Arrays.fill(sizes, Double.NaN);
        }
    }

    void finish(int token, Sums sums) {
        if (masked[token]) {
            return;
        }
        int from = token * iterations;
        int to = from + iterations;
        for (int t = 0; t < iterations && sizes != null && (t == 0 || sizes.length > tokens); t++) {
            sizes[sizes.length > tokens ? from + t : token] = Distances.canonical(size(token, t, from + t, sums));
        }
        // Loops of their own, so that roots are taken several at a time.
        if (metric == Metric.L2) {
            double[] squares = sums.ofStates()[parts.sum()];
            for (int cell = from; cell < to; cell++) {
                distances[cell] = Math.sqrt(squares[cell]);
            }
        } else {
            for (int cell = from; cell < to; cell++) {
                distances[cell] = distance(token, cell - from, cell, sums);
            }
        }
        for (int cell = from; cell < to; cell++) {
            double distance = Distances.canonical(distances[cell]);
            distances[cell] = distance;
            logs[cell] = Distances.log10(distance);
        }
    }

    /**
     * Finishes neighbouring tokens of some matrices of the same states, on so many threads as pay.
     *
     * @throws CancellationException if the calling thread is interrupted while others help
     */
    static void finish(List<Finisher> finishers, Sums sums, int from, int to, int threads) {
        long cellsOfToken = finishers.stream().mapToLong(f -> f.iterations).sum();
        int some = Math.toIntExact(Math.clamp(CELLS_OF_A_PIECE / Math.max(1, cellsOfToken), 1, Math.max(1, to - from)));
        int pieces = Math.ceilDiv(to - from, some);
        int worth = Math.toIntExact(Math.clamp((to - from) * cellsOfToken / CELLS_WORTH_A_THREAD, 1, threads));
        if (worth == 1) {
            finishPiece(finishers, sums, from, to);
            return;
        }
        new Parallel("pieces", pieces, () -> new Parallel.Worker() {
            @Override
            public void run(int piece) {
                finishPiece(finishers, sums, from + piece * some, Math.min(to, from + (piece + 1) * some));
            }

            @Override
            public void close() {}
        }).run(worth, fraction -> {});
    }

    private static void finishPiece(List<Finisher> finishers, Sums sums, int from, int to) {
        for (Finisher finisher : finishers) {
            for (int token = from; token < to; token++) {
                finisher.finish(token, sums);
            }
        }
    }

    /** NaN where the sums do not tell: {@link Origin} measures it then. */
    private double size(int token, int t, int cell, Sums sums) {
        return switch (metric) {
            case L2 -> parts.hasReferenceNorm() ? Math.sqrt(ofReference(token, t, cell, sums)) : Double.NaN;
            case RMS -> parts.hasReferenceNorm() ? Math.sqrt(ofReference(token, t, cell, sums)) / Math.sqrt((double) hidden) : Double.NaN;
            case RELATIVE_L2, COSINE, ANGULAR -> 1;
            case L1, LINF, NORM -> Double.NaN;
        };
    }

    private double distance(int token, int t, int cell, Sums sums) {
        double sum = metric == Metric.NORM ? squares(sums.ofStates(), parts.ofX(), cell) : sums.ofStates()[parts.sum()][cell];
        return switch (metric) {
            case L2, NORM -> Math.sqrt(sum);
            case L1, LINF -> sum;
            case RMS -> Math.sqrt(sum) / Math.sqrt((double) hidden);
            case RELATIVE_L2 -> Math.sqrt(sum) / Math.sqrt(ofReference(token, t, cell, sums));
            case COSINE -> pair(token, t, cell, sum, sums).cosine();
            case ANGULAR -> pair(token, t, cell, sum, sums).angular();
        };
    }

    private Distances.Pair pair(int token, int t, int cell, double square, Sums sums) {
        double cross = parts.cross() >= 0 ? sums.ofStates()[parts.cross()][cell] : square + 2 * sums.ofStates()[parts.along()][cell];
        return new Distances.Pair(square, cross, Math.sqrt(squares(sums.ofStates(), parts.ofX(), cell)),
                Math.sqrt(ofReference(token, t, cell, sums)));
    }

    /** Sum of squares of the reference. */
    private double ofReference(int token, int t, int cell, Sums sums) {
        if (parts.ofSource().isUsed()) {
            return squares(sums.ofSources(), parts.ofSource(), token);
        }
        return t == 0 ? Double.NaN : squares(sums.ofStates(), parts.ofPrevious(), cell - 1);
    }

    /** Of a normalised row: that of the weighted one over the mean square of the row as it is. */
    private double squares(double[][] sums, Planner.Norm norm, int cell) {
        double squares = sums[norm.squares()][cell];
        return norm.plain() < 0 ? squares : squares / (sums[norm.plain()][cell] / hidden + eps);
    }

    /** The sizes that were found, if they were wanted. */
    double @Nullable [] sizes() {
        return sizes;
    }

    double[] distances() {
        return distances;
    }

    ConvergenceMatrix matrix(ConvergenceOptions options, Optional<Boolean> hasS0, String computedBy, ConvergenceMatrix.References of) {
        return new ConvergenceMatrix(tokens, iterations, distances, logs, masked, options.metric(), options.reference(),
                options.normalization(), hasS0, computedBy, of);
    }
}
