package io.github.latentconvergence.analysis;

import java.util.List;
import java.util.OptionalInt;

/**
 * Where one rule would have stopped, and what it would have missed.
 *
 * @param rule the rule
 * @param threshold its threshold
 * @param reduction each token for itself, or all by their mean
 * @param tokens every token that is not masked
 * @param meanExit mean exit position; tokens that never exit count as the last position
 * @param worstRemaining the largest distance that remains; NaN if one is not a number
 */
public record ExitReplay(ExitRule rule, double threshold, Reduction reduction, List<TokenExit> tokens, double meanExit,
        double worstRemaining) {

    /**
     * One token's exit.
     *
     * @param index its row in the trace
     * @param exit the position at which it exits; empty if it never does
     * @param remaining the true distance to the reference there, at the last position if it never exits
     */
    public record TokenExit(int index, OptionalInt exit, double remaining) {}

    /** How many tokens never exit. */
    public long never() {
        return tokens.stream().filter(t -> t.exit().isEmpty()).count();
    }
}
