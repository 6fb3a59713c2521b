package io.github.latentconvergence.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.BigMath;
import io.github.latentconvergence.Seeds;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The exponential is within 1.2 units in the last place, exact at 0, and 0 from where it says so. Its bits in C are those of sums of logits. */
class ExponentialTest {
    private final Exponential exponential = new Exponential();

    private double exp(double u) {
        double[] arguments = new double[Row.START + 1];
        double[] powers = new double[Row.START + 1];
        arguments[Row.START] = u;
        exponential.of(arguments, powers, Row.START + 1);
        return powers[Row.START];
    }

    @Test
    void isAsCloseAsItSays() {
        SplittableRandom random = Seeds.random("exponential");
        double worst = 0;
        for (int n = 0; n < 20_000; n++) {
            double u = switch (n % 4) {
                case 0 -> -708 * random.nextDouble();
                case 1 -> -random.nextDouble();
                case 2 -> -Math.scalb(random.nextDouble(), -random.nextInt(60));
                default -> -(random.nextInt(1000) + 0.5) * Math.log(2) * (1 + 1e-9 * random.nextGaussian()); // where k changes
            };
            u = Math.max(u, -708);
            BigDecimal error = new BigDecimal(exp(u)).subtract(BigMath.exp(new BigDecimal(u)));
            worst = Math.max(worst, Math.abs(error.doubleValue()) / Math.ulp(Math.exp(u)));
        }
        System.out.printf("exponential: largest error %.3f units in the last place%n", worst);
        assertThat(worst).isLessThan(1.2);
    }

    @Test
    void endsAreExact() {
        assertThat(exp(0)).isEqualTo(1);
        assertThat(exp(-0.0)).isEqualTo(1);
        assertThat(exp(-708)).isGreaterThanOrEqualTo(Double.MIN_NORMAL);
        assertThat(exp(Math.nextDown(-708))).isZero();
        assertThat(exp(-1e300)).isZero();
        assertThat(exp(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(exp(Double.NaN)).isNaN();
    }
}
