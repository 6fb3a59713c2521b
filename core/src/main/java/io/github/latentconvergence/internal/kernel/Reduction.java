package io.github.latentconvergence.internal.kernel;

/**
 * One reduction, wanted of every state. A reduction may use the sums of earlier ones of the same plan, named by their index there; -1 where none is used.
 *
 * @param op what is summed
 * @param source the reference, by its index in the plan; {@link #NO_SOURCE} for the state alone, {@link #PREVIOUS} for the state one iteration earlier
 * @param wide float64 lanes, as for float64 states or references; else float32 lanes
 * @param redo whether a row whose float32 sum is not finite or below 2^-100 is done again in float64; sums that other reductions rest on are not, and a maximum is only
 *        where it is not finite
 * @param xNorms normalised: the plan's reduction {@code NORM2} without redo
 * @param yNorms normalised difference to a source: the reduction {@code NORM2} without redo of the sources, by its index there
 * @param cross normalised difference: the plan's reduction {@code CROSS} without redo
 */
public record Reduction(Op op, int source, boolean wide, boolean redo, int xNorms, int yNorms, int cross) {
    /** No other side. */
    public static final int NO_SOURCE = -1;
    /** The other side is the state one iteration earlier. */
    public static final int PREVIOUS = -2;
    /** No sums of other reductions are used. */
    public static final int NONE = -1;

    /** A reduction that rests on no other. In float64 lanes nothing is redone: those that differ in that alone are one. */
    public static Reduction plain(Op op, int source, boolean wide, boolean redo) {
        return new Reduction(op, source, wide, redo && !wide, NONE, NONE, NONE);
    }

    /** How many states before a state it looks at: where there are fewer, its sum is NaN. */
    public int looksBack() {
        if (source != PREVIOUS) {
            return 0;
        }
        return op == Op.ACCEL2 ? 2 : 1;
    }
}
