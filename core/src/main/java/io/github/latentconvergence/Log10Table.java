package io.github.latentconvergence;

import java.math.BigInteger;

/**
 * The constants of {@link Log10}, computed once when it is first used. All of them are sums and quotients of natural logarithms of n/90 for n from 90 to 181, and these
 * add up from ln((n+1)/n) = 2 artanh(1/(2n+1)), whose series gives 15 bits a term. They are whole numbers of 2^-96, off by less than 2^-86.
 */
final class Log10Table {
    /** The bits of the least m, 181/256, just below the root of 1/2; m is less than twice that. */
    static final long LEAST = 0x3fe6a00000000000L;
    static final int ROWS = 128;
    /** Rows begin where the bits of m above this are different: at multiples of 2^-8 below 1 and of 2^-7 above. */
    static final int ROW_SHIFT = 45;
    /** A row is c, the high part of -log10 c, the low part, and one left empty so that no row straddles two cache lines. */
    static final int WIDTH = 4;

    private static final int FRACTION = 96;
    /** High parts are multiples of 2^-44: nine bits before the point and these fill a double. */
    private static final int HIGH_FRACTION = 44;
    private static final int FIRST = 90;
    private static final int LAST = 181;
    private static final BigInteger[] LN = new BigInteger[LAST + 1];

    static {
        LN[FIRST] = BigInteger.ZERO;
        for (int n = FIRST; n < LAST; n++) {
            LN[n + 1] = LN[n].add(lnStep(n));
        }
    }

    private static final BigInteger LN_2 = LN[180];
    /** 10 is 8 times 160/128. */
    private static final BigInteger LN_10 = LN_2.multiply(BigInteger.valueOf(3)).add(LN[160]).subtract(LN[128]);

    private static final BigInteger ONE_BY_LN_10 = BigInteger.ONE.shiftLeft(2 * FRACTION).divide(LN_10);

    static final Parts LOG10_2 = onGrid(log10(LN_2));
    static final Parts LOG10_E = nearest(ONE_BY_LN_10);

    private Log10Table() {}

    /** A number as the sum of two doubles. */
    record Parts(double high, double low) {}

    /** The rows, one after the other. */
    static double[] rows() {
        double[] rows = new double[ROWS * WIDTH];
        for (int row = 0; row < ROWS; row++) {
            // The reciprocal of the middle, to a multiple of 1/128.
            int n = (int) Math.rint(2 * 128 / (start(row) + start(row + 1)));
            Parts log = onGrid(log10(LN[128].subtract(LN[n])));
            rows[WIDTH * row] = n / 128.0;
            rows[WIDTH * row + 1] = log.high;
            rows[WIDTH * row + 2] = log.low;
        }
        return rows;
    }

    /** The least m of a row; that of the row after the last is where the last one ends. */
    static double start(int row) {
        return Double.longBitsToDouble(LEAST + ((long) row << ROW_SHIFT));
    }

    /** ln((n+1)/n). */
    private static BigInteger lnStep(int n) {
        BigInteger square = BigInteger.valueOf((2L * n + 1) * (2L * n + 1));
        BigInteger power = BigInteger.TWO.shiftLeft(FRACTION).divide(BigInteger.valueOf(2L * n + 1));
        BigInteger sum = BigInteger.ZERO;
        for (int odd = 1; power.signum() > 0; odd += 2) {
            sum = sum.add(power.divide(BigInteger.valueOf(odd)));
            power = power.divide(square);
        }
        return sum;
    }

    private static BigInteger log10(BigInteger ln) {
        return ln.multiply(ONE_BY_LN_10).shiftRight(FRACTION);
    }

    private static Parts onGrid(BigInteger value) {
        int below = FRACTION - HIGH_FRACTION;
        BigInteger high = value.shiftRight(below).shiftLeft(below);
        return new Parts(toDouble(high), toDouble(value.subtract(high)));
    }

    private static Parts nearest(BigInteger value) {
        double high = toDouble(value);
        BigInteger exactly = BigInteger.valueOf((long) Math.scalb(high, 60)).shiftLeft(FRACTION - 60);
        return new Parts(high, toDouble(value.subtract(exactly)));
    }

    private static double toDouble(BigInteger value) {
        return Math.scalb(value.doubleValue(), -FRACTION);
    }
}
