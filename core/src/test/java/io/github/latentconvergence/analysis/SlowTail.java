package io.github.latentconvergence.analysis;

import java.util.Arrays;
import java.util.OptionalInt;

/** The flat tail of a row of step norms. */
final class SlowTail {
    /** Where it begins; none where there is no such tail. */
    final OptionalInt from;
    private final double[] r;
    private final double roundoff;
    private final double error;
    private final Decisions decisions;

    SlowTail(double[] r, double roundoff, double error, Decisions decisions) {
        this.r = r;
        this.roundoff = roundoff;
        this.error = error;
        this.decisions = decisions;
        this.from = find();
    }

    /** The median step over the tail. */
    double level() {
        double[] tail = Arrays.copyOfRange(r, from.orElseThrow(), r.length);
        double median = SlowStatistics.median(tail);
        return median == 0 && r[r.length - 1] != 0 ? SlowStatistics.median(Arrays.stream(tail).filter(v -> v > 0).toArray()) : median;
    }

    private OptionalInt find() {
        int n = r.length - 1;
        if (n >= 1 && r[n] == 0) {
            int first = n;
            while (first > 1 && r[first - 1] == 0) {
                first--;
            }
            return OptionalInt.of(first);
        }
        if (n < 8 || (!flat(n - 7, n) && !levelsOff(n))) {
            return OptionalInt.empty();
        }
        int length = 8;
        while (2 * length <= n && flat(n - 2 * length + 1, n)) {
            length *= 2;
        }
        int first = n - length + 1;
        double largest = Arrays.stream(r, 1, n + 1).filter(v -> !Double.isNaN(v)).max().orElse(Double.NaN);
        double median = SlowStatistics.median(Arrays.copyOfRange(r, first, n + 1));
        return decisions.atMost(median, 0.1 * largest, error * largest) ? OptionalInt.of(first) : OptionalInt.empty();
    }

    private boolean flat(int from, int to) {
        double slope = SlowStatistics.line(r, from, to).slope();
        double noise = SlowStatistics.noise(r, from, to, roundoff);
        boolean withinNoise = decisions.atMost(Math.abs(slope), noise, 2 * error * (1 + noise));
        boolean allTiny = true;
        for (int t = from; t <= to; t++) {
            allTiny &= decisions.atMost(r[t], roundoff, error * roundoff);
        }
        return withinNoise || allTiny;
    }

    private boolean levelsOff(int n) {
        double before = SlowStatistics.line(r, 1, n - 8).slope();
        double rise = Math.log(r[n] / r[n - 7]) - 7 * before;
        boolean rises = decisions.atMost(Math.log(1.75), rise, 20 * error);
        return decisions.atMost(SlowStatistics.median(Arrays.copyOfRange(r, n - 7, n + 1)), 20 * roundoff) && rises;
    }
}
