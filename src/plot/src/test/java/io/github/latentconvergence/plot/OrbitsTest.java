package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

class OrbitsTest {
    @TempDir
    Path folder;

    private static Orbits orbits() {
        return Orbits.of(Trails.spirals(65, 5, 20), new int[] {3, 0}, Matrices.words(5));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 1, 1", "2, 2, 9", "65, 3, 20", "129, 16, 8", "1000, 2, 6"})
    void nothingOverlaps(int iterations, int tokens, int hidden) {
        int[] all = new int[tokens];
        for (int i = 0; i < tokens; i++) {
            all[i] = i;
        }
        StateTensor states = Trails.spirals(iterations, tokens, hidden);
        Trails.assertTidy(Orbits.of(states, all, Matrices.words(tokens)).layout());
        Trails.assertTidy(Orbits.together(states, all, Matrices.words(tokens)).withTitle("").layout());
    }

    @ParameterizedTest
    @CsvSource({"1e-9", "1e-3", "1", "12345", "1e9", "1e200", "1e-200"})
    void nothingOverlapsInAnyUnit(double unit) {
        double[][] states = new double[30][4];
        for (int t = 0; t < 30; t++) {
            states[t] = new double[] {unit * Math.cos(t), unit * Math.sin(t), unit * Math.sin(2 * t), unit * t / 30};
        }
        Trails.assertTidy(Orbits.of(Tensors.of(states), new int[] {0}, List.of("x")).layout());
    }

    @Test
    void eachPanelShowsTwoComponentsInOneScale() {
        FigureLayout layout = orbits().layout();
        List<Mark.Trail> trails = Trails.marks(layout, Mark.Trail.class);
        assertThat(trails).hasSize(6);
        for (int n = 0; n < 6; n++) {
            double[][] at = orbits().components().get(n / 3).coordinates(0);
            List<Mark.Trail.Point> points = trails.get(n).points();
            assertThat(points).hasSize(65);
            int k = 2 * (n % 3);
            double unit = (points.get(40).x() - points.get(0).x()) / (at[40][k] - at[0][k]);
            for (int t = 1; t < 65; t++) {
                assertThat(points.get(t).x() - points.get(0).x()).isCloseTo(unit * (at[t][k] - at[0][k]), Offset.offset(1e-6));
                assertThat(points.get(0).y() - points.get(t).y()).isCloseTo(unit * (at[t][k + 1] - at[0][k + 1]), Offset.offset(1e-6));
            }
        }
    }

    @Test
    void coloursAreThoseOfTheBarFromFirstToLast() {
        FigureLayout layout = orbits().layout();
        ColorScale colors = Trails.marks(layout, Mark.Bar.class).getFirst().colors();
        assertThat(colors.low()).isZero();
        assertThat(colors.high()).isEqualTo(64);
        for (Mark.Trail trail : Trails.marks(layout, Mark.Trail.class)) {
            for (int t = 0; t < 65; t++) {
                assertThat(trail.points().get(t).color()).isEqualTo(ColorMap.VIRIDIS.at(t / 64.0));
            }
        }
    }

    @Test
    void startEndAndMeanAreMarkedAndExplained() {
        FigureLayout layout = orbits().layout();
        // One in each panel and one in the legend.
        assertThat(Trails.drawings(layout, "start")).hasSize(7);
        assertThat(Trails.drawings(layout, "end")).hasSize(7);
        assertThat(Trails.drawings(layout, "mean")).hasSize(7);
        Mark.Trail first = Trails.marks(layout, Mark.Trail.class).getFirst();
        var start = Trails.drawings(layout, "start").getFirst().path().getBounds2D();
        assertThat(start.getCenterX()).isCloseTo(first.points().getFirst().x(), Offset.offset(1e-3));
        var end = Trails.drawings(layout, "end").getFirst().path().getBounds2D();
        assertThat(end.getCenterY()).isCloseTo(first.points().getLast().y(), Offset.offset(1e-3));
        assertThat(Trails.strings(layout)).contains("iteration 0", "iteration 64", "mean of the states", "token 3", "token 0",
                "Iterations at Test Time");
    }

    @Test
    void axesSayWhatTheyExplain() {
        PrincipalComponents own = orbits().components().getFirst();
        for (int k = 0; k < 6; k++) {
            assertThat(Trails.strings(orbits().layout())).contains("PC " + (k + 1) + " (" + OrbitMarks.percent(own.explained(k)) + ")");
        }
        assertThat(OrbitMarks.percent(0.98765)).isEqualTo("98.8 %");
        assertThat(OrbitMarks.percent(0.0004)).isEqualTo("< 0.1 %");
        assertThat(OrbitMarks.percent(0)).isEqualTo("0.0 %");
        assertThat(OrbitMarks.percent(1)).isEqualTo("100.0 %");
    }

    @Test
    void tokensTogetherHaveTheSameAxes() {
        Orbits together = Orbits.together(Trails.spirals(30, 4, 12), new int[] {2, 1}, Matrices.words(4));
        assertThat(together.components().get(0)).isSameAs(together.components().get(1));
        List<String> texts = Trails.strings(together.layout());
        List<String> upper = texts.subList(texts.indexOf("token 2"), texts.indexOf("token 1")).stream().skip(3).toList();
        List<String> lower = texts.subList(texts.indexOf("token 1"), texts.size()).stream().skip(3).limit(upper.size()).toList();
        assertThat(lower).isEqualTo(upper);
        assertThat(together.components().getFirst().coordinates(1)).isDeepEqualTo(
                PrincipalComponents.of(Trails.spirals(30, 4, 12), new int[] {2, 1}, 6).coordinates(1));
    }

    @Test
    void aTokenThatStandsStillIsSaidToDoSo() {
        Orbits still = Orbits.of(Tensors.of(new double[10][3]), new int[] {0}, List.of("x"));
        assertThat(Trails.strings(still.layout())).contains("all states are the same", "PC 1 (0.0 %)");
        Trails.assertTidy(still.layout());
        assertThat(Trails.marks(still.layout(), Mark.Trail.class)).hasSize(3).allSatisfy(trail -> assertThat(
                trail.points().stream().map(p -> p.x()).collect(Collectors.toSet())).hasSize(1));
    }

    @Test
    void hostileTextsStayTexts() throws Exception {
        List<String> hostile = List.of("<script>alert(1)</script>", "\u202e\u0000\ud800", "x".repeat(5000), "\"/><a href='x'>", "");
        Orbits orbits = Orbits.of(Trails.spirals(9, 5, 4), new int[] {0, 1, 2, 3, 4}, hostile).withTitle("</title>&" + "t".repeat(900));
        Trails.assertTidy(orbits.layout());
        Svg svg = Svg.of(SvgPainter.paint(orbits.layout()));
        Set<String> names = svg.all("*").stream().map(Element::getTagName).collect(Collectors.toSet());
        assertThat(names).isSubsetOf("title", "desc", "defs", "pattern", "rect", "g", "path", "circle", "text", "tspan");
        assertThat(svg.texts()).contains("<script>alert(1)</script>", "\"/><a␣href='x'>", "(empty)", "\\u202e" + "\\u0000" + "\\ud800");
    }

    @Test
    void pngAndSvgShowTheSame() throws Exception {
        orbits().write(folder.resolve("orbits.png"));
        orbits().write(folder.resolve("orbits.svg"));
        BufferedImage image = ImageIO.read(folder.resolve("orbits.png").toFile());
        Svg svg = Svg.of(Files.readAllBytes(folder.resolve("orbits.svg")));
        assertThat(svg.root().getAttribute("width")).isEqualTo(Integer.toString(image.getWidth()));
        assertThat(svg.ofClass("orbit")).hasSize(6);
        List<Element> circles = svg.all("circle");
        assertThat(circles).hasSize(6 * 65);
        // The last state is under its marker, and one before may be under a later one: that of the second is seen in the PNG where nothing lies over it.
        Mark.Trail.Point last = Trails.marks(orbits().layout(), Mark.Trail.class).getFirst().points().getLast();
        assertThat(image.getRGB((int) last.x(), (int) last.y()) & 0xffffff).isEqualTo(0x1c1c1c);
        assertThat(circles.get(64).getAttribute("cx")).isEqualTo(SvgWriter.number(last.x()));
        assertThat(circles.get(64).getAttribute("fill")).isEqualTo("#fde725");
        int different = 0;
        Mark.Trail trail = Trails.marks(orbits().layout(), Mark.Trail.class).getFirst();
        for (Mark.Trail.Point point : trail.points().subList(1, 20)) {
            different += (image.getRGB((int) point.x(), (int) point.y()) & 0xffffff) == point.color() ? 0 : 1;
        }
        assertThat(different).as("of 19 early points").isLessThan(6);
    }

    @Test
    void theSameInputGivesTheSameBytesAtAnyScale() throws Exception {
        for (String name : new String[] {"a.png", "b.png", "a.svg", "b.svg"}) {
            orbits().withScale(1.5).write(folder.resolve(name));
        }
        assertThat(folder.resolve("a.png")).hasSameBinaryContentAs(folder.resolve("b.png"));
        assertThat(folder.resolve("a.svg")).hasSameBinaryContentAs(folder.resolve("b.svg"));
        assertThat(orbits().withScale(2).toImage().getWidth()).isEqualTo(2 * orbits().toImage().getWidth());
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        StateTensor states = Trails.spirals(6, 20, 3);
        assertThatThrownBy(() -> Orbits.of(states, new int[] {0}, List.of("x"))).hasMessageContaining("1 texts")
                .hasMessageContaining("20 tokens");
        assertThatThrownBy(() -> Orbits.of(states, new int[0], Matrices.words(20))).hasMessageContaining("0 tokens to draw");
        assertThatThrownBy(() -> Orbits.together(states, new int[17], Matrices.words(20))).hasMessageContaining("1 to 16");
        assertThatThrownBy(() -> Orbits.of(states, new int[] {20}, Matrices.words(20))).hasMessageContaining("token 20")
                .hasMessageContaining("0 to 19");
        assertThatThrownBy(() -> orbits().withScale(0.1)).hasMessageContaining("scale 0.1");
        assertThatThrownBy(() -> orbits().write(folder.resolve("orbits.html"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(".png or .svg");
        assertThatThrownBy(() -> orbits().write(folder.resolve("orbits.gif"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(folder).isEmptyDirectory();
        double[][][] bad = new double[3][2][2];
        bad[2][1][0] = Double.NaN;
        assertThatThrownBy(() -> Orbits.of(Tensors.of(DType.F64, bad), new int[] {1}, List.of("a", "b"))).hasMessageContaining("token 1");
    }
}
