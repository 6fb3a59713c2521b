package io.github.latentconvergence.analysis;

import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Normalization;
import io.github.latentconvergence.io.Trace;
import java.util.Arrays;

/**
 * Distances of single states in plain doubles, by loops over their components. Differences are formed before anything is scaled, so that they are as good near convergence as
 * far from it.
 */
final class SlowDistances {
    private static final double PROMISE = 1e-6;
    /** What the handbook derives for sums of 32 terms that are all rounded the same way; states of unequal length come near it in their angle. */
    private static final double WORST = 2.5e-6;

    private final double[] weight;
    private final boolean rmsNorm;
    private final double eps;

    SlowDistances(Trace trace, Normalization normalization) {
        double[] ones = new double[(int) trace.states().hidden()];
        Arrays.fill(ones, 1);
        this.rmsNorm = normalization.isRmsNorm();
        this.weight = rmsNorm ? normalization.weight().or(trace::normWeight).orElse(ones) : ones;
        this.eps = normalization.eps();
    }

    /** A reference: its components, and whether they have been normalised before. */
    record Point(double[] components, boolean normalized) {
        static Point raw(double... components) {
            return new Point(components, false);
        }
    }

    /** {@code N(x) - N(y)}. */
    private double[] difference(double[] x, Point y) {
        double[] difference = new double[x.length];
        double a = scale(x);
        double b = y.normalized ? 1 : scale(y.components);
        // a - b = (b^-2 - a^-2) a^2 b^2 / (a + b), and b^-2 - a^-2 is the mean of (y - x)(y + x).
        double gap = 0;
        for (int d = 0; d < x.length; d++) {
            gap += (y.components[d] - x[d]) * (y.components[d] + x[d]) / x.length;
        }
        double change = rmsNorm && !y.normalized ? gap * a * a * b * b / (a + b) : a - b;
        for (int d = 0; d < x.length; d++) {
            difference[d] = rmsNorm && y.normalized
                    ? weight[d] * x[d] * a - y.components[d]
                    : weight[d] * ((x[d] - y.components[d]) * a + (rmsNorm ? y.components[d] * change : 0));
        }
        return difference;
    }

    private double scale(double... x) {
        return rmsNorm ? 1 / Math.sqrt(sum2(x) / x.length + eps) : 1;
    }

    /** The state after normalisation. */
    double[] normalized(Point x) {
        double a = x.normalized ? 1 : scale(x.components);
        double[] out = new double[x.components.length];
        for (int d = 0; d < out.length; d++) {
            out[d] = x.normalized ? x.components[d] : weight[d] * x.components[d] * a;
        }
        return out;
    }

    double distance(Metric metric, double[] x, Point y) {
        double[] difference = difference(x, y);
        return switch (metric) {
            case L2 -> Math.sqrt(sum2(difference));
            case RMS -> Math.sqrt(sum2(difference) / x.length);
            case RELATIVE_L2 -> Math.sqrt(sum2(difference)) / Math.sqrt(sum2(normalized(y)));
            case L1 -> Arrays.stream(difference).map(Math::abs).sum();
            case LINF -> Arrays.stream(difference).map(Math::abs).reduce(0, Math::max);
            case NORM -> Math.sqrt(sum2(normalized(Point.raw(x))));
            case COSINE -> Math.pow(chord(normalized(Point.raw(x)), normalized(y), difference), 2) / 2;
            case ANGULAR -> 2 * Math.asin(Math.min(1, chord(normalized(Point.raw(x)), normalized(y), difference) / 2)) / Math.PI;
        };
    }

    /** How far off the library may be, as its handbook promises under numerics. */
    double error(Metric metric, double[] x, Point y) {
        double m = rmsNorm && !y.normalized ? Math.min(scale(x), scale(y.components)) : 0;
        double[] raw = new double[x.length];
        for (int d = 0; d < raw.length; d++) {
            raw[d] = m * weight[d] * (x[d] - y.components[d]);
        }
        double l2 = Math.sqrt(sum2(raw));
        double value = distance(metric, x, y);
        double beside = switch (metric) {
            case L2 -> l2;
            case RMS -> l2 / Math.sqrt(x.length);
            case RELATIVE_L2 -> l2 / size(Metric.L2, y);
            case L1 -> Arrays.stream(raw).map(Math::abs).sum();
            case LINF -> Arrays.stream(raw).map(Math::abs).max().orElse(0);
            case NORM -> 0;
            case COSINE, ANGULAR ->
                Math.pow(distance(Metric.L2, x, y) + l2, 2) / (2 * size(Metric.L2, Point.raw(x)) * size(Metric.L2, y));
        };
        if (metric != Metric.ANGULAR) {
            return metric == Metric.COSINE ? PROMISE * value + WORST * beside + 1e-30 : PROMISE * (value + beside);
        }
        double cosine = distance(Metric.COSINE, x, y);
        double allowed = PROMISE * cosine + WORST * beside + 1e-30;
        return Math.max(angle(cosine + allowed) - value, value - angle(cosine - allowed));
    }

    private static double angle(double cosine) {
        return 2 * Math.asin(Math.sqrt(Math.clamp(cosine / 2, 0, 1))) / Math.PI;
    }

    /** {@code |x/|x| - y/|y||}, whose square is twice 1 minus the cosine. */
    private static double chord(double[] x, double[] y, double... difference) {
        double lengthX = Math.sqrt(sum2(x));
        double lengthY = Math.sqrt(sum2(y));
        if (lengthX == 0 || lengthY == 0) {
            return Double.NaN;
        }
        double gap = 0;
        for (int d = 0; d < x.length; d++) {
            gap -= difference[d] * (x[d] + y[d]);
        }
        double change = gap / (lengthX * lengthY * (lengthX + lengthY)); // 1/|x| - 1/|y|
        double sum = 0;
        for (int d = 0; d < x.length; d++) {
            double c = difference[d] / lengthX + y[d] * change;
            sum += c * c;
        }
        return Math.sqrt(sum);
    }

    /** Size of a reference in the metric's own norm. */
    double size(Metric metric, Point y) {
        double[] n = normalized(y);
        return switch (metric) {
            case L2 -> Math.sqrt(sum2(n));
            case RMS -> Math.sqrt(sum2(n) / n.length);
            case L1 -> Arrays.stream(n).map(Math::abs).sum();
            case LINF -> Arrays.stream(n).map(Math::abs).reduce(0, Math::max);
            case RELATIVE_L2, COSINE, ANGULAR -> 1;
            case NORM -> Double.NaN;
        };
    }

    static double sum2(double... x) {
        double sum = 0;
        for (double v : x) {
            sum += v * v;
        }
        return sum;
    }
}
