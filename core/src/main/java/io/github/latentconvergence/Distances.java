package io.github.latentconvergence;

/** The one place where raw sums become distances and distances logarithms, so that every backend gives the same bits. */
final class Distances {
    private Distances() {}

    /** log10 by the one algorithm that is the same on every machine; NaN as the one NaN. */
    static double log10(double distance) {
        return Log10.of(distance);
    }

    /** The number itself, every NaN as the one NaN. */
    static double canonical(double value) {
        return Double.isNaN(value) ? Double.NaN : value;
    }

    /**
     * A state x and its reference y, as the sums from which their angle is accurate even where they nearly agree: {@code 1 - x.y / (|x| |y|)} would lose every digit there.
     *
     * @param square sum (x-y)^2
     * @param cross sum (x-y)(x+y), which is |x|^2 - |y|^2
     * @param x |x|
     * @param y |y|
     */
    record Pair(double square, double cross, double x, double y) {
        double cosine() {
            return isZero() ? Double.NaN : Math.max(0, across() / (2 * x * y));
        }

        /** In units of pi. */
        double angular() {
            double along = (x + y) * (x + y) - square;
            return isZero() ? Double.NaN : 2 * StrictMath.atan2(Math.sqrt(Math.max(0, across())), Math.sqrt(Math.max(0, along))) / Math.PI;
        }

        /** (x-y)^2 without the part that the lengths' difference makes. */
        private double across() {
            double delta = cross / (x + y);
            return square - delta * delta;
        }

        private boolean isZero() {
            return x == 0 || y == 0;
        }
    }
}
