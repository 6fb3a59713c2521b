package io.github.latentconvergence.analysis;

/**
 * What makes a token stand out: both limits must be passed, an outlier that also matters. For fast tokens, the same below the median.
 *
 * @param z robust z-score, above 0; default 3.5
 * @param excess decades from the median of all tokens, 0 or more; default 0.3, a factor of two
 */
public record BandLimits(double z, double excess) {
    /** z above 3.5 and an excess of 0.3 decades. */
    public static final BandLimits DEFAULT = new BandLimits(3.5, 0.3);

    /** @throws IllegalArgumentException unless both are finite, {@code z} is above 0 and {@code excess} is not negative */
    public BandLimits {
        if (!(z > 0 && z < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("z-score limit " + z + ": expected a finite number above 0");
        }
        if (!(excess >= 0 && excess < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("excess limit " + excess + ": expected a finite number of decades, 0 or more");
        }
    }
}
