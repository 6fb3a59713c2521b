package io.github.latentconvergence.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Medians, lines and rank correlations by their definitions. */
final class SlowStatistics {
    private SlowStatistics() {}

    /** The middle one, or the mean of the two in the middle; NaN of nothing or if one is not a number. */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        if (n == 0 || Double.isNaN(sorted[n - 1])) {
            return Double.NaN;
        }
        return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }

    static double median(List<Double> values) {
        return median(values.stream().mapToDouble(v -> v).toArray());
    }

    /** Median absolute deviation from the median. */
    static double deviation(double... values) {
        double middle = median(values);
        return median(Arrays.stream(values).map(v -> Math.abs(v - middle)).toArray());
    }

    /** The line of Theil and Sen through ln of positive numbers. */
    record Line(double slope, double sigma) {}

    /** Through {@code (t, ln r[t])} for t from {@code from} to {@code to} inclusive; a slope of NaN where there are fewer than 4 points. */
    static Line line(double[] r, int from, int to) {
        List<Integer> points = new ArrayList<>();
        for (int t = from; t <= to; t++) {
            if (r[t] > 0 && r[t] < Double.POSITIVE_INFINITY) {
                points.add(t);
            }
        }
        if (points.size() < 4) {
            return new Line(Double.NaN, Double.NaN);
        }
        List<Double> slopes = new ArrayList<>();
        for (int a : points) {
            for (int b : points) {
                if (a < b) {
                    slopes.add((Math.log(r[b]) - Math.log(r[a])) / (b - a));
                }
            }
        }
        double slope = median(slopes);
        return new Line(slope, 1.4826 * deviation(points.stream().mapToDouble(t -> Math.log(r[t]) - slope * t).toArray()));
    }

    /** What slope noise alone makes of the columns from {@code from} to {@code to}: {@code 3 hypot(sigma, roundoff / median r) / sqrt(sum (t - mean t)^2)}. */
    static double noise(double[] r, int from, int to, double roundoff) {
        double[] points = IntStream.rangeClosed(from, to).filter(t -> r[t] > 0 && r[t] < Double.POSITIVE_INFINITY).asDoubleStream()
                .toArray();
        double middle = Arrays.stream(points).average().orElse(0);
        double spread = Arrays.stream(points).map(t -> (t - middle) * (t - middle)).sum();
        return 3 * Math.hypot(line(r, from, to).sigma(), roundoff / median(Arrays.copyOfRange(r, from, to + 1))) / Math.sqrt(spread);
    }

    /** Spearman's correlation: Pearson's of the ranks, mean ranks for ties. */
    static double spearman(double[] x, double[] y) {
        double[] a = ranks(x);
        double[] b = ranks(y);
        double middle = (x.length + 1) / 2.0;
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - middle) * (b[i] - middle);
            aa += (a[i] - middle) * (a[i] - middle);
            bb += (b[i] - middle) * (b[i] - middle);
        }
        return ab / Math.sqrt(aa * bb);
    }

    private static double[] ranks(double... values) {
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            int below = 0;
            int equal = 0;
            for (double other : values) {
                below += other < values[i] ? 1 : 0;
                equal += other == values[i] ? 1 : 0;
            }
            ranks[i] = below + (equal + 1) / 2.0;
        }
        return ranks;
    }

    /** The median of numbers of which some are later than all: none where it is one of those. */
    static OptionalDouble medianOrNone(double... values) {
        double median = median(values);
        return Double.isFinite(median) ? OptionalDouble.of(median) : OptionalDouble.empty();
    }
}
