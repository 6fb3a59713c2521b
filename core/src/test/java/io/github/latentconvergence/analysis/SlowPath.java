package io.github.latentconvergence.analysis;

import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.analysis.PathAnalysis.Verdict;
import io.github.latentconvergence.analysis.SlowDistances.Point;
import io.github.latentconvergence.analysis.SlowTrace.Row;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Whether one token comes to the same place in two runs, by the definition. */
final class SlowPath {
    final Decisions decisions = new Decisions();
    final double[] distance;
    final double[] error;
    final double floor;
    final OptionalInt reached;
    final OptionalDouble rate;
    final double level;
    final Verdict verdict;

    SlowPath(SlowTrace a, SlowTrace b, int i, ConvergenceOptions options) {
        Metric metric = options.metric();
        int columns = Math.min(a.states.length, b.states.length);
        distance = new double[columns];
        error = new double[columns];
        for (int t = 0; t < columns; t++) {
            distance[t] = a.distances.distance(metric, a.states[t][i], Point.raw(b.states[t][i]));
            error[t] = a.distances.error(metric, a.states[t][i], Point.raw(b.states[t][i]));
        }
        floor = Math.max(floor(a, i, metric), floor(b, i, metric));
        int first = columns;
        while (first > 0 && decisions.atMost(distance[first - 1], 3 * floor, 2 * error[first - 1] + 1e-5 * floor)) {
            first--;
        }
        reached = first < columns ? OptionalInt.of(first) : OptionalInt.empty();
        double slope = SlowStatistics.line(distance, 0, first - 1).slope();
        rate = Double.isNaN(slope) ? OptionalDouble.empty() : OptionalDouble.of(Math.exp(slope));
        level = SlowStatistics.median(Arrays.copyOfRange(distance, columns - Math.max(1, columns / 4), columns));
        verdict = verdict(columns);
    }

    private Verdict verdict(int columns) {
        if (reached.isPresent()) {
            return Verdict.INDEPENDENT;
        }
        if (columns < 16 || Double.isNaN(distance[columns - 1])) {
            return Verdict.UNRESOLVED;
        }
        int from = columns - columns / 2;
        double slope = SlowStatistics.line(distance, from, columns - 1).slope();
        double noise = SlowStatistics.noise(distance, from, columns - 1, 0);
        return decisions.below(slope, -noise, 1e-4 * (1 + noise)) ? Verdict.APPROACHING : Verdict.DEPENDENT;
    }

    /** The median step over the flat tail in the metric; of a roundoff at least. Of that alone where there is no such tail. */
    private double floor(SlowTrace trace, int i, Metric metric) {
        Row steps = trace.steps(i);
        double[] r = steps.distance();
        double[] end = trace.distances.normalized(Point.raw(trace.states[trace.last()][i]));
        double roundoff = trace.dtype.unitRoundoff() * Math.sqrt(SlowDistances.sum2(end));
        SlowTail tail = new SlowTail(r, roundoff, 1e-5, decisions);
        if (tail.from.isEmpty()) {
            return resolution(trace, i, metric);
        }
        double[] inMetric = trace.row(i, metric, Reference.previous(), decisions).distance();
        double median = SlowStatistics.median(Arrays.copyOfRange(inMetric, tail.from.getAsInt(), inMetric.length));
        return Math.max(median, resolution(trace, i, metric));
    }

    private static double resolution(SlowTrace trace, int i, Metric metric) {
        double u = trace.dtype.unitRoundoff();
        return switch (metric) {
            case L2, RMS, L1, LINF -> u * trace.distances.size(metric, Point.raw(trace.states[trace.last()][i]));
            case RELATIVE_L2 -> u;
            case COSINE -> u * u / 2;
            case ANGULAR -> u / Math.PI;
            case NORM -> throw new AssertionError("no distance");
        };
    }
}
