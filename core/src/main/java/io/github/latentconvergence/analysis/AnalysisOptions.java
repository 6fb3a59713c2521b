package io.github.latentconvergence.analysis;

import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import java.util.Objects;

/**
 * What to analyse and by which rules. Immutable: each {@code with...} gives a changed copy of {@link #defaults()}.
 *
 * @param measure metric, reference, normalisation and what computes
 * @param threshold below what a distance counts as converged
 * @param rule which position is the convergence step
 * @param bands what makes a token stand out
 * @param everyPair whether all pairs of states are measured for every token; else only of tokens that come back to their last state, which alone
 *        can orbit. It adds evidence and changes no verdict
 */
public record AnalysisOptions(ConvergenceOptions measure, Threshold threshold, StepRule rule, BandLimits bands, boolean everyPair) {
    private static final AnalysisOptions DEFAULTS = new AnalysisOptions(ConvergenceOptions.defaults(), Threshold.DEFAULT, StepRule.stays(),
            BandLimits.DEFAULT, false);

    /** @throws IllegalArgumentException if the threshold has no meaning for the metric or the reference */
    public AnalysisOptions {
        Objects.requireNonNull(measure, "measure");
        Objects.requireNonNull(threshold, "threshold");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(bands, "bands");
        if (threshold.kind() == Threshold.Kind.RELATIVE && measure.metric() == Metric.NORM) {
            throw new IllegalArgumentException(
                    "a relative threshold is a fraction of the reference's size, and the metric norm has no reference: choose absolute or of-start");
        }
        if (threshold.kind() == Threshold.Kind.OF_START && measure.reference() instanceof Reference.Previous) {
            throw new IllegalArgumentException(
                    "a threshold of-start is a fraction of the distance at position 0, which the reference previous does not define");
        }
        if (measure.reference() instanceof Reference.Extrapolated) {
            throw new IllegalArgumentException("the reference extrapolated is no state that tokens could converge to");
        }
    }

    /** Euclidean distance to the last iteration, converged from where it stays below 5 % of the reference's size. */
    public static AnalysisOptions defaults() {
        return DEFAULTS;
    }

    /**
     * These options with other measurements.
     *
     * @throws IllegalArgumentException if the threshold has no meaning for them: for the metric norm choose another kind first
     */
    public AnalysisOptions withMeasure(ConvergenceOptions other) {
        return new AnalysisOptions(other, threshold, rule, bands, everyPair);
    }

    /** These options with another threshold. */
    public AnalysisOptions withThreshold(Threshold other) {
        return new AnalysisOptions(measure, other, rule, bands, everyPair);
    }

    /** These options with another rule for the convergence step. */
    public AnalysisOptions withRule(StepRule other) {
        return new AnalysisOptions(measure, threshold, other, bands, everyPair);
    }

    /** These options with other limits for bands. */
    public AnalysisOptions withBands(BandLimits other) {
        return new AnalysisOptions(measure, threshold, rule, other, everyPair);
    }

    /** These options with all pairs of states measured for every token, or not. */
    public AnalysisOptions withEveryPair(boolean other) {
        return new AnalysisOptions(measure, threshold, rule, bands, other);
    }
}
