package io.github.latentconvergence.internal.kernel;

/** What each component of a block gives to a reduction, in float64. Every operation is rounded once. For one thread; what it returns is good until the next call. */
final class Terms64 {
    private final double[] term = new double[Row.START + Row.BLOCK];
    private final double[] sum = new double[Row.START + Row.BLOCK];

    /** The terms e. {@code y}, {@code z} and {@code g} are read only where they take part. */
    double[] of(Op.Term kind, double[] x, double[] y, double[] z, double[] g, Scale scale) {
        return switch (kind) {
            case STATE -> x;
            case SIDE -> y;
            case DIFFERENCE -> difference(x, y, term);
            case ACCELERATION -> acceleration(x, y, z, term);
            case NORMALIZED_STATE -> normalized(x, g, scale.m(), term);
            case NORMALIZED_DIFFERENCE ->
                normalizedDifference(x, y, scale.xIsSmaller() ? x : y, g, scale.m(), scale.c(), term);
            case DIFFERENCE_TO_READY -> differenceToReady(x, y, g, scale.m(), term);
        };
    }

    /** The sums N(x) + N(y), for terms that are N(x) - N(y). */
    double[] normalizedSums(double[] x, double[] y, double[] g, Scale scale) {
        return normalizedSum(x, y, g, scale.a(), scale.b(), sum);
    }

    /** The sums N(x) + y, for terms that are N(x) - y. */
    double[] sumsWithReady(double[] x, double[] y, double[] g, Scale scale) {
        return sumWithReady(x, y, g, scale.m(), sum);
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

    private static double[] normalized(double[] x, double[] g, double m, double[] e) {
        for (int d = Row.START; d < x.length; d++) {
            e[d] = g[d] * (m * x[d]);
        }
        return e;
    }

    private static double[] normalizedDifference(double[] x, double[] y, double[] smaller, double[] g, double m, double c, double[] e) {
        for (int d = Row.START; d < x.length; d++) {
            e[d] = g[d] * Math.fma(m, x[d] - y[d], c * smaller[d]);
        }
        return e;
    }

    private static double[] normalizedSum(double[] x, double[] y, double[] g, double a, double b, double[] s) {
        for (int d = Row.START; d < x.length; d++) {
            s[d] = g[d] * Math.fma(a, x[d], b * y[d]);
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
