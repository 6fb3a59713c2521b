package io.github.latentconvergence.cli;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.AnalysisOptions;
import io.github.latentconvergence.analysis.ExitReplay;
import io.github.latentconvergence.analysis.ExitSignals;
import io.github.latentconvergence.analysis.Reduction;
import io.github.latentconvergence.analysis.Survey;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.plot.Heatmap;
import io.github.latentconvergence.plot.Overlay;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is drawn over the cells of a heatmap. */
final class OverlayArguments {
    @Option(names = "--overlay", paramLabel = "WORD", split = ",", splitSynopsisLabel = ",", converter = Converters.OfOverlay.class, completionCandidates = Converters.Overlays.class, description = "What of the analysis to draw over the cells, with commas between: ${COMPLETION-CANDIDATES}.")
    private List<Overlay> overlays = new ArrayList<>();

    @Option(names = "--exits", paramLabel = "NAME[=E]", converter = Converters.OfExitRule.class, completionCandidates = Converters.ExitRules.class, description = "Mark where a rule and its threshold stop each token: ${COMPLETION-CANDIDATES}. For a page any number of times, to choose from.")
    private List<ExitChoice> exits = new ArrayList<>();

    @Mixin
    private AnalysisArguments settings = new AnalysisArguments();

    /**
     * What is drawn.
     *
     * @param texts of the tokens, a text for each row of the matrix
     */
    record Drawn(ConvergenceMatrix matrix, List<String> texts, Set<Overlay> overlays, Optional<Analysis> analysis,
            Optional<ExitReplay> exits) {
        Heatmap heatmap() {
            Heatmap bare = Heatmap.of(matrix, texts);
            Heatmap analyzed = analysis.map(a -> bare.withAnalysis(a, overlays)).orElse(bare);
            return exits.map(analyzed::withExits).orElse(analyzed);
        }
    }

    /** Checks what can be checked before anything is measured. */
    void check(MeasureArguments what, boolean isPage) {
        if (!overlays.isEmpty() || (isPage && settings.isGiven())) {
            settings.options(what.options());
        } else if (settings.isGiven()) {
            throw what.wrong("--threshold, --threshold-kind and --rule say where a token has converged, which needs --overlay step");
        }
        if (!exits.isEmpty()) {
            what.requireDistance();
        }
        if (exits.size() > 1 && !isPage) {
            throw what.wrong("--exits " + exits.size() + " times: a figure marks the exits of one rule, a page of any number");
        }
    }

    /**
     * Checks that nothing is asked for that a page has not.
     *
     * @throws ParameterException if something is
     */
    void requirePage(MeasureArguments what, Path output) {
        if (!overlays.isEmpty()) {
            throw what.wrong("--overlay contradicts -o " + output + ": a page has all overlays, to be switched on and off");
        }
    }

    /** By which rules a page is analysed. */
    AnalysisOptions analysis(ConvergenceOptions options) {
        return settings.options(options);
    }

    /** Whether exits are marked. */
    boolean marksExits() {
        return !exits.isEmpty();
    }

    /** Where the rules stop that were chosen. */
    List<ExitReplay> replays(ExitSignals signals) {
        return exits.stream().map(choice -> signals.replay(choice.rule(), choice.threshold(), Reduction.TOKEN)).toList();
    }

    /** Measures the trace, and analyses it as far as that is drawn. */
    Drawn measure(Trace trace, ConvergenceOptions options) {
        if (!overlays.isEmpty()) {
            AnalysisOptions how = settings.options(options);
            Survey survey = marksExits() ? Survey.withExits(trace, how, List.of()) : Survey.of(trace, how, List.of());
            return new Drawn(survey.analysis().matrix(), trace.tokens(), EnumSet.copyOf(overlays), Optional.of(survey.analysis()),
                    survey.exits().map(signals -> replays(signals).getFirst()));
        }
        Optional<ExitSignals> signals = marksExits() ? Optional.of(ExitSignals.of(trace, options)) : Optional.empty();
        ConvergenceMatrix matrix = signals.map(ExitSignals::matrix).orElseGet(() -> Convergence.convergenceMatrix(trace, options));
        return new Drawn(matrix, trace.tokens(), Set.of(), Optional.empty(), signals.map(s -> replays(s).getFirst()));
    }
}
