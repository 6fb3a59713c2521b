package io.github.latentconvergence.internal.kernel;

/**
 * A block of logits x of a row, and y of the row before: the terms of each sum, and their sums in lanes. {@link #ofRow} comes first, {@link #ofPair} on the same block then.
 * For one thread. Loops are short and over arrays at one index, so that the compiler makes vector instructions of those that choose nothing.
 */
final class LogitTerms {
    private static final int LANES = 16;
    /** Up to here the terms of two rows are made of the series of cosh and sinh, in which nothing cancels. */
    private static final double CLOSE = 0.5;

    private final Exponential exponential = new Exponential();
    private final double[] lanes = block();
    private final double[] u = block();
    private final double[] v = block();
    /** u and the differences to the other row, 0 where the probability is. */
    private final double[] present = block();
    private final double[] there = block();
    private final double[] back = block();
    private final double[] p = block();
    private final double[] q = block();
    private final double[] g = block();
    private final double[] forward = block();
    private final double[] backward = block();
    private int end;

    private static double[] block() {
        return new double[Row.START + Row.BLOCK];
    }

    void ofRow(double[] x, double largest) {
        end = x.length;
        subtract(x, largest, u, end);
        exponential.of(u, p, end);
        unlessBelow(u, u, present, end);
    }

    void ofPair(double[] x, double[] y, double largestBefore, double gap) {
        subtract(y, largestBefore, v, end);
        exponential.of(v, q, end);
        differences(x, y, gap, g, end);
        unlessBelow(v, g, there, end);
        unlessBelow(u, negated(g, back, end), back, end);
        close(g, p, q, forward, backward, end);
        for (int d = Row.START; d < end; d++) {
            if (!(Math.abs(g[d]) <= CLOSE)) {
                forward[d] = Math.fma(q[d], there[d], p[d] - q[d]);
                backward[d] = Math.fma(p[d], back[d], q[d] - p[d]);
            }
        }
    }

    double z() {
        return sum(p, lanes, end);
    }

    double zu() {
        return Lanes64.products(p, present, lanes, end);
    }

    double forward() {
        return sum(forward, lanes, end);
    }

    double forwardGap() {
        return Lanes64.products(q, there, lanes, end);
    }

    double backward() {
        return sum(backward, lanes, end);
    }

    double backwardGap() {
        return Lanes64.products(p, back, lanes, end);
    }

    private static void subtract(double[] x, double largest, double[] to, int end) {
        for (int d = Row.START; d < end; d++) {
            to[d] = x[d] - largest;
        }
    }

    private static void differences(double[] x, double[] y, double gap, double[] to, int end) {
        for (int d = Row.START; d < end; d++) {
            to[d] = y[d] - x[d] - gap;
        }
    }

    private static double[] negated(double[] x, double[] to, int end) {
        for (int d = Row.START; d < end; d++) {
            to[d] = 0 - x[d];
        }
        return to;
    }

    private static void unlessBelow(double[] u, double[] x, double[] to, int end) {
        for (int d = Row.START; d < end; d++) {
            to[d] = u[d] < Exponential.LEAST ? 0 : x[d];
        }
    }

    /** q (e^-g - 1 + g) and p (e^g - 1 - g) for small g: cosh g - 1 is even, sinh g - g odd. */
    private static void close(double[] g, double[] p, double[] q, double[] forward, double[] backward, int end) {
        for (int d = Row.START; d < end; d++) {
            double z = g[d] * g[d];
            double c = Math.fma(0x1.93974a8c07c9dp-37, z, 0x1.1eed8eff8d898p-29);
            c = Math.fma(c, z, 0x1.27e4fb7789f5cp-22);
            c = Math.fma(c, z, 0x1.a01a01a01a01ap-16);
            c = Math.fma(c, z, 0x1.6c16c16c16c17p-10);
            c = Math.fma(c, z, 0x1.5555555555555p-5);
            c = Math.fma(c, z, 0x1.0000000000000p-1);
            double s = Math.fma(0x1.6124613a86d09p-33, z, 0x1.ae64567f544e4p-26);
            s = Math.fma(s, z, 0x1.71de3a556c734p-19);
            s = Math.fma(s, z, 0x1.a01a01a01a01ap-13);
            s = Math.fma(s, z, 0x1.1111111111111p-7);
            s = Math.fma(s, z, 0x1.5555555555555p-3);
            double even = z * c;
            double odd = g[d] * z * s;
            forward[d] = q[d] * (even - odd);
            backward[d] = p[d] * (even + odd);
        }
    }

    private static double sum(double[] e, double[] a, int end) {
        for (int d = Row.START; d < end; d++) {
            a[d] = a[d - LANES] + e[d];
        }
        return Lanes64.tree(a, end - LANES);
    }
}
