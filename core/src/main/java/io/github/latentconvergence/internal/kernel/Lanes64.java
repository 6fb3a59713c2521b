package io.github.latentconvergence.internal.kernel;

import java.util.Arrays;

/**
 * The reductions in float64 lanes: element d in lane d mod 16, at most 32 terms to a lane, then one tree of additions. For one thread.
 *
 * <p>A lane is not a variable that is added to: each element has a place for what its lane holds after it, which rests on the place 16 before. The compiler makes vector
 * instructions of such a loop, and none of one with 16 sums.
 */
final class Lanes64 {
    private static final int LANES = 16;

    private final Terms64 terms = new Terms64();
    /** What each lane holds after each element; the first 16 stay 0. */
    private final double[] lanes = new double[Row.START + Row.BLOCK];
    /** The largest magnitude at each place of all blocks: the order does not matter for these. */
    private final double[] largest = new double[Row.START + Row.BLOCK];

    /** A reduction of a whole row, in blocks. {@code y}, {@code z} and {@code g} are read only where {@code op} needs them. */
    double reduce(Op op, double[][] x, double[][] y, double[][] z, double[][] g, Scale scale) {
        if (op.total() == Op.Total.LARGEST) {
            Arrays.fill(largest, 0);
        }
        double sum = 0;
        for (int b = 0; b < x.length; b++) {
            if (op == Op.DIFF2 || op == Op.ALONG) { // which most distances need: without a detour over terms, for speed
                sum += op == Op.DIFF2 ? squares(x[b], y[b], lanes) : along(x[b], y[b], lanes);
                continue;
            }
            double[] e = terms.of(op.term(), x[b], y[b], z[b], g[b], scale);
            int end = x[b].length;
            switch (op.total()) {
                case SQUARES -> sum += products(e, e, lanes, end);
                case MAGNITUDES -> sum += magnitudes(e, lanes, end);
                case TIMES_SIDE -> sum += products(e, terms.side(op.term(), y[b], g[b]), lanes, end);
                case TIMES_SUM -> sum += products(e, terms.sums(op.term(), x[b], y[b], g[b], scale), lanes, end);
                case LARGEST -> keepLargest(e, largest, end);
            }
        }
        return op.total() == Op.Total.LARGEST ? largest() : sum;
    }

    /** {@link Op#DIFF2} of one block. */
    double squares(double[] x, double[] y) {
        return squares(x, y, lanes);
    }

    private static double squares(double[] x, double[] y, double[] a) {
        for (int d = Row.START; d < x.length; d++) {
            double e = x[d] - y[d];
            a[d] = Math.fma(e, e, a[d - LANES]);
        }
        return tree(a, x.length - LANES);
    }

    private static double along(double[] x, double[] y, double[] a) {
        for (int d = Row.START; d < x.length; d++) {
            a[d] = Math.fma(x[d] - y[d], y[d], a[d - LANES]);
        }
        return tree(a, x.length - LANES);
    }

    static double products(double[] e, double[] s, double[] a, int end) {
        for (int d = Row.START; d < end; d++) {
            a[d] = Math.fma(e[d], s[d], a[d - LANES]);
        }
        return tree(a, end - LANES);
    }

    private static double magnitudes(double[] e, double[] a, int end) {
        for (int d = Row.START; d < end; d++) {
            a[d] = a[d - LANES] + Math.abs(e[d]);
        }
        return tree(a, end - LANES);
    }

    /** The tree that ends a block, of the 16 lanes from {@code last} on. */
    static double tree(double[] a, int last) {
        for (int w = LANES / 2; w > 0; w /= 2) {
            for (int l = last; l < last + w; l++) {
                a[l] += a[l + w];
            }
        }
        return a[last];
    }

    /** {@code Math.max} lets a NaN through. */
    private static void keepLargest(double[] e, double[] largest, int end) {
        for (int d = Row.START; d < end; d++) {
            largest[d] = Math.max(largest[d], Math.abs(e[d]));
        }
    }

    private double largest() {
        double most = 0;
        for (double magnitude : largest) {
            most = Math.max(most, magnitude);
        }
        return most;
    }
}
