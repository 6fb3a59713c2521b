package io.github.latentconvergence;

import io.github.latentconvergence.internal.kernel.Basis;
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
    private final StateTensor trace;
    private final boolean float64;
    private final List<Source> sources = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();
    private final List<Reduction> ofSources = new ArrayList<>();
    private final List<Reduction> ofStates = new ArrayList<>();

    Planner(StateTensor states) {
        this(states, states);
    }

    /** For states that are measured against references in another trace, which must be of the same type. */
    Planner(StateTensor states, StateTensor trace) {
        this.states = states;
        this.trace = trace;
        this.float64 = states.dtype() == DType.F64;
    }

    /** What makes two sources the same: views of the same states are different objects. */
    private record Span(StateTensor of, long from, long to, boolean mean, boolean wide) {}

    /**
     * A sum of squares of one side: by its index in {@code Plan.ofStates} or {@code Plan.ofSources}.
     *
     * @param squares the sum, weighted or not
     * @param plain for the sum of squares of a normalised row, that of the row as it is; else -1
     */
    record Norm(int squares, int plain) {
        static final Norm UNUSED = new Norm(UNUSED_SUM, UNUSED_SUM);

        boolean isUsed() {
            return squares != UNUSED_SUM;
        }
    }

    /**
     * Where one matrix finds its sums, by their index in {@code Plan.ofStates} but for the reference's; -1 for those it does not need.
     *
     * @param sum the sum or maximum that is the distance, or the sum of squares whose root is, or is the numerator
     * @param along sum (x-y)y
     * @param cross sum (x-y)(x+y), where it is not made of the two before
     * @param ofX of the state
     * @param ofSource of the reference, in {@code Plan.ofSources}
     * @param ofPrevious of the state before, where that is the reference
     */
    record Parts(int sum, int along, int cross, Norm ofX, Norm ofSource, Norm ofPrevious) {
        boolean hasReferenceNorm() {
            return ofSource.isUsed() || ofPrevious.isUsed();
        }

        static Parts of(int sum) {
            return new Parts(sum, UNUSED_SUM, UNUSED_SUM, Norm.UNUSED, Norm.UNUSED, Norm.UNUSED);
        }
    }

    private static final int UNUSED_SUM = Basis.UNUSED;

    Parts add(Metric metric, Reference reference, Normalization normalization) {
        return add(metric, reference, normalization, false);
    }

    /** @param withSizes whether the norm of the reference is wanted besides */
    Parts add(Metric metric, Reference reference, Normalization normalization, boolean withSizes) {
        if (reference instanceof Reference.Extrapolated) {
            return Parts.of(ofStates(Op.ACCEL2, Reduction.PREVIOUS, float64));
        }
        boolean normalize = normalization.isRmsNorm();
        boolean weighted = normalize && normalization.weight().isPresent();
        if (metric == Metric.NORM) {
            return new Parts(UNUSED_SUM, UNUSED_SUM, UNUSED_SUM, stateNorm(weighted, normalize, float64), Norm.UNUSED, Norm.UNUSED);
        }
        boolean ready = normalize && reference instanceof Reference.External external && external.normalized();
        boolean isAngle = metric == Metric.COSINE || metric == Metric.ANGULAR;
        // Rows that are to be normalised may differ much in length, and then their angle is what little is left of large sums.
        int source = source(reference, ready || (isAngle && normalize));
        boolean wide = float64 || (isAngle && normalize) || (source >= 0 && sources.get(source).wide());
        if (isAngle) {
            return ready ? readyAngle(source, weighted) : angle(source, wide, weighted);
        }
        int sum = switch (metric) {
            case L1 -> distance(Op.ABS_DIFF, Op.NORMALIZED_ABS_DIFF, Op.NORMALIZED_TO_ABS, source, normalize, weighted, ready, wide);
            case LINF -> distance(Op.MAX_DIFF, Op.NORMALIZED_MAX_DIFF, Op.NORMALIZED_TO_MAX, source, normalize, weighted, ready, wide);
            default -> distance(Op.DIFF2, Op.NORMALIZED_DIFF2, Op.NORMALIZED_TO, source, normalize, weighted, ready, wide);
        };
        if (metric != Metric.RELATIVE_L2 && !(withSizes && (metric == Metric.L2 || metric == Metric.RMS))) {
            return Parts.of(sum);
        }
        return new Parts(sum, UNUSED_SUM, UNUSED_SUM, Norm.UNUSED, sourceNorm(source, weighted && !ready, normalize && !ready, wide),
                previousNorm(source, weighted, normalize, wide));
    }

    /** One reduction of a state and its reference: as they are, both normalised, or only the state. */
    private int distance(Op plain, Op normalized, Op toNormalized, int source, boolean normalize, boolean weighted, boolean ready,
            boolean wide) {
        if (!normalize) {
            return ofStates(plain, source, wide);
        }
        return index(ofStates, ready
                ? new Reduction(toNormalized, source, wide, ofStateAlone(wide))
                : new Reduction(normalized, source, wide, ofPair(normalized, source, weighted, wide)));
    }

    /** The angle between two rows is that between the same rows normalised, which differ from the weighted ones by their length alone. */
    private Parts angle(int source, boolean wide, boolean weighted) {
        int diff2 = ofStates(weighted ? Op.WEIGHTED_DIFF2 : Op.DIFF2, source, wide);
        int along = ofStates(weighted ? Op.WEIGHTED_ALONG : Op.ALONG, source, wide);
        if (source == Reduction.PREVIOUS) {
            Norm norm = stateNorm(weighted, false, wide);
            return new Parts(diff2, along, UNUSED_SUM, norm, Norm.UNUSED, norm);
        }
        Norm ofSource = sourceNorm(source, weighted, false, wide);
        Basis basis = new Basis(Basis.UNUSED, ofSource.squares, Basis.UNUSED, diff2, along, Basis.UNUSED, Basis.UNUSED);
        int ofX = index(ofStates, new Reduction(weighted ? Op.WEIGHTED_STATE_NORM2 : Op.STATE_NORM2, source, wide, basis));
        return new Parts(diff2, along, UNUSED_SUM, new Norm(ofX, UNUSED_SUM), ofSource, Norm.UNUSED);
    }

    private Parts readyAngle(int source, boolean weighted) {
        Basis basis = ofStateAlone(true);
        return new Parts(index(ofStates, new Reduction(Op.NORMALIZED_TO, source, true, basis)), UNUSED_SUM,
                index(ofStates, new Reduction(Op.NORMALIZED_TO_CROSS, source, true, basis)), stateNorm(weighted, true, true),
                sourceNorm(source, false, false, true), Norm.UNUSED);
    }

    /** What N(x) rests on. */
    private Basis ofStateAlone(boolean wide) {
        int x = ofStates(Op.NORM2, Reduction.NO_SOURCE, wide);
        return new Basis(x, Basis.UNUSED, Basis.UNUSED, Basis.UNUSED, Basis.UNUSED, Basis.UNUSED, Basis.UNUSED);
    }

    /** What N(x) - N(y) rests on: the weighted sums are for that which is made of sums alone. */
    private Basis ofPair(Op op, int source, boolean weighted, boolean wide) {
        boolean made = op.isMade();
        Norm x = previousNorm(source, weighted && made, true, wide);
        Norm y = sourceNorm(source, weighted && made, true, wide);
        boolean withSums = made || !weighted;
        return new Basis(x.plain, y.plain, weighted ? ofStates(Op.CROSS, source, wide) : Basis.UNUSED,
                withSums ? ofStates(weighted ? Op.WEIGHTED_DIFF2 : Op.DIFF2, source, wide) : Basis.UNUSED,
                withSums ? ofStates(weighted ? Op.WEIGHTED_ALONG : Op.ALONG, source, wide) : Basis.UNUSED, x.squares, y.squares);
    }

    private int ofStates(Op op, int source, boolean wide) {
        return index(ofStates, Reduction.plain(op, source, wide));
    }

    private Norm stateNorm(boolean weighted, boolean normalize, boolean wide) {
        return norm(ofStates, Reduction.NO_SOURCE, weighted, normalize, wide);
    }

    private Norm sourceNorm(int source, boolean weighted, boolean normalize, boolean wide) {
        return source == Reduction.PREVIOUS ? Norm.UNUSED : norm(ofSources, source, weighted, normalize, wide);
    }

    private Norm previousNorm(int source, boolean weighted, boolean normalize, boolean wide) {
        return source == Reduction.PREVIOUS ? stateNorm(weighted, normalize, wide) : Norm.UNUSED;
    }

    private static Norm norm(List<Reduction> list, int source, boolean weighted, boolean normalize, boolean wide) {
        return new Norm(index(list, Reduction.plain(weighted ? Op.WEIGHTED_NORM2 : Op.NORM2, source, wide)),
                normalize ? index(list, Reduction.plain(Op.NORM2, source, wide)) : UNUSED_SUM);
    }

    /** If either side is float64, or that is wanted, everything is float64. */
    private int source(Reference reference, boolean wide) {
        long last = trace.iterations() - 1;
        return switch (reference) {
            case Reference.Previous previous -> Reduction.PREVIOUS;
            case Reference.Extrapolated extrapolated -> Reduction.PREVIOUS;
            case Reference.LowestResidual lowest -> throw new AssertionError("the states with the lowest residual are gathered first");
            case Reference.Last atEnd -> shared(new Span(trace, last, last + 1, false, float64 || wide));
            case Reference.Iteration at -> shared(new Span(trace, at.k(), at.k() + 1, false, float64 || wide));
            case Reference.TailMean tail -> {
                long length = tail.length(trace.iterations());
                yield shared(new Span(trace, last + 1 - length, last + 1, true, float64 || wide));
            }
            case Reference.External external -> shared(
                    new Span(external.states(), 0, 1, false, float64 || wide || external.states().dtype() == DType.F64));
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
