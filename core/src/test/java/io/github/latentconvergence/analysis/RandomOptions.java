package io.github.latentconvergence.analysis;

import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Normalization;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.io.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Options of every kind that fit a trace. */
final class RandomOptions {
    private RandomOptions() {}

    static List<Reference> references(Trace trace, int k) {
        List<Reference> all = new ArrayList<>(List.of(Reference.last(), Reference.tailMean(), Reference.tailMean(0.1), Reference.previous(),
                Reference.lowestResidual(), Reference.iteration(k)));
        trace.reference().ifPresent(r -> all.add(Reference.external(r)));
        return all;
    }

    static AnalysisOptions random(SplittableRandom random, Trace trace) {
        int iterations = (int) trace.states().iterations();
        List<Reference> references = references(trace, random.nextInt(iterations));
        Reference reference = references.get(random.nextInt(references.size()));
        Metric metric = random.nextInt(3) == 0 ? Metric.L2 : Metric.values()[random.nextInt(Metric.values().length)];
        boolean normalized = trace.normalized().orElse(false) || random.nextInt(3) > 0;
        ConvergenceOptions measure = ConvergenceOptions.defaults().withMetric(metric).withReference(reference).withThreads(1)
                .withNormalization(normalized ? Normalization.none() : Normalization.rmsNorm());
        Threshold.Kind kind = Threshold.Kind.values()[random.nextInt(3)];
        boolean unfit = switch (kind) {
            case RELATIVE -> metric == Metric.NORM;
            case OF_START -> reference instanceof Reference.Previous;
            case ABSOLUTE -> false;
        };
        double value = Math.pow(10, random.nextDouble(-3, 0));
        StepRule rule = switch (random.nextInt(3)) {
            case 0 -> StepRule.stays();
            case 1 -> StepRule.first();
            default -> StepRule.consecutive(random.nextInt(1, 6));
        };
        BandLimits bands = random.nextBoolean() ? BandLimits.DEFAULT : new BandLimits(random.nextDouble(0.5, 4), random.nextDouble(0, 0.5));
        // The threshold first: the usual one does not fit every measure.
        return AnalysisOptions.defaults().withThreshold(new Threshold(unfit ? Threshold.Kind.ABSOLUTE : kind, value)).withMeasure(measure)
                .withRule(rule).withBands(bands);
    }
}
