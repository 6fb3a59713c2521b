package io.github.latentconvergence;

import io.github.latentconvergence.internal.kernel.Op;
import io.github.latentconvergence.internal.kernel.Plan;
import io.github.latentconvergence.internal.kernel.Reduction;
import io.github.latentconvergence.internal.kernel.Source;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * From metrics, references and normalisations to the fewest raw reductions that they need. One planner makes the plan of one pass; equal reductions are shared.
 */
final class Planner {
    private final StateTensor states;
    private final boolean float64;
    private final List<Source> sources = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();
    private final List<Reduction> ofSources = new ArrayList<>();
    private final List<Reduction> ofStates = new ArrayList<>();

    Planner(StateTensor states) {
        this.states = states;
        this.float64 = states.dtype() == DType.F64;
    }

    /** What makes two sources the same: views of the same states are different objects. */
    private record Span(StateTensor of, long from, long to, boolean mean, boolean wide) {}

    /**
     * Where one matrix finds its sums; -1 for those it does not need.
     *
     * @param sum the sum or maximum that is the distance, or the sum of squares whose root is, or is the numerator: by its index in {@code Plan.ofStates}
     * @param cross sum (x-y)(x+y): index in {@code Plan.ofStates}
     * @param ofX the state's own sum of squares: index in {@code Plan.ofStates}
     * @param ofSource the reference's sum of squares: index in {@code Plan.ofSources}
     * @param ofPrevious the same where the reference is the state before: index in {@code Plan.ofStates}
     */
    record Parts(int sum, int cross, int ofX, int ofSource, int ofPrevious) {}

    Parts add(Metric metric, Reference reference, Normalization normalization) {
        boolean normalize = normalization.isRmsNorm();
        int none = Reduction.NONE;
        if (metric == Metric.NORM) {
            return new Parts(stateNorm(normalize, float64), none, none, none, none);
        }
        boolean ready = normalize && reference instanceof Reference.External external && external.normalized();
        int source = source(reference, ready);
        boolean wide = float64 || (source >= 0 && sources.get(source).wide());
        int sum = switch (metric) {
            case L1 -> pair(Op.ABS_DIFF, Op.NORMALIZED_ABS_DIFF, Op.NORMALIZED_TO_ABS, source, normalize, ready, wide);
            case LINF -> pair(Op.MAX_DIFF, Op.NORMALIZED_MAX_DIFF, Op.NORMALIZED_TO_MAX, source, normalize, ready, wide);
            default -> pair(Op.DIFF2, Op.NORMALIZED_DIFF2, Op.NORMALIZED_TO, source, normalize, ready, wide);
        };
        if (metric == Metric.L1 || metric == Metric.LINF || metric == Metric.L2 || metric == Metric.RMS) {
            return new Parts(sum, none, none, none, none);
        }
        int ofSource = source == Reduction.PREVIOUS ? none : sourceNorm(source, normalize && !ready, wide);
        int ofPrevious = source == Reduction.PREVIOUS ? stateNorm(normalize, wide) : none;
        if (metric == Metric.RELATIVE_L2) {
            return new Parts(sum, none, none, ofSource, ofPrevious);
        }
        int cross = pair(Op.CROSS, Op.NORMALIZED_CROSS, Op.NORMALIZED_TO_CROSS, source, normalize, ready, wide);
        return new Parts(sum, cross, stateNorm(normalize, wide), ofSource, ofPrevious);
    }

    /** One reduction of a state and its reference: as they are, both normalised, or only the state. */
    private int pair(Op plain, Op normalized, Op toNormalized, int source, boolean normalize, boolean ready, boolean wide) {
        if (!normalize) {
            return index(ofStates, Reduction.plain(plain, source, wide, true));
        }
        int x = index(ofStates, Reduction.plain(Op.NORM2, Reduction.NO_SOURCE, wide, false));
        if (ready) {
            return index(ofStates, new Reduction(toNormalized, source, wide, !wide, x, Reduction.NONE, Reduction.NONE));
        }
        int y = source == Reduction.PREVIOUS ? Reduction.NONE : index(ofSources, Reduction.plain(Op.NORM2, source, wide, false));
        int cross = index(ofStates, Reduction.plain(Op.CROSS, source, wide, false));
        return index(ofStates, new Reduction(normalized, source, wide, !wide, x, y, cross));
    }

    private int stateNorm(boolean normalize, boolean wide) {
        return norm(ofStates, Reduction.NO_SOURCE, normalize, wide);
    }

    private int sourceNorm(int source, boolean normalize, boolean wide) {
        return norm(ofSources, source, normalize, wide);
    }

    private static int norm(List<Reduction> list, int source, boolean normalize, boolean wide) {
        if (!normalize) {
            return index(list, Reduction.plain(Op.NORM2, source, wide, true));
        }
        int x = index(list, Reduction.plain(Op.NORM2, source, wide, false));
        return index(list, new Reduction(Op.NORMALIZED_NORM2, source, wide, !wide, x, Reduction.NONE, Reduction.NONE));
    }

    /** If either side is float64, or the reference is normalised already, everything is float64. */
    private int source(Reference reference, boolean ready) {
        long last = states.iterations() - 1;
        return switch (reference) {
            case Reference.Previous previous -> Reduction.PREVIOUS;
            case Reference.Last atEnd -> shared(new Span(states, last, last + 1, false, float64));
            case Reference.Iteration at -> shared(new Span(states, at.k(), at.k() + 1, false, float64));
            case Reference.TailMean tail -> {
                long length = tail.length(states.iterations());
                yield shared(new Span(states, last + 1 - length, last + 1, true, float64));
            }
            case Reference.External external -> shared(
                    new Span(external.states(), 0, 1, false, float64 || ready || external.states().dtype() == DType.F64));
        };
    }

    private int shared(Span span) {
        int found = spans.indexOf(span);
        if (found < 0) {
            spans.add(span);
            StateTensor rows = span.of.shape().rank() == 2 ? span.of : span.of.iterations(span.from, span.to);
            sources.add(new Source(rows, span.mean, span.wide));
            return sources.size() - 1;
        }
        return found;
    }

    private static <T> int index(List<T> list, T wanted) {
        int found = list.indexOf(wanted);
        if (found < 0) {
            list.add(wanted);
            return list.size() - 1;
        }
        return found;
    }

    Plan plan(Normalization normalization) {
        double[] weight = normalization.weight().orElseGet(() -> {
            double[] ones = new double[Math.toIntExact(states.hidden())];
            Arrays.fill(ones, 1);
            return ones;
        });
        return new Plan(states, sources, ofSources, ofStates, weight, normalization.eps());
    }
}
