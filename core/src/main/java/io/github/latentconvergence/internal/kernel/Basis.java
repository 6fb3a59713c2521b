package io.github.latentconvergence.internal.kernel;

/**
 * The sums that a reduction rests on, by the index of earlier reductions in the same plan: {@code y...} in {@link Plan#ofSources}, the others in {@link Plan#ofStates}.
 * {@link #UNUSED} for what it does not need. Only what is weighted needs a weight; where there is none, the plain sums stand for the weighted ones.
 *
 * @param x sum x^2: where N(x) is held against a reference that is normalised already, and against the state before
 * @param y sum y^2 of a fixed reference
 * @param cross sum (x-y)(x+y), with a weight; without, it is made of the next two
 * @param diff2 sum (x-y)^2, with a weight the weighted one
 * @param along sum (x-y)y, with a weight the weighted one
 * @param weightedX sum (gx)^2, against the state before
 * @param weightedY sum (gy)^2 of a fixed reference
 */
public record Basis(int x, int y, int cross, int diff2, int along, int weightedX, int weightedY) {
    /** No sums of other reductions are used. */
    public static final int UNUSED = -1;

    /** Rests on nothing. */
    public static final Basis NONE = new Basis(UNUSED, UNUSED, UNUSED, UNUSED, UNUSED, UNUSED, UNUSED);
}
