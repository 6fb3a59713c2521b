package io.github.latentconvergence.plot;

import io.github.latentconvergence.analysis.ExitReplay;
import io.github.latentconvergence.analysis.ExitRule;
import io.github.latentconvergence.analysis.ExitSignals;
import io.github.latentconvergence.analysis.Reduction;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Exit rules at their usual thresholds as a table of a page, and what the mean over the sequence hides. */
final class ReportExits {
    private static final int SHOWN = 12;

    private final Html html;
    private final ExitSignals signals;
    private final List<String> texts;

    ReportExits(Html html, ExitSignals signals, List<String> texts) {
        this.html = html;
        this.signals = signals;
        this.texts = texts;
    }

    void table() {
        html.begin("div", "scroll").begin("table").begin("tr");
        name("th", "rule");
        html.element("th", "below");
        name("th", "exit by");
        html.element("th", "mean exit").element("th", "never exit").element("th", "worst remaining");
        name("th", "worst token");
        html.begin("th", "words").text("stopped by the mean before its own rule").end().end();
        for (ExitRule rule : signals.rules()) {
            for (Reduction reduction : Reduction.values()) {
                row(signals.replay(rule, rule.defaultThreshold(), reduction));
            }
        }
        html.end().end();
        String missing = Arrays.stream(ExitRule.values()).filter(r -> !signals.rules().contains(r)).map(ExitRule::label)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            html.element("p", "Not replayed, as the trace has no logits: " + missing + ".");
        }
    }

    private void row(ExitReplay replay) {
        html.begin("tr");
        name("td", replay.rule().label());
        html.element("td", Double.toString(replay.threshold()));
        name("td", replay.reduction() == Reduction.TOKEN ? "each token" : "sequence mean");
        html.element("td", Numbers.fixed(replay.meanExit(), 1)).element("td", Long.toString(replay.never()))
                .element("td", Numbers.of(replay.worstRemaining())).begin("td", "name");
        // One for which what remains is not a number goes before all others.
        replay.tokens().stream().max(Comparator.comparingDouble(ExitReplay.TokenExit::remaining)).ifPresent(t -> token(t.index()));
        html.end().begin("td", "words");
        if (replay.reduction() == Reduction.SEQUENCE) {
            hidden(signals.hiddenBySequence(replay.rule(), replay.threshold()));
        }
        html.end().end();
    }

    private void hidden(List<Integer> tokens) {
        if (tokens.isEmpty()) {
            html.text("none");
            return;
        }
        String separator = tokens.size() + ": ";
        for (int index : tokens.subList(0, Math.min(SHOWN, tokens.size()))) {
            html.text(separator);
            token(index);
            separator = ", ";
        }
        html.text(tokens.size() > SHOWN ? " and " + (tokens.size() - SHOWN) + " more" : "");
    }

    /** A cell of the table that is a name, not a number. */
    private void name(String cell, String name) {
        html.begin(cell, "name").text(name).end();
    }

    private void token(int index) {
        html.text(index + " ").token(texts.get(index));
    }
}
