package io.github.latentconvergence.analysis;

import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.io.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Every number of an analysis by its definition, in plain doubles, obvious and slow. */
final class SlowAnalysis {
    final SlowTrace trace;
    final List<SlowToken> tokens = new ArrayList<>();
    final double[] excess;
    final double[] z;
    final double deviation;
    /** How far off mean log distances may be. */
    final double logError;
    final boolean[] early;
    final boolean[] late;
    final List<Band> slow;
    final List<Band> fast;
    final List<Segment> segments;
    final SlowGradient gradient;
    final Decisions decisions = new Decisions();
    private final List<String> texts;

    SlowAnalysis(Trace of, AnalysisOptions options) {
        Reference reference = options.measure().reference();
        trace = new SlowTrace(of, options.measure().normalization(), reference);
        texts = of.tokens();
        for (int i = 0; i < trace.masked.length; i++) {
            if (!trace.masked[i]) {
                tokens.add(new SlowToken(trace, i, options));
            }
        }
        logError = tokens.stream().mapToDouble(t -> t.logError).filter(Double::isFinite).max().orElse(0);
        double[] a = tokens.stream().mapToDouble(t -> t.meanLog10).filter(Double::isFinite).toArray();
        double median = SlowStatistics.median(a);
        deviation = SlowStatistics.deviation(a);
        excess = tokens.stream().mapToDouble(t -> t.meanLog10 - median).toArray();
        z = Arrays.stream(excess).map(e -> e == 0 && deviation == 0 ? 0 : e / (1.4826 * deviation)).toArray();
        slow = bands(options.bands(), 1);
        fast = bands(options.bands(), -1);
        double[] steps = tokens.stream().mapToDouble(t -> orLate(t.step)).sorted().toArray();
        double first = steps.length == 0 ? Double.NaN : steps[(int) Math.ceil(steps.length / 4.0) - 1];
        double third = steps.length == 0 ? Double.NaN : steps[(int) Math.ceil(3 * steps.length / 4.0) - 1];
        early = new boolean[tokens.size()];
        late = new boolean[tokens.size()];
        for (int k = 0; k < early.length; k++) {
            double step = orLate(tokens.get(k).step);
            early[k] = first != third && step <= first;
            late[k] = (first != third && step >= third) || tokens.get(k).step.isEmpty();
        }
        segments = segments();
        gradient = new SlowGradient(tokens, logError, options.measure().metric() == Metric.NORM ? Reference.last() : reference, decisions);
    }

    /** A token without a step is later than all. */
    private static double orLate(OptionalInt step) {
        return step.isPresent() ? step.getAsInt() : Double.POSITIVE_INFINITY;
    }

    private List<Band> bands(BandLimits limits, int sign) {
        List<Band> bands = new ArrayList<>();
        int k = 0;
        while (k < tokens.size()) {
            int end = k;
            int furthest = k;
            while (end < tokens.size() && tokens.get(end).index == tokens.get(k).index + end - k && out(end, limits, sign)) {
                furthest = sign * excess[end] > sign * excess[furthest] ? end : furthest;
                end++;
            }
            if (end > k) {
                int first = tokens.get(k).index;
                int last = tokens.get(end - 1).index;
                bands.add(new Band(first, last, texts.subList(first, last + 1), z[furthest], excess[furthest]));
            }
            k = Math.max(end, k + 1);
        }
        return bands;
    }

    private boolean out(int k, BandLimits limits, int sign) {
        double error = 3 * logError * (1 + Math.abs(z[k])) / deviation;
        boolean outlier = decisions.below(limits.z(), sign * z[k], error);
        return decisions.atMost(limits.excess(), sign * excess[k], 2 * logError) && outlier;
    }

    private List<Segment> segments() {
        List<Segment> found = new ArrayList<>();
        List<SlowToken> open = new ArrayList<>();
        for (int i = 0; i < trace.masked.length; i++) {
            boolean belongs = !trace.masked[i] && !texts.get(i).strip().matches("<\\|.*\\|>|</?[a-z_]+>|\\[[A-Z]+\\]");
            int row = i;
            if (belongs) {
                open.add(tokens.stream().filter(t -> t.index == row).findFirst().orElseThrow());
            }
            // Marks that follow a mark that ends a sentence belong to it too.
            boolean moreMarks = i + 1 < trace.masked.length && !trace.masked[i + 1] && texts.get(i + 1).strip().matches("[.!?]+");
            boolean ends = !belongs || (!moreMarks && texts.get(i).strip().matches(".*[.!?]"));
            if (!open.isEmpty() && (ends || i == trace.masked.length - 1)) {
                found.add(segment(open));
                open.clear();
            }
        }
        return found;
    }

    private Segment segment(List<SlowToken> of) {
        int first = of.getFirst().index;
        int last = of.getLast().index;
        SlowToken slowest = of.getFirst();
        for (SlowToken t : of) {
            if (Double.isNaN(slowest.meanLog10) || decisions.below(slowest.meanLog10, t.meanLog10, 2 * logError)) {
                slowest = t;
            }
        }
        double[] rates = of.stream().flatMapToDouble(t -> t.course.rate.stream()).toArray();
        return new Segment(first, last, texts.subList(first, last + 1),
                SlowStatistics.medianOrNone(of.stream().mapToDouble(t -> orLate(t.step)).toArray()),
                rates.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(SlowStatistics.median(rates)),
                Double.isNaN(slowest.meanLog10) ? OptionalInt.empty() : OptionalInt.of(slowest.index));
    }

    OptionalDouble medianStep() {
        return SlowStatistics.medianOrNone(tokens.stream().mapToDouble(t -> orLate(t.step)).toArray());
    }

    OptionalDouble medianFloor() {
        return SlowStatistics.medianOrNone(tokens.stream().flatMapToDouble(t -> t.course.floor.stream()).toArray());
    }

    long atFloor() {
        return tokens.stream().filter(t -> t.course.floor.isPresent()).count();
    }

    long stillContracting() {
        return tokens.stream().filter(t -> t.course.shape == Trajectory.Shape.UNRESOLVED && !Double.isNaN(t.course.errorBar))
                .count();
    }

    /** Whether any token was decided within rounding of a limit; what is said across tokens then may be otherwise too. */
    boolean unsure() {
        return decisions.wereClose() || tokens.stream().anyMatch(t -> t.decisions.wereClose());
    }
}
