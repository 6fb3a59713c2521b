package io.github.latentconvergence;

/** From the sums of logits to entropies and Kullback-Leibler divergences, in nats; all logarithms are taken here. The formulas are in numerics.md, under Predictions. */
final class Divergences {
    /** Up to this relative difference of two sums of exponentials the divergence is made of its second-order terms. */
    private static final double NEAR = 0.5;
    /** Of the series of artanh, whose argument is at most 1/3: the next term is below 2^-56. */
    private static final int TERMS = 17;

    private Divergences() {}

    /** Entropy, of sum e^u and sum e^u u. */
    static double entropy(double z, double zu) {
        return Distances.canonical(StrictMath.log(z) - zu / z);
    }

    /**
     * KL(p || q), of sums over p.
     *
     * @param sum sum e^u (e^-g - 1 + g), no term of which is negative
     * @param gap sum e^u g
     * @param z sum e^u
     * @param other the sum of exponentials of q
     */
    static double divergence(double sum, double gap, double z, double other) {
        if (gap == Double.POSITIVE_INFINITY && !Double.isNaN(other)) {
            return gap; // q is 0 where p is not
        }
        double x = (sum - gap) / z; // other / z - 1
        double divergence = Math.abs(x) <= NEAR ? sum / z + log1pMinusItself(x) : gap / z + (StrictMath.log(other) - StrictMath.log(z));
        return Distances.canonical(Math.max(0, divergence)); // the true one is never negative
    }

    /** log(1 + x) - x: with s = x / (2 + x) it is 2 artanh(s) - x = 2 s^3 (1/3 + s^2/5 + s^4/7 + ...) - x s. */
    private static double log1pMinusItself(double x) {
        double s = x / (2 + x);
        double square = s * s;
        double series = 0;
        for (int i = TERMS; i >= 0; i--) {
            series = series * square + 1.0 / (2 * i + 3);
        }
        return 2 * s * square * series - x * s;
    }
}
