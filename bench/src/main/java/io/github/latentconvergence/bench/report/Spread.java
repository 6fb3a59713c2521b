package io.github.latentconvergence.bench.report;

import java.util.stream.DoubleStream;

/**
 * Where samples lie.
 *
 * @param least of them
 * @param middle their median
 * @param most of them
 */
record Spread(double least, double middle, double most) {
    static Spread of(DoubleStream samples) {
        double[] sorted = samples.sorted().toArray();
        int n = sorted.length;
        if (n == 0) {
            throw new IllegalArgumentException("there are no samples");
        }
        return new Spread(sorted[0], (sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[n - 1]);
    }
}
