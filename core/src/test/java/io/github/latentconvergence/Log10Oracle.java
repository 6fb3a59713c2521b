package io.github.latentconvergence;

import java.math.BigDecimal;
import java.math.MathContext;

/** log10 in two ways that share nothing with the library's: slow and obvious, and faster. */
final class Log10Oracle {
    private static final MathContext DIGITS = new MathContext(150);
    /** Enough for artanh(1/3), where a term is a ninth of the one before, to 2^-110. */
    private static final int TERMS = 35;
    private static final DoubleDouble[] ODD_RECIPROCALS = new DoubleDouble[TERMS];

    static {
        for (int i = 0; i < TERMS; i++) {
            ODD_RECIPROCALS[i] = DoubleDouble.of(2 * i + 1).reciprocal();
        }
    }

    private static final DoubleDouble LN_2 = artanh(DoubleDouble.of(3).reciprocal()).times(2);
    /** 10 is 8 times 5/4. */
    private static final DoubleDouble LN_10 = LN_2.times(3).plus(artanh(DoubleDouble.of(9).reciprocal()).times(2));
    private static final DoubleDouble ONE_BY_LN_10 = LN_10.reciprocal();

    private Log10Oracle() {}

    /**
     * log10 of a positive number, digit by digit, from its definition: the whole part says where the number's point is; that of the tenth power of what is left is the next
     * digit. Off by less than 10^-60: each tenth power makes a relative error ten times as large, and it starts at 10^-150.
     */
    static BigDecimal digits(double x) {
        BigDecimal left = new BigDecimal(x).round(DIGITS);
        BigDecimal log = BigDecimal.ZERO;
        for (int place = 0; place <= 60; place++) {
            int digit = left.precision() - left.scale() - 1;
            log = log.add(BigDecimal.valueOf(digit).scaleByPowerOfTen(-place));
            left = left.scaleByPowerOfTen(-digit).pow(10, DIGITS);
        }
        return log;
    }

    /** log10 of a positive number to 28 digits: ln m = 2 artanh((m-1)/(m+1)) for an m between 3/4 and 3/2, by its series. */
    static DoubleDouble of(double x) {
        double scaled = x < Double.MIN_NORMAL ? x * 0x1p54 : x;
        int k = Math.getExponent(scaled);
        double m = Math.scalb(scaled, -k);
        if (m > 1.5) {
            m /= 2;
            k++;
        }
        DoubleDouble ln = artanh(DoubleDouble.of(m - 1).times(DoubleDouble.sum(m, 1).reciprocal())).times(2);
        return LN_2.times(x < Double.MIN_NORMAL ? k - 54 : k).plus(ln).times(ONE_BY_LN_10);
    }

    private static DoubleDouble artanh(DoubleDouble z) {
        DoubleDouble square = z.times(z);
        DoubleDouble sum = DoubleDouble.ZERO;
        for (int i = TERMS - 1; i >= 0; i--) {
            sum = sum.times(square).plus(ODD_RECIPROCALS[i]);
        }
        return sum.times(z);
    }
}
