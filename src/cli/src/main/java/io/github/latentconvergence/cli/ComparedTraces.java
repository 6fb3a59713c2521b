package io.github.latentconvergence.cli;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.analysis.PathAnalysis;
import io.github.latentconvergence.analysis.TraceComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Two traces of the same tokens, compared.
 *
 * @param texts of the tokens, a text for each row of the matrix
 */
record ComparedTraces(TraceFacts a, TraceFacts b, List<String> texts, TraceComparison comparison) {
    private static final int TEXT = 32;

    /** For people: what was measured, a line for each token, and the conclusion. */
    List<String> lines() {
        ConvergenceMatrix matrix = comparison.matrix();
        List<String> lines = new ArrayList<>();
        lines.addAll(new Paragraph().text("a:").whole(a.path() + ":").text(a.size()).lines());
        lines.addAll(new Paragraph().text("b:").whole(b.path() + ":").text(b.size()).lines());
        lines.addAll(new Paragraph()
                .text(Headings.measured(matrix, matrix.metric().label() + " from a to b") + Headings.masked(matrix)).lines());
        lines.add("");
        lines.addAll(table());
        lines.add("");
        lines.addAll(new Paragraph().text("rate: of the distance between the runs; level: its median over the last quarter; floor: what"
                + " arithmetic alone leaves between two runs; reached: from where on the distance is at that floor.").lines());
        lines.add("");
        lines.addAll(new Paragraph().text(comparison.text()).lines());
        return lines;
    }

    private List<String> table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("index", "token", "verdict", "rate", "level", "floor", "reached"));
        for (PathAnalysis path : comparison.tokens()) {
            rows.add(List.of(Integer.toString(path.index()), Texts.quoted(path.text(), TEXT), path.verdict().label(),
                    Cells.rate(path.rate()), Cells.scientific(path.level()), Cells.scientific(path.floor()), Cells.of(path.reached())));
        }
        return Columns.lines(rows, Set.of("token", "verdict"));
    }
}
