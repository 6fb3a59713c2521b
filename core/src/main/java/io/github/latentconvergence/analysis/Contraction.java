package io.github.latentconvergence.analysis;

import java.util.OptionalDouble;

/**
 * How fast the step norm of a token shrinks on its descent, the positive step norms before the floor step.
 *
 * @param rate the factor from one step to the next: exp of the Theil-Sen slope of its logarithm; none with fewer than 4 steps. 1 or more: not contracting
 * @param halfLife iterations in which the step norm halves; none unless the rate is below 1
 * @param errorBar the distance still to come if contraction goes on, {@code r_N rate / (1 - rate)}, in the unit of l2; none unless the rate is below 1, and none at the floor
 */
public record Contraction(OptionalDouble rate, OptionalDouble halfLife, OptionalDouble errorBar) {
    /** Nothing can be said. */
    static final Contraction UNKNOWN = new Contraction(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
}
