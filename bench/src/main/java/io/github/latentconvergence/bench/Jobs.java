package io.github.latentconvergence.bench;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Normalization;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.Arrays;
import java.util.List;

/** What is measured, by the names that benchmarks have for it, and what must come out. */
public final class Jobs {
    /** Every metric with kernels of its own, to the last iteration; {@code rmsnorm-l2} is {@code l2} of states under RMSNorm. */
    public static final List<String> METRICS = List.of("l2", "l1", "linf", "cosine", "rmsnorm-l2");

    /** So far may a matrix be from float64: a thousandth of it is what float32 sums give. */
    private static final double TOLERANCE = 1e-6;

    private Jobs() {}

    /** Options for one matrix. */
    public static ConvergenceOptions options(String metric, int threads) {
        ConvergenceOptions options = ConvergenceOptions.defaults().withThreads(threads);
        return metric.equals("rmsnorm-l2")
                ? options.withNormalization(Normalization.rmsNorm())
                : options.withMetric(Metric.ofLabel(metric));
    }

    /** The five matrices of one pass: four metrics to the last iteration and the step norm. */
    public static List<ConvergenceOptions> five(int threads) {
        ConvergenceOptions l2 = options("l2", threads);
        return List.of(l2, options("l1", threads), options("linf", threads), options("cosine", threads),
                l2.withReference(Reference.previous()));
    }

    /** A shape as parameters write it, for example {@code 65x256x5280}. */
    public static Shape shape(String text) {
        return Shape.of(Arrays.stream(text.split("x", -1)).mapToLong(Long::parseLong).toArray());
    }

    /**
     * Compares some cells with the obvious computation.
     *
     * @throws IllegalStateException if one is wrong
     */
    public static void check(StateTensor states, ConvergenceMatrix matrix, String metric) {
        for (int token : new int[] {0, matrix.tokens() / 2, matrix.tokens() - 1}) {
            for (int t : new int[] {0, matrix.iterations() / 2}) {
                check(matrix.distance(token, t), expected(states, token, t, metric), metric + " of token " + token + " at iteration " + t);
            }
        }
    }

    /** Compares one number with what it must be. */
    public static void check(double found, double expected, String what) {
        if (!(Math.abs(found - expected) <= TOLERANCE * Math.abs(expected))) {
            throw new IllegalStateException(what + " is " + found + "; expected " + expected);
        }
    }

    /** One cell in float64, without any trick: the distance of a state to the last one of its token. */
    public static double expected(StateTensor states, int token, int iteration, String metric) {
        double[] x = row(states, iteration, token);
        double[] y = row(states, states.iterations() - 1, token);
        if (metric.equals("rmsnorm-l2")) {
            normalize(x);
            normalize(y);
        }
        double squares = 0;
        double magnitudes = 0;
        double largest = 0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int d = 0; d < x.length; d++) {
            double e = x[d] - y[d];
            squares += e * e;
            magnitudes += Math.abs(e);
            largest = Math.max(largest, Math.abs(e));
            xx += x[d] * x[d];
            yy += y[d] * y[d];
            xy += x[d] * y[d];
        }
        return switch (metric) {
            case "l2", "rmsnorm-l2" -> Math.sqrt(squares);
            case "l1" -> magnitudes;
            case "linf" -> largest;
            case "cosine" -> 1 - xy / Math.sqrt(xx * yy);
            default -> throw new IllegalArgumentException("unknown metric '" + metric + "': expected one of " + METRICS);
        };
    }

    private static double[] row(StateTensor states, long iteration, int token) {
        double[] row = new double[Math.toIntExact(states.hidden())];
        Arrays.setAll(row, d -> states.get(iteration, token, d));
        return row;
    }

    private static void normalize(double[] row) {
        double squares = Arrays.stream(row).map(v -> v * v).sum();
        double scale = 1 / Math.sqrt(squares / row.length + Normalization.DEFAULT_EPS);
        Arrays.setAll(row, d -> row[d] * scale);
    }
}
