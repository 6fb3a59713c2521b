package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RampTest {
    /** Red, green and blue of ColorBrewer's PuOr as shares, eleven of each. */
    private static final double[][] PUOR = {
        {0.498, 0.702, 0.878, 0.992, 0.996, 0.969, 0.847, 0.698, 0.502, 0.329, 0.176},
        {0.231, 0.345, 0.510, 0.722, 0.878, 0.969, 0.855, 0.671, 0.451, 0.153, 0.0},
        {0.031, 0.024, 0.078, 0.388, 0.714, 0.969, 0.922, 0.824, 0.675, 0.533, 0.294}};

    @Test
    void divergingColoursLieOnStraightLinesBetweenThePublishedOnes() {
        for (int k = 0; k < Ramp.DIVERGING.size(); k++) {
            double at = k / (Ramp.DIVERGING.size() - 1.0) * 10;
            for (int channel = 0; channel < 3; channel++) {
                double sum = 0;
                for (int n = 0; n < 11; n++) {
                    sum += PUOR[channel][n] * Math.max(0, 1 - Math.abs(at - n));
                }
                int drawn = Ramp.DIVERGING.entry(k) >> (16 - 8 * channel) & 0xff;
                assertThat(Math.abs(drawn - 255 * sum)).as("entry %d, channel %d", k, channel).isLessThan(0.7);
            }
        }
    }

    @Test
    void equalIsExactlyInTheMiddleAndBothSidesDarkenFromThere() {
        Ramp ramp = Ramp.DIVERGING;
        assertThat(ramp.size() % 2).isOne();
        int middle = ramp.size() / 2;
        assertThat(ramp.at(0.5)).isEqualTo(ramp.entry(middle)).isEqualTo(0xf7f7f7);
        for (int k = 1; k <= middle; k++) {
            assertThat(lightness(ramp.entry(middle + k))).as("%d above", k).isLessThan(lightness(ramp.entry(middle + k - 1)) + 0.6);
            assertThat(lightness(ramp.entry(middle - k))).as("%d below", k).isLessThan(lightness(ramp.entry(middle - k + 1)) + 0.6);
        }
        // Red against blue tells the sides apart where red against green cannot be.
        for (int k = 20; k <= middle; k++) {
            assertThat(warmth(ramp.entry(middle - k)) - warmth(ramp.entry(middle + k))).as("%d to both sides", k).isGreaterThan(20);
        }
    }

    private static double lightness(int rgb) {
        return 0.2126 * (rgb >> 16) + 0.7152 * (rgb >> 8 & 0xff) + 0.0722 * (rgb & 0xff);
    }

    private static int warmth(int rgb) {
        return (rgb >> 16) - (rgb & 0xff);
    }

    @Test
    void whatHasNoRatioLooksLikeNoRatio() {
        int fill = CellKind.NO_RATIO.fill();
        for (int k = 0; k < Ramp.DIVERGING.size(); k++) {
            int entry = Ramp.DIVERGING.entry(k);
            double apart = Math.hypot(Math.hypot((fill >> 16) - (entry >> 16), (fill >> 8 & 0xff) - (entry >> 8 & 0xff)),
                    (fill & 0xff) - (entry & 0xff));
            assertThat(apart).as("entry %d", k).isGreaterThan(50);
        }
    }

    @ParameterizedTest
    @EnumSource(ColorMap.class)
    void aMapsRampHasItsColours(ColorMap map) {
        Ramp ramp = Ramp.ofMap(map);
        assertThat(ramp.size()).isEqualTo(map.size());
        for (double at = -0.25; at < 1.3; at += 0.001) {
            assertThat(ramp.at(at)).isEqualTo(map.at(at));
        }
        assertThatThrownBy(() -> ramp.at(Double.NaN)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("NaN");
    }
}
