package io.github.latentconvergence.cli;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.AnalysisOptions;
import io.github.latentconvergence.analysis.ExitReplay;
import io.github.latentconvergence.analysis.ExitSignals;
import io.github.latentconvergence.analysis.Reduction;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.plot.Heatmap;
import io.github.latentconvergence.plot.Overlay;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is drawn over the cells of a heatmap. */
final class OverlayArguments {
    @Option(names = "--overlay", paramLabel = "WORD", split = ",", splitSynopsisLabel = ",", converter = Converters.OfOverlay.class, completionCandidates = Converters.Overlays.class, description = "What of the analysis to draw over the cells, with commas between: ${COMPLETION-CANDIDATES}.")
    private List<Overlay> overlays = new ArrayList<>();

    @Option(names = "--exits", paramLabel = "NAME[=E]", converter = Converters.OfExitRule.class, completionCandidates = Converters.ExitRules.class, description = "Mark where a rule and its threshold stop each token: ${COMPLETION-CANDIDATES}.")
    private @Nullable ExitChoice exits;

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
        if (exits != null) {
            what.requireDistance();
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
        if (exits != null) {
            throw what.wrong("--exits contradicts -o " + output + ": a page does not mark exits");
        }
    }

    /** By which rules a page is analysed. */
    AnalysisOptions analysis(ConvergenceOptions options) {
        return settings.options(options);
    }

    /** Measures the trace, and analyses it as far as that is drawn. */
    Drawn measure(Trace trace, ConvergenceOptions options) {
        ExitChoice choice = exits;
        Optional<ExitReplay> replay = choice == null
                ? Optional.empty()
                : Optional.of(ExitSignals.of(trace, options).replay(choice.rule(), choice.threshold(), Reduction.TOKEN));
        Optional<Analysis> analysis = overlays.isEmpty() ? Optional.empty() : Optional.of(Analysis.of(trace, settings.options(options)));
        ConvergenceMatrix matrix = analysis.map(Analysis::matrix).orElseGet(() -> Convergence.convergenceMatrix(trace, options));
        return new Drawn(matrix, trace.tokens(), overlays.isEmpty() ? Set.of() : EnumSet.copyOf(overlays), analysis, replay);
    }
}
