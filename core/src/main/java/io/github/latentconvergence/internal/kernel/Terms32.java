package io.github.latentconvergence.internal.kernel;

/** What each component of a block gives to a reduction, in float32. Every operation is rounded once. For one thread; what it returns is good until the next call. */
final class Terms32 {
    private final float[] term = new float[Row.START + Row.BLOCK];
    private final float[] factor = new float[Row.START + Row.BLOCK];

    /** The terms e. {@code y}, {@code z} and {@code g} are read only where they take part. */
    float[] of(Op.Term kind, float[] x, float[] y, float[] z, float[] g, Scale scale) {
        return switch (kind) {
            case STATE -> x;
            case DIFFERENCE -> difference(x, y, term);
            case ACCELERATION -> acceleration(x, y, z, term);
            case WEIGHTED_STATE -> weighted(x, g, term);
            case WEIGHTED_DIFFERENCE -> weightedDifference(x, y, g, term);
            case NORMALIZED_DIFFERENCE ->
                normalizedDifference(x, y, scale.xIsSmaller() ? x : y, g, (float) scale.m(), (float) scale.c(), term);
            case DIFFERENCE_TO_READY -> throw new IllegalArgumentException(kind + " is not done in float32 lanes");
        };
    }

    /** The other side of differences: y, or g y for weighted ones. */
    float[] side(Op.Term kind, float[] y, float[] g) {
        return kind == Op.Term.WEIGHTED_DIFFERENCE ? weighted(y, g, factor) : y;
    }

    /** The sums x + y, for terms that are x - y. */
    float[] sums(float[] x, float[] y) {
        return sum(x, y, factor);
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

    private static float[] weighted(float[] x, float[] g, float[] e) {
        for (int d = Row.START; d < x.length; d++) {
            e[d] = g[d] * x[d];
        }
        return e;
    }

    private static float[] weightedDifference(float[] x, float[] y, float[] g, float[] e) {
        for (int d = Row.START; d < x.length; d++) {
            e[d] = g[d] * (x[d] - y[d]);
        }
        return e;
    }

    private static float[] normalizedDifference(float[] x, float[] y, float[] smaller, float[] g, float m, float c, float[] e) {
        for (int d = Row.START; d < x.length; d++) {
            e[d] = g[d] * Math.fma(m, x[d] - y[d], c * smaller[d]);
        }
        return e;
    }

    private static float[] sum(float[] x, float[] y, float[] s) {
        for (int d = Row.START; d < x.length; d++) {
            s[d] = x[d] + y[d];
        }
        return s;
    }
}
