package io.github.latentconvergence.cli;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.analysis.ExitReplay;
import io.github.latentconvergence.analysis.ExitRule;
import io.github.latentconvergence.analysis.ExitSignals;
import io.github.latentconvergence.analysis.Reduction;
import io.github.latentconvergence.io.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Exit rules, replayed on a trace.
 *
 * @param texts of the tokens, a text for each row of the trace
 * @param matrix the distances that remain
 * @param replays two for each choice: token by token, and by the mean over the sequence
 * @param hidden one for each choice
 * @param notReplayed rules that nobody chose and that look at what the trace does not have
 * @param sweep over many thresholds, if that was asked for
 */
record ExitReport(TraceFacts trace, List<String> texts, ConvergenceMatrix matrix, List<ExitReplay> replays, List<Hidden> hidden,
        List<ExitRule> notReplayed, List<ExitSweep.Line> sweep) {

    /** Tokens that the sequence mean stops before their own rule does. */
    record Hidden(ExitChoice choice, List<Integer> tokens) {}

    /**
     * Replays.
     *
     * @param chosen rules that were asked for; none: those that the trace has the data for
     * @throws IllegalArgumentException if one that was asked for needs what the trace does not have
     */
    static ExitReport of(Trace trace, ConvergenceOptions options, List<ExitChoice> chosen, boolean sweeps) {
        if (trace.logits().isEmpty()) {
            chosen.stream().map(ExitChoice::rule).filter(ExitRule::needsLogits).findFirst().ifPresent(rule -> {
                throw new IllegalArgumentException("the exit rule " + rule.label() + " looks at predictions, and the trace has no logits");
            });
        }
        ExitSignals signals = ExitSignals.of(trace, options);
        List<ExitChoice> choices = chosen.isEmpty() ? signals.rules().stream().map(ExitChoice::usual).toList() : chosen;
        List<ExitReplay> replays = new ArrayList<>();
        List<Hidden> hidden = new ArrayList<>();
        for (ExitChoice choice : choices) {
            for (Reduction reduction : Reduction.values()) {
                replays.add(signals.replay(choice.rule(), choice.threshold(), reduction));
            }
            hidden.add(new Hidden(choice, signals.hiddenBySequence(choice.rule(), choice.threshold())));
        }
        List<ExitRule> notReplayed = chosen.isEmpty()
                ? Arrays.stream(ExitRule.values()).filter(rule -> !signals.rules().contains(rule)).toList()
                : List.of();
        return new ExitReport(TraceFacts.of(trace), trace.tokens(), signals.matrix(), replays, hidden, notReplayed,
                sweeps ? ExitSweep.of(signals) : List.of());
    }
}
