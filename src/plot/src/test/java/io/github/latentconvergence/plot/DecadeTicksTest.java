package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecadeTicksTest {
    private static List<String> labels(double low, double high) {
        return DecadeTicks.between(low, high, 20).stream().map(tick -> tick.label().characters()).filter(text -> !text.isEmpty()).toList();
    }

    @Test
    void wholeDecadesAreWrittenAsPowers() {
        assertThat(labels(0, 2)).containsExactly("100", "101", "102");
        assertThat(labels(-2.2, 0.1)).containsExactly("10−2", "10−1", "100");
        StyledText label = DecadeTicks.between(0, 2, 20).get(0).label();
        assertThat(label).isEqualTo(StyledText.EMPTY.plain("10").raised("0"));
    }

    @Test
    void twoToNineLieBetween() {
        List<DecadeTicks.Tick> ticks = DecadeTicks.between(0, 2, 20);
        assertThat(ticks).hasSize(3 + 2 * 8);
        assertThat(ticks).filteredOn(tick -> !tick.major()).allMatch(tick -> tick.label().isEmpty());
        assertThat(ticks).extracting(DecadeTicks.Tick::log).isSorted();
    }

    @ParameterizedTest
    @CsvSource({"0, 0.5", "0.1, 0.9", "1.05, 1.25", "-3.9, -3.85", "0.31, 1.7", "-300, 10", "-0.5, 0.5", "2, 2.0000001"})
    void thereIsAlwaysMoreThanOneNumberToRead(double low, double high) {
        assertThat(labels(low, high)).hasSizeBetween(2, 21);
        assertThat(DecadeTicks.between(low, high, 20)).allMatch(tick -> tick.log() >= low - 1e-8 && tick.log() <= high + 1e-8);
    }

    @Test
    void roundingGoesToOneDigit() {
        assertThat(DecadeTicks.roundDown(StrictMath.log10(2.7))).isEqualTo(StrictMath.log10(2));
        assertThat(DecadeTicks.roundUp(StrictMath.log10(2.7))).isEqualTo(StrictMath.log10(3));
        assertThat(DecadeTicks.roundUp(StrictMath.log10(91.8))).isEqualTo(2);
        assertThat(DecadeTicks.roundDown(-6)).isEqualTo(-6);
        assertThat(DecadeTicks.roundUp(3)).isEqualTo(3);
    }
}
