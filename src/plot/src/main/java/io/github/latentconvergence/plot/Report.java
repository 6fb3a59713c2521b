package io.github.latentconvergence.plot;

import io.github.latentconvergence.BackendUnavailableException;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.ExitReplay;
import io.github.latentconvergence.analysis.ExitSignals;
import io.github.latentconvergence.analysis.Reduction;
import io.github.latentconvergence.io.Trace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Everything that is known of a trace on one page, for people who meet it for the first time: a summary, the interactive heatmap, the charts with a sentence each that says how
 * to read them, tables of bands, segments, tokens and exit rules.
 *
 * <p><b>File</b>: one, as a {@link HeatmapPage} is, under the same Content-Security-Policy; charts and tables are there without JavaScript too. <b>Long traces</b>: tables of more than 40 rows are folded.
 * <b>Tokens</b>: any text is safe. The same input gives the same bytes on the same machine. <b>Threads</b>: immutable, use from any thread; the trace is only looked at by {@link #of}.
 */
public final class Report {
    private final ReportText text;
    private final HeatmapPage page;

    private Report(ReportText text, HeatmapPage page) {
        this.text = text;
        this.page = page;
    }

    /**
     * A report.
     *
     * @param trace what was measured, for its name and size and the trajectories of a few tokens; it may be closed afterwards
     * @param analysis of it; its matrix is shown first
     * @param others more matrices of the same states, to choose from on the heatmap; copied
     * @param exits of the same trace, with distances measured as those of the analysis are
     * @throws IllegalArgumentException if they are of other numbers of tokens or iterations than the analysis
     */
    public static Report of(Trace trace, Analysis analysis, List<ConvergenceMatrix> others, ExitSignals exits) {
        return of(trace, analysis, others, exits, ConvergenceOptions.defaults());
    }

    /**
     * The same with options for the trajectories, as {@link PrincipalComponents} takes them.
     *
     * @throws IllegalArgumentException as without options
     * @throws BackendUnavailableException if a backend or tier was named that is not to be had
     * @throws CancellationException if the calling thread is interrupted
     */
    public static Report of(Trace trace, Analysis analysis, List<ConvergenceMatrix> others, ExitSignals exits,
            ConvergenceOptions options) {
        List<ConvergenceMatrix> all = new ArrayList<>(List.of(analysis.matrix()));
        all.addAll(others);
        List<ExitReplay> usual = exits.rules().stream().map(rule -> exits.replay(rule, rule.defaultThreshold(), Reduction.TOKEN)).toList();
        HeatmapPage page = HeatmapPage.of(all, trace.tokens()).withAnalysis(analysis).withExits(usual, false);
        if (exits.matrix().tokens() != analysis.matrix().tokens() || exits.matrix().iterations() != analysis.matrix().iterations()) {
            throw new IllegalArgumentException("exits of " + exits.matrix() + " in a report of " + analysis.matrix());
        }
        ReportText.Facts facts = new ReportText.Facts(trace.path().toString(), trace.states().hidden(), trace.states().dtype().label());
        Map<Integer, String> chosen = ChosenTokens.of(analysis);
        Optional<Orbits> orbits = chosen.isEmpty()
                ? Optional.empty()
                : Optional.of(Orbits.of(trace, chosen.keySet().stream().mapToInt(Integer::intValue).toArray(),
                        options.withProgress(done -> options.progress().accept(done / 2))));
        int[] ranked = ChosenTokens.ranked(analysis);
        Optional<Waterfall> waterfall = ranked.length == 0
                ? Optional.empty()
                : Optional.of(Waterfall.thinned(trace.states(), ranked, trace.tokens(),
                        options.withProgress(done -> options.progress().accept((1 + done) / 2)))
                        .noting(Wording.firstPosition(trace.hasS0())));
        return new Report(new ReportText("How a Trace Settles", facts, analysis, exits, page.tokens(), orbits, chosen, waterfall), page);
    }

    /** With another title. */
    public Report withTitle(String title) {
        return new Report(text.withTitle(Objects.requireNonNull(title)), page);
    }

    /**
     * Writes the page. The file is complete or absent: it is written under another name in the same folder and moved, replacing what was there.
     *
     * @throws IOException if it cannot be written; what was there before is then as it was
     */
    public void write(Path file) throws IOException {
        AtomicFile.write(file, html().getBytes(StandardCharsets.UTF_8));
    }

    /** The whole file. */
    String html() {
        return page.html(text.frame());
    }
}
