package io.github.latentconvergence.analysis;

import io.github.latentconvergence.analysis.SlowStatistics.Line;
import io.github.latentconvergence.analysis.SlowTrace.Row;
import io.github.latentconvergence.analysis.Trajectory.Evidence;
import io.github.latentconvergence.analysis.Trajectory.Shape;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** How one token moves: floor, rate and shape by their definitions, with all pairs of states. */
final class SlowCourse {
    final double[] r;
    /** Relative error of the step norms, at most. */
    final double error;
    final Shape shape;
    final OptionalInt period;
    /** The shape where pairs are measured only for tokens that may orbit. */
    final Evidence evidence;
    /** Which recurrence is the largest, where that says nothing but that. */
    final Decisions largest = new Decisions();
    final OptionalDouble floor;
    final OptionalInt floorStep;
    final double plateau;
    final double plateauError;
    final OptionalDouble rate;
    final double errorBar;
    final boolean shrinks;
    private final SlowTrace trace;
    private final int token;
    private final Decisions decisions;

    SlowCourse(SlowTrace trace, int token, Row row, Decisions decisions) {
        this.trace = trace;
        this.token = token;
        this.decisions = decisions;
        Row stepRow = trace.steps(token);
        r = stepRow.distance();
        error = Decisions.ROUNDING
                + 2 * IntStream.range(1, r.length).filter(t -> r[t] > 0).mapToDouble(t -> stepRow.error()[t] / r[t]).max().orElse(0);
        int n = r.length - 1;
        double[] end = trace.distances.normalized(SlowDistances.Point.raw(trace.states[n][token]));
        double roundoff = trace.dtype.unitRoundoff() * Math.sqrt(SlowDistances.sum2(end));
        int window = Math.min(256, r.length / 2);
        int first = n - window + 1;
        double[] steps = Arrays.copyOfRange(r, Math.min(first + 1, r.length), r.length);
        double middle = SlowStatistics.median(steps);
        boolean moves = window >= 8 && r[n] != 0 && decisions.below(roundoff, middle, error * roundoff);
        boolean any = window >= 4;
        Line line = any ? SlowStatistics.line(r, first + 1, n) : new Line(Double.NaN, Double.NaN);
        double noise = any ? SlowStatistics.noise(r, first + 1, n, roundoff) : Double.NaN;
        double efficiency = window >= 2 ? trace.between(token, n, first) / Arrays.stream(steps).sum() : Double.NaN;
        double[] recurrence = any ? recurrence(first, window) : new double[2];
        int lag = moves && dips(first) ? period(recurrence, window) : 0;
        period = lag > 0 ? OptionalInt.of(lag) : OptionalInt.empty();
        boolean drifts = moves && !decisions.below(line.slope(), -noise, 2 * error * (1 + noise))
                && decisions.atMost(0.5, efficiency, error) && !Double.isNaN(line.slope());
        SlowTail tail = new SlowTail(r, roundoff, error, decisions);
        boolean settles = tail.from.isPresent() && period.isEmpty() && !drifts;
        shape = period.isPresent() ? Shape.ORBITING : drifts ? Shape.DRIFTING : settles ? Shape.SETTLING : Shape.UNRESOLVED;
        int best = lag > 0 || !any
                ? lag
                : IntStream.rangeClosed(2, window / 2).boxed().reduce((a, b) -> largest.below(recurrence[a], recurrence[b]) ? b : a)
                        .orElseThrow();
        evidence = new Evidence(window, middle / Arrays.stream(r).filter(v -> v >= 0).max().orElse(Double.NaN), line.slope(), noise,
                efficiency,
                recurrence[best], recurrence[1], best);
        floor = settles ? OptionalDouble.of(tail.level()) : OptionalDouble.empty();
        floorStep = settles ? firstAtMost(1.5 * floor.getAsDouble()) : OptionalInt.empty();
        plateauError = settles ? Arrays.stream(row.error(), tail.from.getAsInt(), r.length).max().orElse(0) : 0;
        plateau = settles ? plateau(row, tail.from.getAsInt()) : Double.NaN;
        double slope = SlowStatistics.line(r, 1, floorStep.orElse(r.length) - 1).slope();
        rate = Double.isNaN(slope) ? OptionalDouble.empty() : OptionalDouble.of(Math.exp(slope));
        boolean contracts = rate.isPresent() && decisions.below(rate.getAsDouble(), 1, 2 * error);
        shrinks = shape == Shape.UNRESOLVED && contracts && decisions.below(line.slope(), -noise, 2 * error * (1 + noise));
        errorBar = contracts && !settles ? r[n] * rate.getAsDouble() / (1 - rate.getAsDouble()) : Double.NaN;
    }

    /** Whether the distance to the last state falls to 3/4 of its median or less, and below that of the state before the last, further than one step before the end. */
    private boolean dips(int first) {
        int n = r.length - 1;
        double[] toLast = IntStream.range(first, n).mapToDouble(t -> trace.between(token, t, n)).toArray();
        double nearest = Arrays.stream(toLast, 0, toLast.length - 1).min().orElse(Double.NaN);
        boolean deep = decisions.atMost(nearest, 0.75 * SlowStatistics.median(toLast));
        return decisions.below(nearest, r[n]) && deep;
    }

    private OptionalInt firstAtMost(double limit) {
        int first = r.length;
        while (first > 1 && decisions.atMost(r[first - 1], limit, error * limit)) {
            first--;
        }
        return first < r.length ? OptionalInt.of(first) : OptionalInt.empty();
    }

    private static double plateau(Row row, int from) {
        return SlowStatistics.median(IntStream.range(from, row.distance().length).filter(t -> !row.self()[t])
                .mapToDouble(t -> row.distance()[t]).toArray());
    }

    /** {@code 1 - mean_t |s_(t+p) - s_t| / median_(i<j) |s_i - s_j|} for every lag p. */
    private double[] recurrence(int first, int window) {
        double[] mean = new double[window];
        double[] all = new double[window * (window - 1) / 2];
        int pairs = 0;
        for (int p = 1; p < window; p++) {
            for (int t = 0; t + p < window; t++) {
                double distance = trace.between(token, first + t + p, first + t);
                mean[p] += distance / (window - p);
                all[pairs++] = distance;
            }
        }
        double median = SlowStatistics.median(all);
        return Arrays.stream(mean).map(m -> 1 - m / median).toArray();
    }

    /** The smallest local maximum of 0.5 or more that is above the recurrence at 1; 0 where there is none. */
    private int period(double[] recurrence, int window) {
        for (int p = 2; p <= window / 2; p++) {
            // No shortcuts: every comparison is looked at.
            boolean high = decisions.atMost(0.5, recurrence[p], 2 * error);
            boolean aboveOne = decisions.below(recurrence[1], recurrence[p], 2 * error);
            boolean aboveBefore = decisions.below(recurrence[p - 1], recurrence[p], 2 * error);
            boolean peak = decisions.atMost(recurrence[p + 1], recurrence[p], 2 * error);
            if (high && aboveOne && aboveBefore && peak) {
                return p;
            }
        }
        return 0;
    }
}
