package io.github.latentconvergence.analysis;

/**
 * The slope of a line through points that may hold outliers: the median of the slopes of all pairs.
 *
 * @param slope for each unit of x
 * @param noise scale of what is left beside the line, 1.4826 times the median absolute deviation
 * @param spread root of the sum of squared distances of the x from their mean: the slope's standard error is the noise over it
 */
record TheilSen(double slope, double noise, double spread) {
    /** Consistent for normally distributed noise. */
    static final double MAD_TO_SIGMA = 1.4826;

    /** Through the first {@code count} points; NaN for fewer than two. */
    static TheilSen of(double[] x, double[] y, int count) {
        if (count < 2) {
            return new TheilSen(Double.NaN, Double.NaN, Double.NaN);
        }
        double[] slopes = new double[count * (count - 1) / 2];
        int n = 0;
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++) {
                slopes[n++] = (y[j] - y[i]) / (x[j] - x[i]);
            }
        }
        double slope = Median.ofOwn(slopes, n);
        double[] rest = new double[count];
        double mean = 0;
        for (int i = 0; i < count; i++) {
            rest[i] = y[i] - slope * x[i];
            mean += x[i] / count;
        }
        double middle = Median.of(rest);
        double squares = 0;
        for (int i = 0; i < count; i++) {
            rest[i] = Math.abs(rest[i] - middle);
            squares += (x[i] - mean) * (x[i] - mean);
        }
        return new TheilSen(slope, MAD_TO_SIGMA * Median.ofOwn(rest, count), Math.sqrt(squares));
    }
}
