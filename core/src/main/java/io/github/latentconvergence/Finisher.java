package io.github.latentconvergence;

import io.github.latentconvergence.internal.kernel.Sums;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the raw sums of one matrix into distances and logarithms, a token at a time; tokens may be finished by different threads. */
final class Finisher {
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
        Arrays.fill(distances, Double.NaN); // masked tokens stay so
        Arrays.fill(logs, Double.NaN);
        this.sizes = withSizes ? new double[parts.ofPrevious().isUsed() ? tokens * iterations : tokens] : null;
        if (sizes != null) {
            Arrays.fill(sizes, Double.NaN);
        }
    }

    void finish(int token, Sums sums) {
        for (int t = 0; t < iterations && !masked[token]; t++) {
            int cell = token * iterations + t;
            double distance = Distances.canonical(distance(token, t, cell, sums));
            distances[cell] = distance;
            logs[cell] = Distances.log10(distance);
            if (sizes != null && (t == 0 || sizes.length > tokens)) {
                sizes[sizes.length > tokens ? cell : token] = Distances.canonical(size(token, t, cell, sums));
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
