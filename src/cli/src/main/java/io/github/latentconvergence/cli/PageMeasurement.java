package io.github.latentconvergence.cli;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.AnalysisOptions;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.plot.HeatmapPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.Function;

/**
 * What a page shows of a trace.
 *
 * @param matrices to the reference that was asked for, then to the others there are
 * @param analysis of the first; none of a metric that measures no distance
 * @param tokens a text for each row
 */
record PageMeasurement(List<ConvergenceMatrix> matrices, Optional<Analysis> analysis, List<String> tokens) {

    /**
     * Measures a trace.
     *
     * @param settings from how distances are measured to how they are analysed
     */
    static PageMeasurement of(Trace trace, ConvergenceOptions asked, Function<ConvergenceOptions, AnalysisOptions> settings) {
        DoubleConsumer progress = asked.progress();
        List<ConvergenceMatrix> matrices = Convergence.convergenceMatrices(trace,
                wanted(trace, asked.withProgress(fraction -> progress.accept(fraction / 2))));
        boolean isDistance = asked.metric() != Metric.NORM;
        Optional<Analysis> analysis = isDistance
                ? Optional.of(Analysis.of(trace, settings.apply(asked.withProgress(fraction -> progress.accept((1 + fraction) / 2)))))
                : Optional.empty();
        return new PageMeasurement(matrices, analysis, trace.tokens());
    }

    /** What is shown first. */
    ConvergenceMatrix shown() {
        return matrices.getFirst();
    }

    /** A page of them. */
    HeatmapPage page() {
        HeatmapPage page = HeatmapPage.of(matrices, tokens);
        return analysis.map(page::withAnalysis).orElse(page);
    }

    /** Each reference once: the size of a state has none. */
    private static List<ConvergenceOptions> wanted(Trace trace, ConvergenceOptions asked) {
        List<ConvergenceOptions> wanted = new ArrayList<>(List.of(asked));
        if (asked.metric() == Metric.NORM) {
            return wanted;
        }
        List<Reference> others = new ArrayList<>(List.of(Reference.last(), Reference.tailMean(), Reference.previous()));
        trace.reference().ifPresent(states -> others.add(2, Reference.external(states, trace.referenceNormalized().orElse(false))));
        for (Reference other : others) {
            if (wanted.stream().noneMatch(options -> options.reference().label().equals(other.label()))) {
                wanted.add(asked.withReference(other));
            }
        }
        return wanted;
    }
}
