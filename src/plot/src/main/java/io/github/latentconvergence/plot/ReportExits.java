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
        for (String heading : List.of("rule", "below", "exit by", "mean exit", "never exit", "worst remaining")) {
            html.element("th", heading);
        }
        html.begin("th", "words").text("worst token").end().begin("th", "words").text("stopped by the mean before its own rule").end()
                .end();
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
        html.begin("tr").element("td", replay.rule().label()).element("td", Double.toString(replay.threshold()))
                .element("td", replay.reduction().label()).element("td", Numbers.fixed(replay.meanExit(), 1))
                .element("td", Long.toString(replay.never())).element("td", Numbers.of(replay.worstRemaining()));
        html.begin("td", "words");
        // One for which what remains is not a number goes before all others.
        replay.tokens().stream().max(Comparator.comparingDouble(ExitReplay.TokenExit::remaining)).ifPresent(t -> name(t.index()));
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
        html.text(tokens.size() + ": ");
        for (int index : tokens.subList(0, Math.min(SHOWN, tokens.size()))) {
            name(index);
            html.text(" ");
        }
        html.text(tokens.size() > SHOWN ? "and " + (tokens.size() - SHOWN) + " more" : "");
    }

    private void name(int index) {
        html.text(index + " ").token(texts.get(index));
    }
}
