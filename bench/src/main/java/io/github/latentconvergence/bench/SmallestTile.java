package io.github.latentconvergence.bench;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.latentconvergence.internal.kernel.Op;
import io.github.latentconvergence.tensor.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The least that a kernel can be asked for: the sum of squares of one state with one component. In the form of {@code lc_tile} and {@code lc_reduction} in
 * latent_convergence.h.
 */
public final class SmallestTile {
    /** Where the tile is described in {@link #work}. */
    public static final long TILE = 0;

    private static final float VALUE = 1.5f;
    /** What a tile says before its reductions: the numbers of elements from 3 on; all else is 0. */
    private static final int ITERATIONS = 4;
    private static final int TOKENS = 5;
    private static final int HIDDEN = 6;
    private static final int DTYPE = 7;
    private static final int REDUCTIONS = 11;
    /** What a reduction says: its operation first, where its sum goes later. */
    private static final int OP = 12;
    private static final int SUMS = 12 + 5;
    private static final int FIELDS = 12 + 9;
    private static final long SUM = 8 * FIELDS;

    private final MemorySegment states;
    private final MemorySegment work;

    /** In memory that lives as long as {@code arena}. */
    public SmallestTile(Arena arena) {
        states = arena.allocate(64, 64);
        states.set(JAVA_FLOAT, 0, VALUE);
        work = arena.allocate(SUM + Double.BYTES, 64);
        put(ITERATIONS, 1);
        put(TOKENS, 1);
        put(HIDDEN, 1);
        put(DTYPE, DType.F32.ordinal());
        put(REDUCTIONS, 1);
        put(OP, Op.NORM2.ordinal());
        put(SUMS, SUM);
    }

    private void put(int field, long value) {
        work.set(JAVA_LONG, TILE + 8L * field, value);
    }

    /** The state. */
    public MemorySegment states() {
        return states;
    }

    /** The description and the sum. */
    public MemorySegment work() {
        return work;
    }

    /**
     * Checks the sum, and forgets it.
     *
     * @throws IllegalStateException if it is wrong
     */
    public void check(String by) {
        Jobs.check(work.get(JAVA_DOUBLE, SUM), (double) VALUE * VALUE, "the sum of squares " + by);
        work.set(JAVA_DOUBLE, SUM, Double.NaN);
    }
}
