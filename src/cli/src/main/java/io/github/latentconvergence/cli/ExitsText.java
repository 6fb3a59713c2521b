package io.github.latentconvergence.cli;

import io.github.latentconvergence.analysis.ExitReplay;
import io.github.latentconvergence.analysis.ExitRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Replayed exit rules for people: a line for each rule and reduction, and which tokens the sequence mean hides. */
final class ExitsText {
    private static final int TEXT = 24;
    private static final int SHORTEST_TEXT = 5;
    /** Of many hidden tokens the first are shown. */
    private static final int SHOWN = 12;

    private final ExitReport report;

    ExitsText(ExitReport report) {
        this.report = report;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(Headings.trace(report.trace())
                .text("what remains is " + Headings.measured(report.matrix()) + Headings.masked(report.matrix())).lines());
        lines.add("");
        lines.addAll(table());
        lines.add("");
        report.hidden().forEach(hidden -> lines.addAll(sentence(hidden).lines()));
        if (!report.notReplayed().isEmpty()) {
            lines.add("");
            lines.addAll(new Paragraph().text("not replayed, as the trace has no logits: "
                    + report.notReplayed().stream().map(ExitRule::label).collect(Collectors.joining(", "))).lines());
        }
        return lines;
    }

    private List<String> table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("rule", "threshold", "exit by", "mean exit", "never", "remaining", "worst"));
        for (ExitReplay replay : report.replays()) {
            rows.add(List.of(replay.rule().label(), Double.toString(replay.threshold()), replay.reduction().label(),
                    Cells.fixed(replay.meanExit(), 1), Long.toString(replay.never()), Cells.scientific(replay.worstRemaining()),
                    worst(replay).isEmpty() ? Cells.NONE : Integer.toString(worst(replay).getAsInt())));
        }
        int room = Math.clamp(Columns.room(rows), SHORTEST_TEXT, TEXT);
        List<List<String>> complete = new ArrayList<>();
        complete.add(with(rows.getFirst(), "token"));
        for (int i = 0; i < report.replays().size(); i++) {
            OptionalInt worst = worst(report.replays().get(i));
            complete.add(with(rows.get(i + 1), worst.isEmpty() ? "" : Texts.quoted(report.texts().get(worst.getAsInt()), room)));
        }
        return Columns.lines(complete, Set.of("rule", "exit by", "token"));
    }

    private static List<String> with(List<String> row, String last) {
        List<String> longer = new ArrayList<>(row);
        longer.add(last);
        return longer;
    }

    /** The token that most remains for; one for which that is not a number goes before all others. */
    private static OptionalInt worst(ExitReplay replay) {
        return replay.tokens().stream().max(Comparator.comparingDouble(ExitReplay.TokenExit::remaining))
                .map(t -> OptionalInt.of(t.index())).orElse(OptionalInt.empty());
    }

    private Paragraph sentence(ExitReport.Hidden hidden) {
        Paragraph sentence = new Paragraph().text(hidden.choice().rule().label() + " below " + hidden.choice().threshold() + ":");
        List<Integer> tokens = hidden.tokens();
        if (tokens.isEmpty()) {
            return sentence.text("the sequence mean stops no token before its own rule does");
        }
        sentence.text("the sequence mean hides " + tokens.size() + " token(s), stopped before their own rule would:");
        tokens.stream().limit(SHOWN).forEach(i -> sentence.whole(i + " " + Texts.quoted(report.texts().get(i), TEXT)));
        return tokens.size() <= SHOWN ? sentence : sentence.text("and " + (tokens.size() - SHOWN) + " more");
    }
}
