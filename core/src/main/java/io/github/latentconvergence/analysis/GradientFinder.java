package io.github.latentconvergence.analysis;

import io.github.latentconvergence.ConvergenceMatrix;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Finds the overall trend of a matrix. */
final class GradientFinder {
    private final LogDistances logs;
    private final ConvergenceMatrix matrix;
    private final int[] tokens;

    /** @param tokens those that take part */
    GradientFinder(LogDistances logs, ConvergenceMatrix matrix, int[] tokens) {
        this.logs = logs;
        this.matrix = matrix;
        this.tokens = tokens;
    }

    /** @param inParallel decides whether tokens are looked at side by side */
    Gradient find(UnaryOperator<IntStream> inParallel) {
        double[] medians = IntStream.range(0, matrix.iterations()).mapToDouble(t -> logs.columnMedian(tokens, t))
                .filter(m -> !Double.isNaN(m))
                .toArray();
        double falling = IntStream.range(1, medians.length).filter(c -> medians[c] < medians[c - 1]).count();
        double[] correlations = inParallel.apply(Arrays.stream(tokens)).mapToDouble(this::spearman).filter(c -> !Double.isNaN(c)).toArray();
        return new Gradient(Median.of(correlations), medians.length < 2 ? Double.NaN : falling / (medians.length - 1),
                medians.length < 2 ? Double.NaN : medians[0] - medians[medians.length - 1]);
    }

    /** Rank correlation of log distance with iteration; NaN for fewer than two columns, and where all distances are equal. */
    private double spearman(int token) {
        double[] values = IntStream.range(0, matrix.iterations()).filter(t -> matrix.isDefined(token, t))
                .mapToDouble(t -> logs.at(token, t))
                .filter(v -> !Double.isNaN(v)).toArray();
        double[] ranks = ranks(values);
        double mean = (values.length - 1) / 2.0;
        double along = 0;
        double ofRanks = 0;
        double ofTime = 0;
        for (int t = 0; t < values.length; t++) {
            along += (t - mean) * (ranks[t] - mean);
            ofRanks += (ranks[t] - mean) * (ranks[t] - mean);
            ofTime += (t - mean) * (t - mean);
        }
        return along / Math.sqrt(ofRanks * ofTime);
    }

    /** From 0; equal values share the mean of their ranks. */
    private static double[] ranks(double[] values) {
        Integer[] order = IntStream.range(0, values.length).boxed().sorted((a, b) -> Double.compare(values[a], values[b]))
                .toArray(Integer[]::new);
        double[] ranks = new double[values.length];
        for (int n = 0; n < order.length;) {
            int end = n;
            while (end < order.length && values[order[end]] == values[order[n]]) {
                end++;
            }
            for (int m = n; m < end; m++) {
                ranks[order[m]] = (n + end - 1) / 2.0;
            }
            n = end;
        }
        return ranks;
    }
}
