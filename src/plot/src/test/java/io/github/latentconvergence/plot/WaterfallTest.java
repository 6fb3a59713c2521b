package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaterfallTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 5, 3", "2, 1, 1", "65, 2, 20", "65, 29, 10", "17, 64, 5", "5, 300, 4", "1000, 3, 4"})
    void nothingOverlaps(int iterations, int tokens, int hidden) {
        Waterfall waterfall = Waterfall.of(Trails.spirals(iterations, tokens, hidden), Matrices.words(tokens));
        Trails.assertTidy(waterfall.layout());
        Trails.assertTidy(waterfall.withTitle("").layout());
        Trails.assertTidy(waterfall.withTitle("long ".repeat(200)).layout());
    }

    @Test
    void theFarthestTokenIsDrawnFirstAndFartherUpAndToTheRight() {
        Waterfall waterfall = Waterfall.of(Trails.spirals(20, 7, 8), Matrices.words(7));
        PrincipalComponents components = waterfall.components();
        List<Mark.Trail> trails = new ArrayList<>(Trails.marks(waterfall.layout(), Mark.Trail.class));
        assertThat(trails).hasSize(7);
        Collections.reverse(trails);
        Mark.Trail.Point origin = trails.getFirst().points().getFirst();
        double unit = (trails.getFirst().points().get(1).x() - origin.x())
                / (components.coordinate(0, 1, 0) - components.coordinate(0, 0, 0));
        for (int n = 0; n < 7; n++) {
            for (int t = 0; t < 20; t++) {
                Mark.Trail.Point point = trails.get(n).points().get(t);
                double x = unit * (components.coordinate(n, t, 0) - components.coordinate(0, 0, 0));
                double y = unit * (components.coordinate(n, t, 1) - components.coordinate(0, 0, 1));
                // Six slices back, as far apart as the first two.
                assertThat(point.x() - origin.x() - x).isCloseTo(n * 19 * 0.8, Offset.offset(1e-6));
                assertThat(origin.y() - point.y() - y).isCloseTo(n * 19.0, Offset.offset(1e-6));
                assertThat(point.color()).isEqualTo(ColorMap.VIRIDIS.at(t / 19.0));
            }
        }
    }

    @Test
    void eachEndStandsOnItsOwnLineOfTheFloor() {
        FigureLayout layout = Waterfall.of(Trails.spirals(20, 7, 8), Matrices.words(7)).layout();
        List<Mark.Trail> trails = Trails.marks(layout, Mark.Trail.class);
        List<Mark.Drawing> stems = Trails.drawings(layout, "stem");
        assertThat(stems).hasSize(7);
        // Drawn from back to front; the floor's front edge is that of the tick marks below it.
        double front = stems.getLast().path().getBounds2D().getMaxY();
        for (int n = 0; n < 7; n++) {
            var stem = stems.get(n).path().getBounds2D();
            Mark.Trail.Point last = trails.get(n).points().getLast();
            assertThat(stem.getX()).isCloseTo(last.x(), Offset.offset(1e-3));
            assertThat(stem.getY()).isCloseTo(last.y(), Offset.offset(1e-3));
            assertThat(stem.getMaxY()).isCloseTo(front - 19.0 * (6 - n), Offset.offset(1e-3));
        }
    }

    @Test
    void componentsAreThoseOfAllTokensDrawn() {
        var states = Trails.spirals(20, 7, 8);
        Waterfall chosen = Waterfall.of(states, new int[] {5, 1}, Matrices.words(7));
        assertThat(chosen.components().tokens()).containsExactly(5, 1);
        assertThat(chosen.components().coordinates(1))
                .isDeepEqualTo(PrincipalComponents.of(states, new int[] {5, 1}, 2).coordinates(1));
        assertThat(Trails.strings(chosen.layout())).contains("PC 1 (" + OrbitMarks.percent(chosen.components().explained(0)) + ")",
                "PC 2 (" + OrbitMarks.percent(chosen.components().explained(1)) + ")", "iteration 19", "Iterations at Test Time");
    }

    @Test
    void ofManyTokensEvenlySpacedOnesAreTakenAndTheFigureSaysSo() {
        Waterfall waterfall = Waterfall.of(Trails.spirals(4, 200, 5), Matrices.words(200));
        List<Integer> tokens = waterfall.components().tokens();
        assertThat(tokens).hasSize(64).startsWith(0).endsWith(199).isSorted().doesNotHaveDuplicates();
        assertThat(IntStream.range(1, 64).map(n -> tokens.get(n) - tokens.get(n - 1)).distinct().boxed())
                .allMatch(step -> step == 3 || step == 4);
        assertThat(Trails.strings(waterfall.layout())).contains("64 of 200 tokens, evenly spaced");
    }

    @Test
    void hostileTextsStayTexts() throws Exception {
        Waterfall waterfall = Waterfall.of(Trails.spirals(9, 3, 4), List.of("</text><script/>", "\u202e\u0007", "y".repeat(3000)));
        Trails.assertTidy(waterfall.layout());
        waterfall.write(folder.resolve("waterfall.svg"));
        Svg svg = Svg.of(Files.readAllBytes(folder.resolve("waterfall.svg")));
        assertThat(svg.texts()).contains("</text><script/>", "\\u202e" + "\\u0007");
        assertThat(svg.all("script")).isEmpty();
        assertThat(svg.ofClass("orbit")).hasSize(3);
    }

    @Test
    void theSameInputGivesTheSameBytes() throws Exception {
        for (String name : new String[] {"a.png", "b.png"}) {
            Waterfall.of(Trails.spirals(33, 40, 30), Matrices.words(40)).write(folder.resolve(name));
        }
        assertThat(folder.resolve("a.png")).hasSameBinaryContentAs(folder.resolve("b.png"));
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        var states = Trails.spirals(3, 4, 2);
        assertThatThrownBy(() -> Waterfall.of(states, new int[0], Matrices.words(4))).hasMessageContaining("0 tokens to draw");
        assertThatThrownBy(() -> Waterfall.of(states, new int[4097], Matrices.words(4))).hasMessageContaining("1 to 4096");
        Waterfall many = Waterfall.of(states, new int[513], Matrices.words(4));
        assertThatThrownBy(() -> many.write(folder.resolve("many.png"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("513 tokens to draw: expected up to 512").hasMessageContaining(".html");
        assertThatThrownBy(many::toImage).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Waterfall.of(states, new int[] {4}, Matrices.words(4))).hasMessageContaining("token 4");
        assertThatThrownBy(() -> Waterfall.of(states, Matrices.words(3))).hasMessageContaining("3 texts");
        Waterfall still = Waterfall.of(Tensors.of(new double[5][3]), List.of("x"));
        assertThat(Trails.strings(still.layout())).contains("all states are the same");
        Trails.assertTidy(still.layout());
    }
}
