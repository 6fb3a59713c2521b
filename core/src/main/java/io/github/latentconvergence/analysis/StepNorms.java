package io.github.latentconvergence.analysis;

import io.github.latentconvergence.ConvergenceMatrix;

/**
 * The step norms of one token, with what the arithmetic resolves: the raw material of its rate, floor and shape.
 *
 * @param norms {@code r_t = |s_t - s_(t-1)|} by position; NaN at position 0
 * @param roundoff the dtype's unit roundoff times the size of the last state: steps below it cannot be told from rounding
 */
record StepNorms(double[] norms, double roundoff) {
    static StepNorms of(ConvergenceMatrix steps, int token, double roundoff) {
        return new StepNorms(steps.distances(token), roundoff);
    }

    int iterations() {
        return norms.length;
    }

    /** The last step norm; NaN where there is none. */
    double last() {
        return norms[norms.length - 1];
    }

    double largest() {
        double largest = Double.NaN;
        for (int t = 1; t < norms.length; t++) {
            if (Double.isFinite(norms[t]) && !(norms[t] <= largest)) {
                largest = norms[t];
            }
        }
        return largest;
    }

    /** The median of the step norms from a position on; NaN where one is not a number. */
    double median(int from) {
        int count = norms.length - from;
        double[] part = new double[count];
        System.arraycopy(norms, from, part, 0, count);
        return Median.ofOwn(part, count);
    }

    /** The median of the positive step norms from a position on, where steps of 0 come between. */
    double medianOfPositive(int from) {
        double[] part = new double[norms.length - from];
        int count = 0;
        for (int t = from; t < norms.length; t++) {
            if (!(norms[t] <= 0)) {
                part[count++] = norms[t];
            }
        }
        return Median.ofOwn(part, count);
    }

    /** The first position from which all step norms are at most {@code level}; the number of iterations where the last is not. */
    int firstAtMost(double level) {
        int t = norms.length;
        while (t > 1 && norms[t - 1] <= level) {
            t--;
        }
        return t;
    }

    /** A line through the logarithms of the positive step norms at positions {@code from} (1 or more) to {@code to} (exclusive). */
    TheilSen slope(int from, int to) {
        double[] x = new double[to - from];
        double[] y = new double[to - from];
        int count = 0;
        for (int t = from; t < to; t++) {
            if (norms[t] > 0 && norms[t] < Double.POSITIVE_INFINITY) {
                x[count] = t;
                y[count++] = StrictMath.log(norms[t]);
            }
        }
        return count < LEAST ? new TheilSen(Double.NaN, Double.NaN, Double.NaN) : TheilSen.of(x, y, count);
    }

    /** Fewer step norms say nothing of a rate. */
    static final int LEAST = 4;

    /** What of a slope over these columns noise alone would make: three standard errors, with rounding as noise that no residual need show. */
    double slopeNoise(TheilSen line, double median) {
        return 3 * Math.hypot(line.noise(), roundoff / median) / line.spread();
    }

    /** Whether the steps from a position on neither shrink nor grow beyond noise; they do not where all are below what can be told from rounding. */
    boolean isFlat(int from) {
        if (firstAtMost(roundoff) <= from) {
            return true;
        }
        TheilSen line = slope(from, norms.length);
        return Math.abs(line.slope()) <= slopeNoise(line, median(from));
    }
}
