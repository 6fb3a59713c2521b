package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    }

    /** As people see colours who lack one of the three cones; matrices by Machado, Oliveira and Fernandes, IEEE TVCG 15(6), 2009, on linear RGB. */
    @ParameterizedTest
    @ValueSource(strings = {"1 0 0 0 1 0 0 0 1", "0.152286 1.052583 -0.204868 0.114503 0.786281 0.099216 -0.003882 -0.048116 1.051998",
        "0.367322 0.860646 -0.227968 0.280085 0.672501 0.047413 -0.011820 0.042940 0.968881",
        "1.255528 -0.076749 -0.178779 -0.078411 0.930809 0.147602 0.004733 0.691367 0.303900"})
    void theSidesAreToldApartByPeopleOfAnyColourVision(String matrix) {
        double[] m = Arrays.stream(matrix.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
        int middle = Ramp.DIVERGING.size() / 2;
        for (int k = 20; k <= middle; k++) {
            double[] below = seen(Ramp.DIVERGING.entry(middle - k), m);
            double[] above = seen(Ramp.DIVERGING.entry(middle + k), m);
            double apart = Math.sqrt(IntStream.range(0, 3).mapToDouble(c -> below[c] - above[c]).map(d -> d * d).sum());
            assertThat(apart).as("%d to both sides", k).isGreaterThan(25);
        }
    }

    /** Red, green and blue, 0 to 255. */
    private static double[] seen(int rgb, double[] matrix) {
        double[] linear = IntStream.of(16, 8, 0).mapToDouble(shift -> (rgb >> shift & 0xff) / 255.0)
                .map(v -> v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4)).toArray();
        return IntStream.range(0, 3).mapToDouble(r -> IntStream.range(0, 3).mapToDouble(c -> matrix[3 * r + c] * linear[c]).sum())
                .map(v -> Math.clamp(v, 0, 1)).map(v -> 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055))
                .toArray();
    }

    private static double lightness(int rgb) {
        return 0.2126 * (rgb >> 16) + 0.7152 * (rgb >> 8 & 0xff) + 0.0722 * (rgb & 0xff);
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
