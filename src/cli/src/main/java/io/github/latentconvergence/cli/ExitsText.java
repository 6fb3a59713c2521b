package io.github.latentconvergence.cli;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.analysis.ExitReplay;
import io.github.latentconvergence.analysis.ExitRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Replayed exit rules for people: a line for each rule and reduction, and which tokens the sequence mean hides. */
final class ExitsText {
    private static final int TEXT = 24;
    /** Of many hidden tokens the first are shown. */
    private static final int SHOWN = 12;

    private final ExitReport report;

    ExitsText(ExitReport report) {
        this.report = report;
    }

    List<String> lines() {
        ConvergenceMatrix matrix = report.matrix();
        List<String> lines = new ArrayList<>(
                Paragraph.lines(report.trace() + "; what remains is " + Headings.measured(matrix) + masked(matrix)));
        lines.add("");
        lines.addAll(table());
        lines.add("");
        report.hidden().forEach(hidden -> lines.addAll(Paragraph.lines(sentence(hidden))));
        if (!report.notReplayed().isEmpty()) {
            lines.add("");
            lines.addAll(Paragraph.lines("not replayed, as the trace has no logits: "
                    + report.notReplayed().stream().map(ExitRule::label).collect(Collectors.joining(", "))));
        }
        return lines;
    }

    private static String masked(ConvergenceMatrix matrix) {
        long masked = IntStream.range(0, matrix.tokens()).filter(matrix::isMasked).count();
        return masked == 0 ? "" : "; " + masked + " masked token(s) left out";
    }

    private List<String> table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("rule", "threshold", "exit by", "mean exit", "never", "worst remaining", "of token"));
        for (ExitReplay replay : report.replays()) {
            rows.add(List.of(replay.rule().label(), Double.toString(replay.threshold()), replay.reduction().label(),
                    Cells.fixed(replay.meanExit(), 1), Long.toString(replay.never()), Cells.scientific(replay.worstRemaining()),
                    worst(replay)));
        }
        return Columns.lines(rows, Set.of("rule", "exit by", "of token"));
    }

    /** The token that most remains for: one that is not a number goes before all others. */
    private String worst(ExitReplay replay) {
        return replay.tokens().stream().max(Comparator.comparingDouble(ExitReplay.TokenExit::remaining)).map(t -> token(t.index()))
                .orElse(Cells.NONE);
    }

    private String token(int index) {
        return index + " " + Texts.quoted(report.texts().get(index), TEXT);
    }

    private String sentence(ExitReport.Hidden hidden) {
        String rule = hidden.choice().rule().label() + " below " + hidden.choice().threshold() + ": ";
        List<Integer> tokens = hidden.tokens();
        if (tokens.isEmpty()) {
            return rule + "the sequence mean stops no token before its own rule does";
        }
        String named = tokens.stream().limit(SHOWN).map(this::token).collect(Collectors.joining(", "));
        return rule + "the sequence mean hides " + tokens.size() + " token(s), stopped before their own rule would: " + named
                + (tokens.size() <= SHOWN ? "" : " and " + (tokens.size() - SHOWN) + " more");
    }
}
