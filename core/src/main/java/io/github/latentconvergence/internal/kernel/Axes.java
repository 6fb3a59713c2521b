package io.github.latentconvergence.internal.kernel;

/**
 * Directions that states are projected on, and where their origin is: a component x is taken as scale x + shift, rounded once.
 *
 * @param shift for each hidden component
 * @param vectors the directions, {@code [directions][hidden]}
 * @param squares whether the sums of squared components are wanted, too
 */
public record Axes(double scale, double[] shift, double[][] vectors, boolean squares) {
    /** Checks what native code relies on. */
    public Axes {
        for (double[] vector : vectors) {
            if (vector.length != shift.length) {
                throw new IllegalArgumentException("a direction of " + vector.length + " components; the states have " + shift.length);
            }
        }
    }

    /** Number of directions. */
    public int count() {
        return vectors.length;
    }
}
