package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ColorMapTest {
    @Test
    void knownColours() {
        assertThat(ColorMap.VIRIDIS.at(0)).isEqualTo(0x440154);
        assertThat(ColorMap.VIRIDIS.at(0.25)).isEqualTo(0x3b528b);
        assertThat(ColorMap.VIRIDIS.at(0.5)).isEqualTo(0x21918c);
        assertThat(ColorMap.VIRIDIS.at(1)).isEqualTo(0xfde725);
    }

    /** As rounded from its publishers' numbers, which run from (0, 0.135112, 0.304751) to (0.995737, 0.909344, 0.217772). */
    @Test
    void knownColoursOfCividis() {
        assertThat(ColorMap.CIVIDIS.at(0)).isEqualTo(0x00224e);
        assertThat(ColorMap.CIVIDIS.at(0.5)).isEqualTo(0x7d7c78);
        assertThat(ColorMap.CIVIDIS.at(1)).isEqualTo(0xfee838);
    }

    @Test
    void beyondAnEndIsThatEnd() {
        assertThat(ColorMap.VIRIDIS.at(-3)).isEqualTo(Viridis.entry(0));
        assertThat(ColorMap.VIRIDIS.at(Double.NEGATIVE_INFINITY)).isEqualTo(Viridis.entry(0));
        assertThat(ColorMap.VIRIDIS.at(7)).isEqualTo(Viridis.entry(255));
        assertThatThrownBy(() -> ColorMap.VIRIDIS.at(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void greysAreEven() {
        for (int i = 0; i < ColorMap.GRAY.size(); i++) {
            assertThat(ColorMap.GRAY.entry(i)).isEqualTo(i << 16 | i << 8 | i);
        }
        assertThat(ColorMap.GRAY.at(1)).isEqualTo(0xa3a3a3);
    }

    @ParameterizedTest
    @EnumSource(ColorMap.class)
    void labelsAreTheWordsOfTheCommandLine(ColorMap map) {
        assertThat(ColorMap.ofLabel(map.label())).isEqualTo(map);
        assertThatThrownBy(() -> ColorMap.ofLabel("jet")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'jet'")
                .hasMessageContaining("viridis, cividis, gray");
    }

    @ParameterizedTest
    @EnumSource(ColorMap.class)
    void lightnessRisesFromEntryToEntry(ColorMap map) {
        for (int i = 1; i < map.size(); i++) {
            assertThat(lightness(map.entry(i))).as("entry %d", i).isGreaterThan(lightness(map.entry(i - 1)) - 0.6);
        }
        assertThat(lightness(map.entry(map.size() - 1)) - lightness(map.entry(0))).isGreaterThan(150);
    }

    @ParameterizedTest
    @EnumSource(ColorMap.class)
    void noKindOfCellLooksLikeAMeasuredOneOrAnother(ColorMap map) {
        for (CellKind kind : CellKind.values()) {
            if (kind == CellKind.MEASURED || !kind.isOfDistance()) {
                continue;
            }
            for (int i = 0; i < map.size(); i++) {
                assertThat(apart(kind.fill(), map.entry(i))).as("%s and entry %d", kind, i).isGreaterThan(80);
            }
            for (CellKind other : CellKind.values()) {
                assertThat(kind == other || kind.fill() != other.fill()).as("%s and %s", kind, other).isTrue();
            }
        }
    }

    private static double lightness(int rgb) {
        return 0.2126 * (rgb >> 16) + 0.7152 * (rgb >> 8 & 0xff) + 0.0722 * (rgb & 0xff);
    }

    private static double apart(int a, int b) {
        double red = (a >> 16) - (b >> 16);
        double green = (a >> 8 & 0xff) - (b >> 8 & 0xff);
        double blue = (a & 0xff) - (b & 0xff);
        return Math.sqrt(red * red + green * green + blue * blue);
    }
}
