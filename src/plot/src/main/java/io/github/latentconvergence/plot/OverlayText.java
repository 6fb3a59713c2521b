package io.github.latentconvergence.plot;

import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.ExitReplay;
import io.github.latentconvergence.analysis.StepRule;

/** What legends say of overlays, of one that has something to show and of one that has not. */
final class OverlayText {
    private OverlayText() {}

    /** From where on a token counts as converged. */
    static String criterion(Analysis analysis) {
        String below = switch (analysis.options().rule()) {
            case StepRule.Stays _ -> "stays below ";
            case StepRule.First _ -> "first below ";
            case StepRule.Consecutive consecutive -> consecutive.k() + " times running below ";
        };
        return below + analysis.options().threshold();
    }

    static String step(String criterion, boolean any) {
        return (any ? "convergence step (" : "no token converged (") + criterion + ")";
    }

    static String exits(ExitReplay replay) {
        String rule = replay.rule().label() + " at " + replay.threshold() + ", by " + replay.reduction().label();
        return (exitsAny(replay) ? "exit (" : "no token exits (") + rule + ")";
    }

    static boolean exitsAny(ExitReplay replay) {
        return replay.never() < replay.tokens().size();
    }

    static String floor(Analysis analysis) {
        return floorAny(analysis) ? "at the arithmetic floor" : "no token at its arithmetic floor";
    }

    static boolean floorAny(Analysis analysis) {
        return analysis.tokens().stream().anyMatch(t -> t.floor().isReached());
    }

    static String band(Analysis analysis) {
        boolean slow = !analysis.slowBands().isEmpty();
        boolean fast = !analysis.fastBands().isEmpty();
        if (!slow && !fast) {
            return "no slow or fast band";
        }
        return slow && fast ? "slow (z > 0) and fast bands" : slow ? "slow band" : "fast band";
    }

    static boolean bandAny(Analysis analysis) {
        return !analysis.slowBands().isEmpty() || !analysis.fastBands().isEmpty();
    }

    static String segments(Analysis analysis) {
        return segmentsAny(analysis) ? "between segments" : analysis.segments().isEmpty() ? "no segment" : "one segment";
    }

    static boolean segmentsAny(Analysis analysis) {
        return analysis.segments().size() >= 2;
    }
}
