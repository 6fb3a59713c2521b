package io.github.latentconvergence.internal.kernel;

/**
 * One reduction, wanted of every state.
 *
 * @param op what is summed
 * @param source the reference, by its index in the plan; {@link #NO_SOURCE} for the state alone, {@link #PREVIOUS} for the state one iteration earlier
 * @param wide float64 lanes, as for float64 states or references; else float32 lanes, and a row whose sum is not finite or below 2^-100 is done again in float64 (a maximum:
 *        whose is not finite)
 * @param basis what it rests on
 */
public record Reduction(Op op, int source, boolean wide, Basis basis) {
    /** No other side. */
    public static final int NO_SOURCE = -1;
    /** The other side is the state one iteration earlier. */
    public static final int PREVIOUS = -2;

    /** A reduction that rests on no other. */
    public static Reduction plain(Op op, int source, boolean wide) {
        return new Reduction(op, source, wide, Basis.NONE);
    }

    /** How many states before a state it looks at: where there are fewer, its sum is NaN. */
    public int looksBack() {
        if (source != PREVIOUS) {
            return 0;
        }
        return op == Op.ACCEL2 ? 2 : 1;
    }
}
