package io.github.latentconvergence.plot;

/**
 * Rows on their leading principal components, the most explaining first, of which any may be turned around.
 *
 * @param coordinates a component after the other, of every row, in the unit of the states; zeros where the rows do not reach so many dimensions
 * @param variances sum of the squared coordinates of each component, in the unit of the total
 * @param total sum of squared distances of the rows from their mean, 0 where all are the same
 */
record Projection(double[][] coordinates, double[] variances, double total) {
    /** Of rows that are all the same. */
    static Projection constant(int components, int rows) {
        return new Projection(new double[components][rows], new double[components], 0);
    }

    /** The variance below which a component of {@code rows} rows is rounding alone. */
    static double rounding(double largest, int rows) {
        return largest * rows * Math.ulp(1.0);
    }
}
