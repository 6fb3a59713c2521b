package io.github.latentconvergence.internal.kernel;

/** What each component of a block gives to a reduction, in float64. Every operation is rounded once. For one thread; what it returns is good until the next call. */
final class Terms64 {
    private final double[] term = new double[Row.START + Row.BLOCK];
    private final double[] factor = new double[Row.START + Row.BLOCK];

    /** The terms e. {@code y}, {@code z} and {@code g} are read only where they take part. */
    double[] of(Op.Term kind, double[] x, double[] y, double[] z, double[] g, Scale scale) {
        return switch (kind) {
            case STATE -> x;
            case DIFFERENCE -> difference(x, y, term);
            case ACCELERATION -> acceleration(x, y, z, term);
            case WEIGHTED_STATE -> weighted(x, g, term);
            case WEIGHTED_DIFFERENCE -> weightedDifference(x, y, g, term);
            case NORMALIZED_DIFFERENCE ->
                normalizedDifference(x, y, scale.xIsSmaller() ? x : y, g, scale.m(), scale.c(), term);
            case DIFFERENCE_TO_READY -> differenceToReady(x, y, g, scale.m(), term);
        };
    }

    /** The other side of differences: y, or g y for weighted ones. */
    double[] side(Op.Term kind, double[] y, double[] g) {
        return kind == Op.Term.WEIGHTED_DIFFERENCE ? weighted(y, g, factor) : y;
    }

    /** The sums x + y for terms that are x - y, and N(x) + y for those that are N(x) - y. */
    double[] sums(Op.Term kind, double[] x, double[] y, double[] g, Scale scale) {
        return kind == Op.Term.DIFFERENCE_TO_READY ? sumWithReady(x, y, g, scale.m(), factor) : sum(x, y, factor);
    }

    private static double[] difference(double[] x, double[] y, double[] e) {
        for (int d = Row.START; d < x.length; d++) {
            e[d] = x[d] - y[d];
        }
        return e;
    }

    private static double[] acceleration(double[] x, double[] y, double[] z, double[] e) {
        for (int d = Row.START; d < x.length; d++) {
            e[d] = x[d] - y[d] - (y[d] - z[d]);
        }
        return e;
    }

    private static double[] weighted(double[] x, double[] g, double[] e) {
        for (int d = Row.START; d < x.length; d++) {
            e[d] = g[d] * x[d];
        }
        return e;
    }

    private static double[] weightedDifference(double[] x, double[] y, double[] g, double[] e) {
        for (int d = Row.START; d < x.length; d++) {
            e[d] = g[d] * (x[d] - y[d]);
        }
        return e;
    }

    private static double[] normalizedDifference(double[] x, double[] y, double[] smaller, double[] g, double m, double c, double[] e) {
        for (int d = Row.START; d < x.length; d++) {
            e[d] = g[d] * Math.fma(m, x[d] - y[d], c * smaller[d]);
        }
        return e;
    }

    private static double[] sum(double[] x, double[] y, double[] s) {
        for (int d = Row.START; d < x.length; d++) {
            s[d] = x[d] + y[d];
        }
        return s;
    }

    private static double[] differenceToReady(double[] x, double[] y, double[] g, double m, double[] e) {
        for (int d = Row.START; d < x.length; d++) {
            e[d] = g[d] * (m * x[d]) - y[d];
        }
        return e;
    }

    private static double[] sumWithReady(double[] x, double[] y, double[] g, double m, double[] s) {
        for (int d = Row.START; d < x.length; d++) {
            s[d] = g[d] * (m * x[d]) + y[d];
        }
        return s;
    }
}
