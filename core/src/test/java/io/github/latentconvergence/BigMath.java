package io.github.latentconvergence;

import java.math.BigDecimal;
import java.math.MathContext;

/** Exponentials and logarithms from their definitions, to 60 digits and more. Slow. */
public final class BigMath {
    /** 80 digits, of which the squarings of {@link #exp} lose a dozen at most. */
    static final MathContext DIGITS = new MathContext(80);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private BigMath() {}

    /** e^u: the series of e^(u / 2^k), squared k times. Below -3000 it is 0. */
    public static BigDecimal exp(BigDecimal u) {
        if (u.compareTo(BigDecimal.valueOf(-3000)) < 0) {
            return BigDecimal.ZERO;
        }
        int k = 0;
        BigDecimal small = u;
        while (small.abs().compareTo(new BigDecimal("0.001")) > 0) {
            small = small.divide(TWO, DIGITS);
            k++;
        }
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int n = 1; n < 30 && term.signum() != 0; n++) {
            term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        for (; k > 0; k--) {
            sum = sum.multiply(sum, DIGITS);
        }
        return sum;
    }

    /** The natural logarithm: Halley's steps on e^y = x, each of which triples the digits of the float64 logarithm. */
    static BigDecimal log(BigDecimal x) {
        BigDecimal y = new BigDecimal(Math.log(x.doubleValue()));
        for (int step = 0; step < 3; step++) {
            BigDecimal power = exp(y);
            y = y.add(TWO.multiply(x.subtract(power, DIGITS)).divide(x.add(power), DIGITS), DIGITS);
        }
        return y;
    }
}
