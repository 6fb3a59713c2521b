package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinearTicksTest {
    private static List<String> labels(double low, double high, int most) {
        return LinearTicks.between(low, high, most).stream().map(t -> t.label().characters()).toList();
    }

    @Test
    void areRoundAndWrittenOut() {
        assertThat(labels(-10, 10, 4)).containsExactly("−10", "−5", "0", "5", "10");
        assertThat(labels(-0.9, 1.1, 5)).containsExactly("−0.5", "0", "0.5", "1.0");
        assertThat(labels(0.0012, 0.0048, 4)).containsExactly("0.002", "0.003", "0.004");
        assertThat(labels(1000, 9000, 4)).containsExactly("2000", "4000", "6000", "8000");
    }

    @Test
    void areMultiplesOfAPowerWhereTheyAreLargeOrSmall() {
        assertThat(labels(-3e7, 1e7, 4)).containsExactly("−3 × 107", "−2 × 107", "−1 × 107", "0", "1 × 107");
        assertThat(labels(-2.1e-6, 2.1e-6, 5)).containsExactly("−2 × 10−6", "−1 × 10−6", "0", "1 × 10−6", "2 × 10−6");
    }

    @Test
    void areFewWithinTheRangeAndAllDifferent() {
        SplittableRandom random = Seeds.random("ticks");
        for (int n = 0; n < 2000; n++) {
            double length = Math.pow(10, random.nextDouble(-250, 250));
            double low = length * random.nextDouble(-20, 20);
            List<LinearTicks.Tick> ticks = LinearTicks.between(low, low + length, 5);
            assertThat(ticks).hasSizeBetween(2, 6).allMatch(t -> t.value() >= low && t.value() <= low + length);
            assertThat(ticks.stream().map(t -> t.label().characters()).distinct()).hasSameSizeAs(ticks);
        }
    }
}
