package io.github.latentconvergence.cli;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.AnalysisOptions;
import io.github.latentconvergence.analysis.ExitSignals;
import io.github.latentconvergence.analysis.Survey;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.plot.HeatmapPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a page shows of a trace.
 *
 * @param matrices in the metric and to the reference that were asked for, then to the other references there are, then all of these in the other metrics
 * @param analysis of the first; none of a metric that measures no distance
 * @param exits what exit rules watch, where that was asked for
 * @param tokens a text for each row
 */
record PageMeasurement(List<ConvergenceMatrix> matrices, Optional<Analysis> analysis, Optional<ExitSignals> exits, List<String> tokens) {

    /**
     * Measures a trace, in one pass over its states.
     *
     * @param also other metrics
     * @param settings from how distances are measured to how they are analysed
     * @param withExits whether exit rules are to be replayed, which needs a metric that measures a distance
     */
    static PageMeasurement of(Trace trace, ConvergenceOptions asked, List<Metric> also,
            Function<ConvergenceOptions, AnalysisOptions> settings, boolean withExits) {
        List<ConvergenceOptions> wanted = wanted(trace, asked, also);
        if (asked.metric() == Metric.NORM) {
            return new PageMeasurement(Convergence.convergenceMatrices(trace, wanted), Optional.empty(), Optional.empty(), trace.tokens());
        }
        List<ConvergenceOptions> others = wanted.subList(1, wanted.size());
        AnalysisOptions options = settings.apply(asked);
        Survey survey = withExits ? Survey.withExits(trace, options, others) : Survey.of(trace, options, others);
        List<ConvergenceMatrix> matrices = new ArrayList<>(List.of(survey.analysis().matrix()));
        matrices.addAll(survey.others());
        return new PageMeasurement(matrices, Optional.of(survey.analysis()), survey.exits(), trace.tokens());
    }

    /** What is shown first. */
    ConvergenceMatrix shown() {
        return matrices.getFirst();
    }

    /** All but what is shown first. */
    List<ConvergenceMatrix> others() {
        return matrices.subList(1, matrices.size());
    }

    /** A page of them. */
    HeatmapPage page() {
        HeatmapPage page = HeatmapPage.of(matrices, tokens);
        return analysis.map(page::withAnalysis).orElse(page);
    }

    /** Each metric once. */
    private static List<ConvergenceOptions> wanted(Trace trace, ConvergenceOptions asked, List<Metric> also) {
        return Stream.concat(Stream.of(asked.metric()), also.stream()).distinct()
                .flatMap(metric -> references(trace, asked.withMetric(metric)).stream()).toList();
    }

    /** Each reference once: the size of a state has none. */
    private static List<ConvergenceOptions> references(Trace trace, ConvergenceOptions asked) {
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
