package io.github.latentconvergence.plot;

import java.util.Arrays;

/** Quantiles of numbers of which none is NaN. */
final class Quantiles {
    private final double[] sorted;

    private Quantiles(double[] sorted) {
        this.sorted = sorted;
    }

    /** Of these, left as they are. */
    static Quantiles of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Quantiles(sorted);
    }

    /** The value of which a fraction of all are at most as large, by nearest rank; NaN of nothing. */
    double at(double fraction) {
        return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, (int) Math.ceil(fraction * sorted.length) - 1)];
    }

    /** The median, the mean of the two in the middle for an even number; NaN of nothing. */
    double median() {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double low = sorted[(sorted.length - 1) / 2];
        double high = sorted[sorted.length / 2];
        return low == high ? low : low / 2 + high / 2;
    }
}
