package io.github.latentconvergence;

/** The one place where raw sums become distances and distances logarithms, so that every backend gives the same bits. */
final class Distances {
    private Distances() {}

    /** log10 by the one algorithm that is the same on every machine. */
    static double log10(double distance) {
        return canonical(StrictMath.log10(distance));
    }

    /** The number itself, every NaN as the one NaN. */
    static double canonical(double value) {
        return Double.isNaN(value) ? Double.NaN : value;
    }
}
