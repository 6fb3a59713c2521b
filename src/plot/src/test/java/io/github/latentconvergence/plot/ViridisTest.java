package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ViridisTest {
    @Test
    void knownColours() {
        assertThat(Viridis.at(0)).isEqualTo(0x440154);
        assertThat(Viridis.at(0.25)).isEqualTo(0x3b528b);
        assertThat(Viridis.at(0.5)).isEqualTo(0x21918c);
        assertThat(Viridis.at(1)).isEqualTo(0xfde725);
    }

    @Test
    void beyondAnEndIsThatEnd() {
        assertThat(Viridis.at(-3)).isEqualTo(Viridis.entry(0));
        assertThat(Viridis.at(Double.NEGATIVE_INFINITY)).isEqualTo(Viridis.entry(0));
        assertThat(Viridis.at(7)).isEqualTo(Viridis.entry(255));
        assertThatThrownBy(() -> Viridis.at(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lightnessRisesFromEntryToEntry() {
        for (int i = 1; i < Viridis.SIZE; i++) {
            assertThat(lightness(Viridis.entry(i))).as("entry %d", i).isGreaterThan(lightness(Viridis.entry(i - 1)) - 0.6);
        }
        assertThat(lightness(Viridis.entry(255)) - lightness(Viridis.entry(0))).isGreaterThan(150);
    }

    @Test
    void noKindOfCellLooksLikeAMeasuredOneOrAnother() {
        for (CellKind kind : CellKind.values()) {
            if (kind == CellKind.MEASURED) {
                continue;
            }
            for (int i = 0; i < Viridis.SIZE; i++) {
                assertThat(apart(kind.fill(), Viridis.entry(i))).as("%s and entry %d", kind, i).isGreaterThan(80);
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
