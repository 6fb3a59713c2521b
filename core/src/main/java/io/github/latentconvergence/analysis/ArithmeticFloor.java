package io.github.latentconvergence.analysis;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Where the steps of a token stop shrinking because the arithmetic has no smaller ones.
 *
 * @param level the median step norm of the flat tail; 0 for an exact fixed point; empty where the steps have not died
 * @param step the first position from which all step norms are at most 1.5 times the level
 * @param plateau the median distance to the reference over the flat tail, in the metric's unit; empty where the level is, or where the
 *        tail holds no other state than the reference
 */
public record ArithmeticFloor(OptionalDouble level, OptionalInt step, OptionalDouble plateau) {
    static final ArithmeticFloor NONE = new ArithmeticFloor(OptionalDouble.empty(), OptionalInt.empty(), OptionalDouble.empty());

    /** Whether the token has come to its floor. */
    public boolean isReached() {
        return level.isPresent();
    }
}
