package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import java.util.Locale;
import java.util.Optional;

/** What a heatmap says in words, by what was measured. */
final class Wording {
    private Wording() {}

    /** The default title. */
    static String title(ConvergenceMatrix matrix) {
        boolean previous = matrix.reference() instanceof Reference.Previous;
        String s = previous ? "s(t)" : "s";
        String reference = previous ? "s(t−1)" : "s*";
        String difference = s + " − " + reference;
        String label = matrix.metric().label();
        if (matrix.metric() == Metric.NORM) {
            return "Latent State Norm ‖s‖";
        }
        if (matrix.reference() instanceof Reference.Extrapolated) {
            return "Latent State Acceleration ‖s(t) − 2 s(t−1) + s(t−2)‖" + (label.equals("rms") ? " / √D" : "");
        }
        return "Latent State Convergence " + switch (label) {
            case "l2" -> "‖" + difference + "‖";
            case "rms" -> "‖" + difference + "‖ / √D";
            case "relative-l2" -> "‖" + difference + "‖ / ‖" + reference + "‖";
            case "l1" -> "Σ |" + difference + "|";
            case "linf" -> "max |" + difference + "|";
            case "cosine" -> "1 − cos(" + s + ", " + reference + ")";
            case "angular" -> "∠(" + s + ", " + reference + ") / π";
            default -> "(" + label + ")";
        };
    }

    /** What the figure shows, for those who do not see it. */
    static String description(ConvergenceMatrix matrix, ColorScale colors) {
        return String.format(Locale.ROOT,
                "Heatmap of %d tokens, the first at the top, by %d iterations, the first at the left. Colour is %s, from %.3g (dark) to %.3g (light).",
                matrix.tokens(), matrix.iterations(), barTitle(matrix), StrictMath.pow(10, colors.low()),
                StrictMath.pow(10, colors.high()));
    }

    /** The title of the colour bar. */
    static String barTitle(ConvergenceMatrix matrix) {
        String label = matrix.metric().label();
        return switch (label) {
            case "l2" -> "Log Distance";
            case "rms" -> "Log RMS Distance";
            case "relative-l2" -> "Log Relative Distance";
            case "l1" -> "Log L1 Distance";
            case "linf" -> "Log Maximum Distance";
            case "cosine" -> "Log Cosine Distance";
            case "angular" -> "Log Angular Distance";
            case "norm" -> "Log Norm";
            default -> "Log Distance (" + label + ")";
        };
    }

    /** The title of an axis of distances. */
    static String valueTitle(ConvergenceMatrix matrix) {
        return barTitle(matrix).substring("Log ".length());
    }

    /** The title of the x-axis. */
    static String axisTitle() {
        return "Iterations at Test Time";
    }

    /** The second line of the x-axis title; empty unless the trace is known to begin after s_0. */
    static String axisNote(ConvergenceMatrix matrix) {
        return firstPosition(matrix.hasS0());
    }

    /** What to say where the first position is not s_0; empty unless that is known. */
    static String firstPosition(Optional<Boolean> hasS0) {
        return hasS0.orElse(true) ? "" : "(position 0 is the state after iteration 1: s₀ was not recorded)";
    }

    /** The legend of a kind of cell of which there are {@code count}, {@code shown} or else hidden behind their neighbours' maximum. */
    static String legend(ConvergenceMatrix matrix, CellKind kind, long count, boolean shown) {
        String cells = " (" + count + (count == 1 ? " cell" : " cells") + (shown ? ")" : ", hidden here)");
        return switch (kind) {
            case ZERO -> "exactly 0" + zero(matrix);
            case SELF_REFERENCE -> "self-reference: this state is s*";
            case NAN -> "NaN" + cells;
            case INFINITE -> "infinite" + cells;
            case UNDEFINED -> "undefined: no earlier state";
            case MASKED -> "masked token";
            case MEASURED, NO_RATIO -> throw new IllegalArgumentException("not a kind that a legend of one matrix explains: " + kind);
        };
    }

    private static String zero(ConvergenceMatrix matrix) {
        if (matrix.reference() instanceof Reference.Previous) {
            return ": the state did not move";
        }
        return switch (matrix.metric().label()) {
            case "norm" -> "";
            case "cosine", "angular" -> ": the direction of s*";
            default -> ": the state is s*";
        };
    }

    /** What to say of cells that stand for more than one; empty if each stands for itself. */
    static String downsampling(int binTokens, int binIterations) {
        String tokens = binTokens > 1 ? binTokens + " tokens" : "";
        String iterations = binIterations > 1 ? binIterations + " iterations" : "";
        String both = tokens.isEmpty() || iterations.isEmpty() ? "" : " × ";
        return tokens.isEmpty() && iterations.isEmpty() ? "" : "each cell shows the maximum of " + tokens + both + iterations;
    }
}
