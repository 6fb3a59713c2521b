package io.github.latentconvergence;

import java.math.BigDecimal;

/** What a row of finite logits predicts, to more than 50 digits. */
final class PredictionsOracle {
    private final BigDecimal[] logits;
    private final BigDecimal[] powers;
    private final BigDecimal largest;
    private final BigDecimal z;

    PredictionsOracle(double[] row) {
        logits = new BigDecimal[row.length];
        powers = new BigDecimal[row.length];
        BigDecimal most = new BigDecimal(row[0]);
        for (int d = 0; d < row.length; d++) {
            logits[d] = new BigDecimal(row[d]);
            most = most.max(logits[d]);
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (int d = 0; d < row.length; d++) {
            powers[d] = BigMath.exp(logits[d].subtract(most));
            sum = sum.add(powers[d], BigMath.DIGITS);
        }
        largest = most;
        z = sum;
    }

    /** Of the distribution. */
    BigDecimal entropy() {
        BigDecimal sum = BigDecimal.ZERO;
        for (int d = 0; d < logits.length; d++) {
            sum = sum.add(powers[d].multiply(logits[d].subtract(largest), BigMath.DIGITS), BigMath.DIGITS);
        }
        return BigMath.log(z).subtract(sum.divide(z, BigMath.DIGITS), BigMath.DIGITS);
    }

    /** KL(this || other), sum p log(p/q). */
    BigDecimal divergence(PredictionsOracle other) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal shift = largest.subtract(other.largest).subtract(logOfSumsAgainst(other));
        for (int d = 0; d < logits.length; d++) {
            BigDecimal logRatio = logits[d].subtract(other.logits[d]).subtract(shift);
            sum = sum.add(powers[d].multiply(logRatio, BigMath.DIGITS), BigMath.DIGITS);
        }
        return sum.divide(z, BigMath.DIGITS);
    }

    /** log(Z of the other / Z of this), Z being the sum of e^(x - max x). */
    BigDecimal logOfSumsAgainst(PredictionsOracle other) {
        return BigMath.log(other.z).subtract(BigMath.log(z), BigMath.DIGITS);
    }
}
