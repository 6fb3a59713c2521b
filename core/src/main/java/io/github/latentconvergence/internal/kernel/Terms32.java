package io.github.latentconvergence.internal.kernel;

/** What each component of a block gives to a reduction, in float32. Every operation is rounded once. For one thread; what it returns is good until the next call. */
final class Terms32 {
    private final float[] term = new float[Row.START + Row.BLOCK];
    private final float[] sum = new float[Row.START + Row.BLOCK];

    /** The terms e. {@code y}, {@code z} and {@code g} are read only where they take part. */
    float[] of(Op.Term kind, float[] x, float[] y, float[] z, float[] g, Scale scale) {
        return switch (kind) {
            case STATE -> x;
            case SIDE -> y;
            case DIFFERENCE -> difference(x, y, term);
            case ACCELERATION -> acceleration(x, y, z, term);
            case NORMALIZED_STATE -> normalized(x, g, (float) scale.m(), term);
            case NORMALIZED_DIFFERENCE ->
                normalizedDifference(x, y, scale.xIsSmaller() ? x : y, g, (float) scale.m(), (float) scale.c(), term);
            case DIFFERENCE_TO_READY -> throw new IllegalArgumentException(kind + " is not done in float32 lanes");
        };
    }

    /** The sums N(x) + N(y), for terms that are N(x) - N(y). */
    float[] normalizedSums(float[] x, float[] y, float[] g, Scale scale) {
        return normalizedSum(x, y, g, (float) scale.a(), (float) scale.b(), sum);
    }

    private static float[] difference(float[] x, float[] y, float[] e) {
        for (int d = Row.START; d < x.length; d++) {
            e[d] = x[d] - y[d];
        }
        return e;
    }

    private static float[] acceleration(float[] x, float[] y, float[] z, float[] e) {
        for (int d = Row.START; d < x.length; d++) {
            e[d] = x[d] - y[d] - (y[d] - z[d]);
        }
        return e;
    }

    private static float[] normalized(float[] x, float[] g, float m, float[] e) {
        for (int d = Row.START; d < x.length; d++) {
            e[d] = g[d] * (m * x[d]);
        }
        return e;
    }

    private static float[] normalizedDifference(float[] x, float[] y, float[] smaller, float[] g, float m, float c, float[] e) {
        for (int d = Row.START; d < x.length; d++) {
            e[d] = g[d] * Math.fma(m, x[d] - y[d], c * smaller[d]);
        }
        return e;
    }

    private static float[] normalizedSum(float[] x, float[] y, float[] g, float a, float b, float[] s) {
        for (int d = Row.START; d < x.length; d++) {
            s[d] = g[d] * Math.fma(a, x[d], b * y[d]);
        }
        return s;
    }
}
