package io.github.latentconvergence.internal.kernel;

import java.util.Arrays;

/**
 * The reductions in float64 lanes: element d in lane d mod 16, at most 32 terms to a lane, then one tree of additions. Rows are padded with zeros to
 * whole steps of 16.
 */
final class Lanes64 {
    private static final int LANES = 16;
    private static final int BLOCK = 512;

    private final double[] a = new double[LANES];

    /** A reduction of a whole row. {@code y} and {@code g} are read only where {@code op} needs them. */
    double sum(Op op, double[] x, double[] y, double[] g, Scale scale) {
        double sum = 0;
        for (int from = 0; from < x.length; from += BLOCK) {
            int to = Math.min(x.length, from + BLOCK);
            Arrays.fill(a, 0);
            switch (op) {
                case DIFF2 -> diff2(x, y, from, to);
                case NORM2 -> norm2(x, from, to);
                case SIDE_NORM2 -> norm2(y, from, to);
                case CROSS -> cross(x, y, from, to);
                case NORMALIZED_DIFF2 -> normalizedDiff2(x, y, g, scale, from, to);
                case NORMALIZED_CROSS -> normalizedCross(x, y, g, scale, from, to);
                case NORMALIZED_NORM2 -> normalizedNorm2(x, g, scale.m(), from, to);
                case NORMALIZED_TO -> normalizedTo(x, y, g, scale.m(), from, to);
                case NORMALIZED_TO_CROSS -> normalizedToCross(x, y, g, scale.m(), from, to);
                default -> throw new IllegalArgumentException("the native kernels alone ask for " + op);
            }
            sum += tree();
        }
        return sum;
    }

    private void diff2(double[] x, double[] y, int from, int to) {
        for (int d = from; d < to; d += LANES) {
            for (int l = 0; l < LANES; l++) {
                double e = x[d + l] - y[d + l];
                a[l] = Math.fma(e, e, a[l]);
            }
        }
    }

    private void norm2(double[] x, int from, int to) {
        for (int d = from; d < to; d += LANES) {
            for (int l = 0; l < LANES; l++) {
                a[l] = Math.fma(x[d + l], x[d + l], a[l]);
            }
        }
    }

    private void cross(double[] x, double[] y, int from, int to) {
        for (int d = from; d < to; d += LANES) {
            for (int l = 0; l < LANES; l++) {
                a[l] = Math.fma(x[d + l] - y[d + l], x[d + l] + y[d + l], a[l]);
            }
        }
    }

    private void normalizedDiff2(double[] x, double[] y, double[] g, Scale scale, int from, int to) {
        double m = scale.m();
        double c = scale.c();
        double[] z = scale.xIsSmaller() ? x : y;
        for (int d = from; d < to; d += LANES) {
            for (int l = 0; l < LANES; l++) {
                double e = g[d + l] * Math.fma(m, x[d + l] - y[d + l], c * z[d + l]);
                a[l] = Math.fma(e, e, a[l]);
            }
        }
    }

    private void normalizedCross(double[] x, double[] y, double[] g, Scale scale, int from, int to) {
        double m = scale.m();
        double c = scale.c();
        double ofX = scale.a();
        double ofY = scale.b();
        double[] z = scale.xIsSmaller() ? x : y;
        for (int d = from; d < to; d += LANES) {
            for (int l = 0; l < LANES; l++) {
                double e = g[d + l] * Math.fma(m, x[d + l] - y[d + l], c * z[d + l]);
                a[l] = Math.fma(e, g[d + l] * Math.fma(ofX, x[d + l], ofY * y[d + l]), a[l]);
            }
        }
    }

    private void normalizedNorm2(double[] x, double[] g, double m, int from, int to) {
        for (int d = from; d < to; d += LANES) {
            for (int l = 0; l < LANES; l++) {
                double e = g[d + l] * (m * x[d + l]);
                a[l] = Math.fma(e, e, a[l]);
            }
        }
    }

    private void normalizedTo(double[] x, double[] y, double[] g, double m, int from, int to) {
        for (int d = from; d < to; d += LANES) {
            for (int l = 0; l < LANES; l++) {
                double e = g[d + l] * (m * x[d + l]) - y[d + l];
                a[l] = Math.fma(e, e, a[l]);
            }
        }
    }

    private void normalizedToCross(double[] x, double[] y, double[] g, double m, int from, int to) {
        for (int d = from; d < to; d += LANES) {
            for (int l = 0; l < LANES; l++) {
                double e = g[d + l] * (m * x[d + l]);
                a[l] = Math.fma(e - y[d + l], e + y[d + l], a[l]);
            }
        }
    }

    private double tree() {
        for (int w = LANES / 2; w > 0; w /= 2) {
            for (int l = 0; l < w; l++) {
                a[l] += a[l + w];
            }
        }
        return a[0];
    }
}
