package io.github.latentconvergence.analysis;

import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.analysis.SlowTrace.Row;
import io.github.latentconvergence.tensor.DType;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** What the definitions say of one token: its convergence steps and its mean log distance. */
final class SlowToken {
    final int index;
    final Decisions decisions = new Decisions();
    final OptionalInt step;
    final OptionalInt last;
    final OptionalInt tailMean;
    final OptionalInt external;
    final boolean late;
    final double meanLog10;
    /** How far off that may be. */
    final double logError;
    /** Whether what the type resolves is that of the last cell, for all cells. */
    private final boolean fixedLimit;
    final Row row;
    final SlowCourse course;
    private final Metric metric;
    private final DType dtype;

    SlowToken(SlowTrace trace, int index, AnalysisOptions options) {
        this.index = index;
        this.dtype = trace.dtype;
        metric = options.measure().metric();
        Reference reference = options.measure().reference();
        Reference tail = reference instanceof Reference.TailMean ? reference : Reference.tailMean();
        fixedLimit = reference instanceof Reference.Previous;
        row = trace.row(index, metric, reference, decisions);
        step = step(row, options);
        last = step(trace.row(index, metric, Reference.last(), decisions), options);
        tailMean = step(trace.row(index, metric, tail, decisions), options);
        external = trace.external().map(outside -> step(trace.row(index, metric, outside, decisions), options)).orElse(OptionalInt.empty());
        int columns = trace.states.length;
        late = step.isPresent() && step.getAsInt() >= columns - columns / 4;
        int[] counting = counting(reference);
        double mean = IntStream.of(counting).mapToDouble(this::log10).average().orElse(Double.NaN);
        meanLog10 = Double.isFinite(mean) ? mean : Double.NaN;
        logError = IntStream.of(counting).mapToDouble(this::relative).filter(Double::isFinite).average().orElse(0) + Decisions.ROUNDING / 4;
        course = new SlowCourse(trace, index, row, decisions);
    }

    private OptionalInt step(Row r, AnalysisOptions options) {
        int columns = r.distance().length;
        boolean[] below = new boolean[columns];
        for (int t = 0; t < columns; t++) {
            double value = options.threshold().value();
            double limit = switch (options.threshold().kind()) {
                case RELATIVE -> value * r.size()[t];
                case ABSOLUTE -> value;
                case OF_START -> value * r.distance()[0];
            };
            double error = 2 * r.error()[t] + Decisions.ROUNDING * limit
                    + (options.threshold().kind() == Threshold.Kind.OF_START ? 2 * value * r.error()[0] : 0);
            below[t] = !r.self()[t] && (decisions.below(r.distance()[t], limit, error) || r.distance()[t] == 0);
        }
        for (int t = 0; t < columns; t++) {
            if (!r.self()[t] && below[t] && holds(r, below, t, options.rule())) {
                return OptionalInt.of(t);
            }
        }
        return OptionalInt.empty();
    }

    /** Whether the rule is met at t, which is below; cells that are their own reference are passed over. */
    private static boolean holds(Row r, boolean[] below, int t, StepRule rule) {
        int wanted = switch (rule) {
            case StepRule.First first -> 1;
            case StepRule.Consecutive running -> running.k();
            case StepRule.Stays stays -> Integer.MAX_VALUE;
        };
        int found = 0;
        for (int s = t; s < below.length && found < wanted; s++) {
            if (r.self()[s]) {
                continue;
            }
            if (!below[s]) {
                return false;
            }
            found++;
        }
        return found == wanted || rule instanceof StepRule.Stays;
    }

    /** log10 of the distance, or of what the type resolves where that is more. */
    double log10(int t) {
        return Math.log10(counted(t));
    }

    /** How far off the logarithm may be. */
    double relative(int t) {
        return row.error()[t] / counted(t);
    }

    /** Whether the distance is below what the type resolves, beyond doubt. */
    boolean unresolved(int t) {
        return row.distance()[t] + row.error()[t] < resolution(t);
    }

    private double counted(int t) {
        return Math.max(row.distance()[t], resolution(t));
    }

    private double resolution(int t) {
        double u = dtype.unitRoundoff();
        return switch (metric) {
            case L2, RMS, L1, LINF -> u * row.size()[fixedLimit ? row.size().length - 1 : t];
            case RELATIVE_L2 -> u;
            case COSINE -> u * u / 2;
            case ANGULAR -> u / Math.PI;
            case NORM -> 0;
        };
    }

    private int[] counting(Reference reference) {
        return IntStream.range(0, row.distance().length).filter(t -> row.counts(t, metric == Metric.NORM ? Reference.last() : reference))
                .toArray();
    }
}
