package io.github.latentconvergence;

/**
 * log10 with the same bits on every machine, at most 0.501 units in the last place from the truth, so that it is nearly always the nearest double to it; exact where the
 * logarithm is a whole number. A larger number never has a smaller logarithm. 0 has minus infinity; a negative number and NaN have the one NaN.
 *
 * <p>Table-driven reduction, as P. T. P. Tang described it: x = 2^k m with m near 1, and a reciprocal c of m to 7 bits from {@link Log10Table}, so that
 * {@code log10 x = k log10 2 - log10 c + log10 (1 + r)} with a small {@code r = m c - 1}.
 * <ul>
 * <li>r is exact: {@code |r| <= 2^-7}, and it is a multiple of 2^-60, as c is one of 2^-7 and m one of 2^-53.
 * <li>{@code h + rest} is r - r^2/2 to twice the precision of a double, and {@code log + below} is h log10 e exactly. From r^3 on a double is enough: Taylor's polynomial
 * up to r^9.
 * <li>k log10 2 - log10 c is {@code whole}, an exact sum of multiples of 2^-44, and a low part. c is 1 for the m next to 1, so that whole is 0 and nothing cancels there;
 * elsewhere whole is larger than log, so that {@code log - (sum - whole)} is exactly what rounding their sum dropped.
 * <li>Only the last addition rounds the result. All that went before is off by less than log10 e (10 2^-53 |r|^3 / 3 + r^10 / 10): next to 1, where the logarithm is small
 * itself, that is 0.0003 of its last place, and less in the other rows. It is less than 2^-72 everywhere, and logarithms of neighbouring doubles are more than 2^-55 apart:
 * so their order holds.
 * </ul>
 * Only {@code + - *}, fused multiply-add and shifts are used, each of which has one result. On a processor without the instruction the JDK computes a fused multiply-add in
 * decimal arithmetic, and a logarithm takes some 20 us.
 */
final class Log10 {
    private static final long LEAST_NORMAL = 0x0010000000000000L;
    private static final long INFINITY = 0x7ff0000000000000L;

    private static final double[] TABLE = Log10Table.rows();
    private static final double LOG10_2 = Log10Table.LOG10_2.high();
    private static final double LOG10_2_LOW = Log10Table.LOG10_2.low();
    private static final double LOG10_E = Log10Table.LOG10_E.high();
    private static final double LOG10_E_LOW = Log10Table.LOG10_E.low();

    /** Taylor's coefficients of log10 (1 + r). */
    private static final double C3 = LOG10_E / 3;
    private static final double C4 = -LOG10_E / 4;
    private static final double C5 = LOG10_E / 5;
    private static final double C6 = -LOG10_E / 6;
    private static final double C7 = LOG10_E / 7;
    private static final double C8 = -LOG10_E / 8;
    private static final double C9 = LOG10_E / 9;

    private Log10() {}

    static double of(double x) {
        long bits = Double.doubleToRawLongBits(x);
        // One comparison for all that is not positive, normal and finite: as an unsigned number, bits below the least normal wrap around.
        if (Long.compareUnsigned(bits - LEAST_NORMAL, INFINITY - LEAST_NORMAL) >= 0) {
            return special(x);
        }
        return normal(bits, 0);
    }

    private static double special(double x) {
        if (!(x > 0)) {
            return x == 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
        }
        return x == Double.POSITIVE_INFINITY ? x : normal(Double.doubleToRawLongBits(x * 0x1p54), -54);
    }

    /** log10 of the number with these bits, times 2^shift. */
    private static double normal(long bits, int shift) {
        long fromLeast = bits - Log10Table.LEAST;
        long k = fromLeast >> 52;
        double m = Double.longBitsToDouble(bits - (k << 52));
        int row = Log10Table.WIDTH * ((int) (fromLeast >>> Log10Table.ROW_SHIFT) & Log10Table.ROWS - 1);
        double power = k + shift;

        double r = Math.fma(m, TABLE[row], -1);
        double minusHalf = -0.5 * r;
        double h = Math.fma(minusHalf, r, r);
        double rest = Math.fma(minusHalf, r, r - h);
        double log = h * LOG10_E;
        double below = Math.fma(h, LOG10_E, -log);

        // Pairs of terms, so that the processor can work on several at once.
        double square = r * r;
        double from7 = Math.fma(square, C9, Math.fma(r, C8, C7));
        double from5 = Math.fma(square, from7, Math.fma(r, C6, C5));
        double from3 = Math.fma(square, from5, Math.fma(r, C4, C3));
        double small = Math.fma(r * square, from3, Math.fma(rest, LOG10_E, Math.fma(h, LOG10_E_LOW, below)));

        double whole = Math.fma(power, LOG10_2, TABLE[row + 1]);
        double sum = whole + log;
        return sum + (log - (sum - whole) + (Math.fma(power, LOG10_2_LOW, TABLE[row + 2]) + small));
    }
}
