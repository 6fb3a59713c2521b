package io.github.latentconvergence.internal.kernel;

/**
 * e^u for u from minus infinity to 0, within 1.2 units in the last place, the same bits as {@code lc_exp} in logits.h: 2^k e^r, where k is the nearest whole number to
 * u / ln 2, and e^r a polynomial. What is below -708 is 0. For one thread.
 */
final class Exponential {
    /** Below it everything is 0. */
    static final double LEAST = -708;

    private static final double LOG2_E = 0x1.71547652b82fep+0;
    private static final double LN2_HIGH = 0x1.62e42fefa2000p-1;
    private static final double LN2_LOW = 0x1.9ef35793c7673p-41;
    /** Adding it leaves the nearest whole number in the lowest bits. */
    private static final double SHIFT = 0x1.8p52;
    private static final int FRACTION_BITS = 52;

    private final double[] shifted = new double[Row.START + Row.BLOCK];

    /** Fills {@code power} from {@link Row#START} to {@code end} with the exponentials of {@code u}. */
    void of(double[] u, double[] power, int end) {
        polynomial(u, shifted, power, end);
        for (int d = Row.START; d < end; d++) {
            long bits = Double.doubleToRawLongBits(power[d]) + (Double.doubleToRawLongBits(shifted[d]) << FRACTION_BITS);
            power[d] = u[d] < LEAST ? 0 : Double.longBitsToDouble(bits);
        }
    }

    /** e^r, and u / ln 2 with {@link #SHIFT} added. */
    private static void polynomial(double[] u, double[] shifted, double[] power, int end) {
        for (int d = Row.START; d < end; d++) {
            double s = Math.fma(u[d], LOG2_E, SHIFT);
            double k = s - SHIFT;
            double r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, u[d]));
            double q = Math.fma(0x1.af389ed28db09p-26, r, 0x1.28917c8be7ad6p-22);
            q = Math.fma(q, r, 0x1.71de0db2f585ep-19);
            q = Math.fma(q, r, 0x1.a019b914985a9p-16);
            q = Math.fma(q, r, 0x1.a01a01a7c2f03p-13);
            q = Math.fma(q, r, 0x1.6c16c17889ef9p-10);
            q = Math.fma(q, r, 0x1.11111111109b5p-7);
            q = Math.fma(q, r, 0x1.5555555553d68p-5);
            q = Math.fma(q, r, 0x1.5555555555556p-3);
            q = Math.fma(q, r, 0x1.0000000000001p-1);
            shifted[d] = s;
            power[d] = Math.fma(r * r, q, r) + 1;
        }
    }
}
