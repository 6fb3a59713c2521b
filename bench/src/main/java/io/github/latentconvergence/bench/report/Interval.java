package io.github.latentconvergence.bench.report;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A ratio and where the true one lies with 95 % confidence.
 *
 * <p>By Student's t on logarithms. A bootstrap of medians, the usual alternative, says too narrow an interval for as few samples as a benchmark has: of five samples it can only
 * choose among five values. Logarithms make the ratio of A to B and of B to A the same statement, and temper the outliers that a busy machine makes in one direction; what outliers
 * remain widen the interval, so that the answer becomes "cannot say" rather than a wrong one.
 *
 * @param low the lower end
 * @param ratio the ratio of geometric means
 * @param high the upper end
 */
record Interval(double low, double ratio, double high) {
    /** Fewer do not tell the noise from the difference. */
    static final int FEWEST = 3;

    /** Of B to A, measured independently of each other (Welch's interval: the two may be differently noisy). */
    static Interval independent(double[] a, double[] b) {
        double[] logsA = logs(a);
        double[] logsB = logs(b);
        double ofA = variance(logsA) / a.length;
        double ofB = variance(logsB) / b.length;
        double both = ofA + ofB;
        double freedom = both == 0 ? a.length + b.length - 2 : both * both / (ofA * ofA / (a.length - 1) + ofB * ofB / (b.length - 1));
        return around(mean(logsB) - mean(logsA), Math.sqrt(both), freedom);
    }

    /** Of B to A, measured in turns: what slowed a round slowed both, and cancels. */
    static Interval inTurns(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("measured in turns: found " + a.length + " and " + b.length + " rounds, expected as many");
        }
        double[] differences = IntStream.range(0, a.length).mapToDouble(i -> Math.log(b[i] / a[i])).toArray();
        return around(mean(differences), Math.sqrt(variance(differences) / a.length), a.length - 1);
    }

    boolean within(double least, double most) {
        return least <= low && high <= most;
    }

    private static Interval around(double log, double error, double freedom) {
        double half = error * StudentT.within95(freedom);
        return new Interval(Math.exp(log - half), Math.exp(log), Math.exp(log + half));
    }

    private static double[] logs(double[] values) {
        return DoubleStream.of(values).map(Math::log).toArray();
    }

    private static double mean(double[] values) {
        return DoubleStream.of(values).sum() / values.length;
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
    }
}
