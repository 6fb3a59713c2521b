package io.github.latentconvergence.cli;

import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.AnalysisOptions;
import io.github.latentconvergence.analysis.Gradient;
import java.util.ArrayList;
import java.util.List;

/** An analysis for people: what was measured, a line for each token, bands, segments, the overall trend and a summary. */
final class AnalysisText {
    private final TraceFacts trace;
    private final Analysis analysis;
    private final boolean wide;

    /** @param wide whether the table of tokens has all columns, however long its lines become */
    AnalysisText(TraceFacts trace, Analysis analysis, boolean wide) {
        this.trace = trace;
        this.analysis = analysis;
        this.wide = wide;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(heading().lines());
        TokenTable table = new TokenTable(analysis, wide);
        lines.add("");
        lines.addAll(table.lines());
        lines.add("");
        lines.addAll(table.legend().lines());
        lines.add("");
        new BandText(analysis, wide).paragraphs().forEach(paragraph -> lines.addAll(paragraph.lines()));
        lines.add("");
        if (!analysis.segments().isEmpty()) {
            lines.addAll(new SegmentTable(analysis, wide).lines());
            lines.add("");
        }
        lines.addAll(new Paragraph().text(gradient(analysis.gradient())).lines());
        lines.add("");
        lines.addAll(new Paragraph().text(analysis.summary().text()).lines());
        return lines;
    }

    private Paragraph heading() {
        AnalysisOptions options = analysis.options();
        return Headings.trace(trace).text(Headings.measured(analysis.matrix()) + "; converged below " + options.threshold()
                + ", rule " + options.rule().label() + Headings.masked(analysis.matrix()));
    }

    private static String gradient(Gradient gradient) {
        return "overall: the median distance falls by " + Cells.fixed(gradient.decades(), 2) + " decades, at a share of "
                + Cells.fixed(gradient.fallingShare(), 2) + " of the iterations; median rank correlation of log distance with iteration "
                + Cells.fixed(gradient.spearmanMedian(), 2);
    }
}
