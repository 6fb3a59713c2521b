package io.github.latentconvergence.internal.kernel;

import java.util.Arrays;

/**
 * The reductions in float32 lanes: element d in lane d mod 16, at most 32 terms to a lane, then one tree of additions, then float64. For one thread.
 *
 * <p>A lane is not a variable that is added to: each element has a place for what its lane holds after it, which rests on the place 16 before. The compiler makes vector
 * instructions of such a loop, and none of one with 16 sums.
 */
final class Lanes32 {
    private static final int LANES = 16;

    private final Terms32 terms = new Terms32();
    /** What each lane holds after each element; the first 16 stay 0. */
    private final float[] lanes = new float[Row.START + Row.BLOCK];
    /** The largest magnitude at each place of all blocks: the order does not matter for these. */
    private final float[] largest = new float[Row.START + Row.BLOCK];

    /** A reduction of a whole row, in blocks. {@code y}, {@code z} and {@code g} are read only where {@code op} needs them. */
    double reduce(Op op, float[][] x, float[][] y, float[][] z, float[][] g, Scale scale) {
        if (op.total() == Op.Total.LARGEST) {
            Arrays.fill(largest, 0);
        }
        double sum = 0;
        for (int b = 0; b < x.length; b++) {
            if (op == Op.DIFF2 || op == Op.ALONG) { // which most distances need: without a detour over terms, for speed
                sum += op == Op.DIFF2 ? squares(x[b], y[b], lanes) : along(x[b], y[b], lanes);
                continue;
            }
            float[] e = terms.of(op.term(), x[b], y[b], z[b], g[b], scale);
            int end = x[b].length;
            switch (op.total()) {
                case SQUARES -> sum += products(e, e, lanes, end);
                case MAGNITUDES -> sum += magnitudes(e, lanes, end);
                case TIMES_SIDE -> sum += products(e, terms.side(op.term(), y[b], g[b]), lanes, end);
                case TIMES_SUM -> sum += products(e, terms.sums(x[b], y[b]), lanes, end);
                case LARGEST -> keepLargest(e, largest, end);
            }
        }
        return op.total() == Op.Total.LARGEST ? largest() : sum;
    }

    /** {@link Op#DIFF2} of one block. */
    double squares(float[] x, float[] y) {
        return squares(x, y, lanes);
    }

    private static double squares(float[] x, float[] y, float[] a) {
        for (int d = Row.START; d < x.length; d++) {
            float e = x[d] - y[d];
            a[d] = Math.fma(e, e, a[d - LANES]);
        }
        return tree(a, x.length - LANES);
    }

    private static double along(float[] x, float[] y, float[] a) {
        for (int d = Row.START; d < x.length; d++) {
            a[d] = Math.fma(x[d] - y[d], y[d], a[d - LANES]);
        }
        return tree(a, x.length - LANES);
    }

    private static double products(float[] e, float[] s, float[] a, int end) {
        for (int d = Row.START; d < end; d++) {
            a[d] = Math.fma(e[d], s[d], a[d - LANES]);
        }
        return tree(a, end - LANES);
    }

    private static double magnitudes(float[] e, float[] a, int end) {
        for (int d = Row.START; d < end; d++) {
            a[d] = a[d - LANES] + Math.abs(e[d]);
        }
        return tree(a, end - LANES);
    }

    private static double tree(float[] a, int last) {
        for (int w = LANES / 2; w > 0; w /= 2) {
            for (int l = last; l < last + w; l++) {
                a[l] += a[l + w];
            }
        }
        return a[last];
    }

    /** {@code Math.max} lets a NaN through. */
    private static void keepLargest(float[] e, float[] largest, int end) {
        for (int d = Row.START; d < end; d++) {
            largest[d] = Math.max(largest[d], Math.abs(e[d]));
        }
    }

    private double largest() {
        float most = 0;
        for (float magnitude : largest) {
            most = Math.max(most, magnitude);
        }
        return most;
    }
}
