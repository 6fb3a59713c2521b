package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The logarithm of every cell: how near it is to the truth, its order, and that its bits are the same everywhere. */
class Log10Test {
    private static final double PROMISE = 0.501;

    /** Where numbers are drawn from. */
    enum Region {
        EVERY_POSITIVE, DISTANCES, SUBNORMAL, NEAR_ONE, FIRST_ROWS, ENDS_OF_ROWS, POWERS_OF_TEN;

        double draw(SplittableRandom random) {
            double x = switch (this) {
                case EVERY_POSITIVE -> Double.longBitsToDouble(random.nextLong(bits(Double.POSITIVE_INFINITY)));
                case DISTANCES -> StrictMath.pow(10, random.nextDouble(-9, 5));
                case SUBNORMAL -> Double.longBitsToDouble(random.nextLong() >>> (12 + random.nextInt(51)));
                case NEAR_ONE -> 1 + random.nextDouble(-1, 1) * Math.scalb(1.0, -random.nextInt(53));
                case FIRST_ROWS -> random.nextDouble(1 - 0x1p-7, 1 + 0x1p-6);
                case ENDS_OF_ROWS -> Math.scalb(near(random, Log10Table.start(random.nextInt(Log10Table.ROWS))), random.nextInt(-3, 4));
                case POWERS_OF_TEN -> near(random, Double.parseDouble("1e" + random.nextInt(-323, 309)));
            };
            return Math.max(Double.MIN_VALUE, x);
        }
    }

    /** Within three doubles of it. */
    private static double near(SplittableRandom random, double x) {
        return Double.longBitsToDouble(Math.max(1, bits(x) + random.nextInt(-3, 4)));
    }

    /** In units in the last place of the result. */
    private static double error(double log, DoubleDouble truth) {
        return Math.abs((log - truth.hi()) - truth.lo()) / Math.ulp(log);
    }

    @ParameterizedTest
    @EnumSource
    void theFastOracleAgreesWithTheDigits(Region region) {
        SplittableRandom random = Seeds.random("log10 oracle " + region);
        for (int n = 0; n < 300; n++) {
            double x = region.draw(random);
            BigDecimal truth = Log10Oracle.digits(x);
            BigDecimal error = Log10Oracle.of(x).exactly().subtract(truth).abs();
            assertThat(error).as("log10 of %s", x).isLessThanOrEqualTo(truth.abs().multiply(new BigDecimal("1e-28")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void isNearTheTruth(Region region) {
        SplittableRandom random = Seeds.random("log10 " + region);
        int count = 100_000;
        double most = 0;
        int notNearest = 0;
        int unlikeTheJdk = 0;
        long mostFromJdk = 0;
        for (int n = 0; n < count; n++) {
            double x = region.draw(random);
            double log = Log10.of(x);
            DoubleDouble truth = Log10Oracle.of(x);
            most = Math.max(most, error(log, truth));
            notNearest += log == truth.hi() ? 0 : 1;
            long fromJdk = Math.abs(bits(log) - bits(StrictMath.log10(x)));
            unlikeTheJdk += fromJdk == 0 ? 0 : 1;
            mostFromJdk = Math.max(mostFromJdk, fromJdk);
        }
        System.out.printf("log10, %s: error at most %.5f ulp, %d of %d not the nearest double; %d unlike StrictMath.log10, by at most %d%n",
                region,
                most, notNearest, count, unlikeTheJdk, mostFromJdk);
        assertThat(most).isLessThan(PROMISE);
        assertThat(notNearest).isLessThan(count / 1000);
        // StrictMath.log10 itself is up to 1.6 from the truth, at 0.9955361682410447 for one.
        assertThat(mostFromJdk).isLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void neverFallsWhereTheNumberRises(Region region) {
        SplittableRandom random = Seeds.random("log10 order " + region);
        for (int n = 0; n < 2000; n++) {
            double x = region.draw(random);
            double log = Log10.of(x);
            for (int up = 0; up < 100; up++) {
                x = Math.nextUp(x);
                double next = Log10.of(x);
                assertThat(next).as("log10 of %s", x).isGreaterThanOrEqualTo(log);
                log = next;
            }
        }
    }

    @Test
    void isExactForPowersOfTen() {
        for (int power = -323; power <= 308; power++) {
            double x = Double.parseDouble("1e" + power);
            assertThat(Log10.of(x)).isEqualTo(Log10Oracle.digits(x).round(new MathContext(40)).doubleValue());
            if (power >= -300) {
                assertThat(Log10.of(x)).isEqualTo(power);
            }
        }
        assertThat(bits(Log10.of(1))).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1 + 0x1p-52, 1 - 0x1p-53, 2, 3, 0.5, Double.MIN_VALUE, Double.MIN_NORMAL, 0x0.fffffffffffffp-1022,
        Double.MAX_VALUE})
    void isTheNearestDoubleAtTheEnds(double x) {
        assertThat(Log10.of(x)).isEqualTo(Log10Oracle.digits(x).doubleValue());
    }

    @Test
    void whatHasNoLogarithm() {
        assertThat(Log10.of(0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Log10.of(-0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Log10.of(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        long[] none = {bits(-Double.MIN_VALUE), bits(-1.0), bits(Double.NEGATIVE_INFINITY), bits(Double.NaN), 0x7ff0000000000001L,
            0x7fffffffffffffffL, 0xfff8000000000000L, -1L};
        for (long number : none) {
            assertThat(bits(Log10.of(Double.longBitsToDouble(number)))).as("%x", number).isEqualTo(0x7ff8000000000000L);
        }
    }

    /** What the class's account of its errors takes for granted. */
    @Test
    void rowsAreAsTheAccountSays() {
        double[] rows = Log10Table.rows();
        for (int row = 0; row < Log10Table.ROWS; row++) {
            double c = rows[row * Log10Table.WIDTH];
            double high = rows[row * Log10Table.WIDTH + 1];
            double low = rows[row * Log10Table.WIDTH + 2];
            assertThat(c * 128).isEqualTo(Math.rint(c * 128));
            double start = Log10Table.start(row);
            double r = Math.max(Math.abs(c * start - 1), Math.abs(c * Log10Table.start(row + 1) - 1));
            assertThat(r).isLessThanOrEqualTo(0x1p-7);
            if (start == 1 || Log10Table.start(row + 1) == 1) {
                assertThat(c).isEqualTo(1);
            }
            assertThat(c == 1 || Math.abs(high) > r * StrictMath.log10(Math.E)).as("row %d cancels", row).isTrue();
            assertThat(Math.scalb(high, 44)).isEqualTo(Math.rint(Math.scalb(high, 44)));
            BigDecimal truth = Log10Oracle.digits(c).negate();
            assertThat(new BigDecimal(high).add(new BigDecimal(low)).subtract(truth).abs()).isLessThan(new BigDecimal("1e-25"));
        }
    }

    /** The sum is that of the nearest doubles to these logarithms, and must come out of every JIT, of an interpreter and of a processor without a fused multiply-add. */
    @Test
    void bitsAreTheSameEverywhere() {
        SplittableRandom random = new SplittableRandom(10);
        long sum = 0;
        for (int n = 0; n < 20_000; n++) {
            sum = 31 * sum + bits(Log10.of(Double.longBitsToDouble(random.nextLong() >>> 1)));
        }
        assertThat(sum).isEqualTo(-2238786256615891413L);
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }
}
