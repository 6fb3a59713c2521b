package io.github.latentconvergence.internal.kernel;

import java.util.Arrays;

/**
 * The reductions in float32 lanes: element d in lane d mod 16, at most 32 terms to a lane, then one tree of additions, then float64. Rows are padded with zeros to
 * whole steps of 16.
 */
final class Lanes32 {
    private static final int LANES = 16;
    private static final int BLOCK = 512;

    private final float[] a = new float[LANES];

    /** A reduction of a whole row. {@code y} and {@code g} are read only where {@code op} needs them. */
    double sum(Op op, float[] x, float[] y, float[] g, Scale scale) {
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
                case NORMALIZED_NORM2 -> normalizedNorm2(x, g, (float) scale.m(), from, to);
                default ->
                    throw new IllegalArgumentException(op + " is not done in float32 lanes");
            }
            sum += tree();
        }
        return sum;
    }

    private void diff2(float[] x, float[] y, int from, int to) {
        for (int d = from; d < to; d += LANES) {
            for (int l = 0; l < LANES; l++) {
                float e = x[d + l] - y[d + l];
                a[l] = Math.fma(e, e, a[l]);
            }
        }
    }

    private void norm2(float[] x, int from, int to) {
        for (int d = from; d < to; d += LANES) {
            for (int l = 0; l < LANES; l++) {
                a[l] = Math.fma(x[d + l], x[d + l], a[l]);
            }
        }
    }

    private void cross(float[] x, float[] y, int from, int to) {
        for (int d = from; d < to; d += LANES) {
            for (int l = 0; l < LANES; l++) {
                a[l] = Math.fma(x[d + l] - y[d + l], x[d + l] + y[d + l], a[l]);
            }
        }
    }

    private void normalizedDiff2(float[] x, float[] y, float[] g, Scale scale, int from, int to) {
        float m = (float) scale.m();
        float c = (float) scale.c();
        float[] z = scale.xIsSmaller() ? x : y;
        for (int d = from; d < to; d += LANES) {
            for (int l = 0; l < LANES; l++) {
                float e = g[d + l] * Math.fma(m, x[d + l] - y[d + l], c * z[d + l]);
                a[l] = Math.fma(e, e, a[l]);
            }
        }
    }

    private void normalizedCross(float[] x, float[] y, float[] g, Scale scale, int from, int to) {
        float m = (float) scale.m();
        float c = (float) scale.c();
        float ofX = (float) scale.a();
        float ofY = (float) scale.b();
        float[] z = scale.xIsSmaller() ? x : y;
        for (int d = from; d < to; d += LANES) {
            for (int l = 0; l < LANES; l++) {
                float e = g[d + l] * Math.fma(m, x[d + l] - y[d + l], c * z[d + l]);
                a[l] = Math.fma(e, g[d + l] * Math.fma(ofX, x[d + l], ofY * y[d + l]), a[l]);
            }
        }
    }

    private void normalizedNorm2(float[] x, float[] g, float m, int from, int to) {
        for (int d = from; d < to; d += LANES) {
            for (int l = 0; l < LANES; l++) {
                float e = g[d + l] * (m * x[d + l]);
                a[l] = Math.fma(e, e, a[l]);
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
