package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Normalization;
import io.github.latentconvergence.Reference;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonFigureTest {
    @TempDir
    Path folder = Path.of("");

    /** Distances as those of a run that settles, each up to 30 times as large or small. */
    static double[][] shaken(int tokens, int iterations, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] distances = Matrices.settling(tokens, iterations);
        for (double[] row : distances) {
            Arrays.setAll(row, t -> row[t] * Math.pow(30, random.nextDouble(-1, 1)));
        }
        return distances;
    }

    static ComparisonFigure figure(int tokens, int iterationsA, int iterationsB) {
        return ComparisonFigure.of(Matrices.last(shaken(tokens, iterationsA, 1)), Matrices.last(shaken(tokens, iterationsB, 2)),
                Matrices.words(tokens));
    }

    private static int middle(BufferedImage image, Rect cells, CellGrid grid, int row, int column) {
        double x = cells.x() + (column + 0.5) / grid.columns() * cells.width();
        double y = cells.y() + (row + 0.5) / grid.rows() * cells.height();
        return image.getRGB((int) x, (int) y) & 0xffffff;
    }

    @Test
    void bothRunsHaveTheColoursOfOneScaleAndTheRatioItsOwn() throws Exception {
        double[][][] distances = {shaken(11, 20, 1), shaken(11, 20, 2)};
        ComparisonFigure figure = figure(11, 20, 20).withRange(0.01, 1000);
        ComparisonLayout layout = figure.layout();
        BufferedImage image = figure.toImage();
        Svg svg = Svg.of(SvgPainter.paint(layout));
        double end = RatioTicks.end(new Ratios(Matrices.last(distances[0]), Matrices.last(distances[1])).farthest());
        for (int panel = 0; panel < 3; panel++) {
            ComparisonLayout.Panel drawn = layout.panels().get(panel);
            int[][] colors = svg.colors("cells", panel, 11, 20);
            for (int i = 0; i < 11; i++) {
                for (int t = 0; t < 19; t++) {
                    int expected = panel < 2
                            ? ColorMap.VIRIDIS.at((Math.log10(distances[panel][i][t]) + 2) / 5)
                            : Ramp.DIVERGING.at((Math.log10(distances[1][i][t] / distances[0][i][t]) + end) / (2 * end));
                    assertThat(middle(image, drawn.cells(), drawn.grid(), i, t)).as("panel %d, token %d, iteration %d", panel, i, t)
                            .isEqualTo(expected);
                    assertThat(colors[i][t]).isEqualTo(expected);
                }
                CellKind last = panel < 2 ? CellKind.SELF_REFERENCE : CellKind.NO_RATIO;
                assertThat(colors[i][19]).isEqualTo(last.fill());
            }
        }
    }

    @Test
    void theBarOfRatiosHasTheirColoursWithEqualInTheMiddle() throws Exception {
        ComparisonFigure figure = figure(20, 20, 20);
        ComparisonLayout layout = figure.layout();
        BufferedImage image = figure.toImage();
        Rect bar = layout.bars().get(1);
        int[][] stripes = Svg.of(SvgPainter.paint(layout)).colors("color-bar", 1, Ramp.DIVERGING.size(), 1);
        for (int k = 0; k < Ramp.DIVERGING.size(); k++) {
            assertThat(stripes[k][0]).isEqualTo(Ramp.DIVERGING.entry(Ramp.DIVERGING.size() - 1 - k));
        }
        for (int y = 0; y < (int) bar.height(); y++) {
            double up = 1 - (y + 0.5) / bar.height();
            assertThat(image.getRGB((int) bar.centerX(), (int) bar.y() + y) & 0xffffff).isEqualTo(Ramp.DIVERGING.at(up));
        }
        // The tick of ratio 1 is at the colour of equal.
        Mark.Text one = Trails.marks(layout, Mark.Text.class).stream().filter(t -> t.text().characters().equals("×1")).findFirst()
                .orElseThrow();
        assertThat(one.y()).isCloseTo(bar.centerY(), within(1e-9));
        assertThat(Trails.strings(layout)).contains("A farther  ←  Ratio of Distances  →  B farther");
    }

    @Test
    void theBarSaysWhichSideIsWhichInAsManyWordsAsItHasRoomFor() {
        ComparisonFigure tall = figure(40, 20, 20);
        assertThat(Trails.strings(tall.layout())).contains("A farther  ←  Ratio of Distances  →  B farther");
        assertThat(Trails.strings(figure(2, 20, 20).layout())).contains("A farther  ←  →  B farther");
        assertThat(Trails.strings(tall.withNames("the first of the two", "the second of the two").layout()))
                .contains("the first of the two farther  ←  Ratio of Distances  →  the second of the two farther");
        List<Mark.Text> titles = Trails.marks(figure(2, 20, 20).withNames("the first of the two", "the second of the two").layout(),
                Mark.Text.class).stream().filter(t -> t.text().characters().contains("farther  ←  →")).toList();
        assertThat(titles).hasSize(1).allMatch(t -> t.size() > 10, "legible");
    }

    @Test
    void theDataRangeIsThatOfBoth() {
        ComparisonFigure figure = ComparisonFigure.of(Matrices.plain(new double[][] {{1e-3, 1}}),
                Matrices.plain(new double[][] {{10, 1e4}}), List.of("a"));
        ColorScale colors = figure.layout().panels().getFirst().colors();
        assertThat(colors.low()).isEqualTo(-3);
        assertThat(colors.high()).isEqualTo(4);
        assertThat(figure.layout().panels()).extracting(p -> p.colors().low()).containsExactly(-3.0, -3.0, -4.0);
        ComparisonLayout grey = figure.withColors(ColorMap.GRAY).layout();
        assertThat(grey.panels().getFirst().colors().color(4)).isEqualTo(0xa3a3a3);
        assertThat(grey.panels().getLast().colors().color(0)).isEqualTo(0xf7f7f7);
    }

    @Test
    void theShorterRunEndsSoonerAndSoDoesTheRatio() {
        ComparisonLayout layout = figure(5, 12, 30).layout();
        List<ComparisonLayout.Panel> panels = layout.panels();
        double column = panels.get(1).frame().width() / 30;
        assertThat(panels).extracting(p -> p.cells().width()).containsExactly(12 * column, 30 * column, 12 * column);
        assertThat(panels).extracting(p -> p.frame().width()).containsOnly(30 * column);
        assertThat(Trails.strings(layout)).contains("A has 12 iterations");
        assertThat(Trails.strings(figure(5, 30, 12).withNames("one", "two").layout())).contains("two has 12 iterations");
        assertThat(Trails.strings(figure(5, 30, 30).layout())).noneMatch(s -> s.contains("iterations"));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 5, 3", "29, 65, 65", "38, 33, 129", "3, 12, 12", "300, 40, 17", "4096, 33, 33", "50, 1025, 600"})
    void nothingOverlapsAndTokensStandOnceAtTheLeft(int tokens, int a, int b) {
        ComparisonFigure figure = figure(tokens, a, b);
        Trails.assertTidy(figure.layout());
        Trails.assertTidy(figure.withTitle("").layout());
        Trails.assertTidy(figure.withTitle("long ".repeat(200)).withNames("a".repeat(120), "b c ".repeat(30)).withRange(1, 2).layout());
        if (tokens == 3) {
            assertThat(Trails.strings(figure.layout()).stream().filter("␣the"::equals)).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"900, 600, 1", "1400, 700, 1", "1000, 500, 2.5"})
    void aSizeThatIsAskedForIsThat(int width, int height, double scale) {
        ComparisonFigure figure = figure(29, 65, 65).withSize(width, height).withScale(scale);
        Trails.assertTidy(figure.layout());
        assertThat(figure.toImage().getWidth()).isEqualTo((int) Math.rint(width * scale));
        assertThat(figure.toImage().getHeight()).isEqualTo((int) Math.rint(height * scale));
        assertThatThrownBy(() -> figure.withSize(330, 240).layout()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no room");
    }

    @Test
    void manyTokensShareRowsAndNoDifferenceVanishes() {
        double[][] a = Matrices.settling(4096, 9);
        double[][] b = Matrices.settling(4096, 9);
        b[1234][5] *= 1e-4;
        ComparisonLayout layout = ComparisonFigure.of(Matrices.plain(a), Matrices.plain(b), Matrices.words(4096)).layout();
        CellGrid grid = layout.panels().getLast().grid();
        assertThat(grid.binTokens()).isGreaterThan(1);
        assertThat(grid.log(1234 / grid.binTokens(), 5)).isCloseTo(-4, within(1e-9));
        assertThat(Trails.strings(layout)).contains("each cell shows the maximum of 3 tokens, of ratios the one farthest from 1");
    }

    @Test
    void theLegendSaysWhyThereIsNoRatio() {
        ComparisonFigure figure = ComparisonFigure.of(Matrices.everyKind(10, 20), Matrices.last(Matrices.settling(10, 20)),
                Matrices.words(10));
        assertThat(Trails.strings(figure.layout())).contains("NaN (1 cell)", "masked token",
                "no ratio: infinite (1), NaN (1), exactly 0 (1), self-reference (9), masked (20)");
    }

    @Test
    void allFormatsAreWrittenTheSameEachTime() throws Exception {
        ComparisonFigure figure = figure(5, 9, 9).withNames("seed <0>", "seed & 1").withScale(2);
        for (String name : List.of("a.png", "a.svg", "a.html")) {
            figure.write(folder.resolve(name));
            figure.write(folder.resolve("again-" + name));
            assertThat(folder.resolve(name)).hasSameBinaryContentAs(folder.resolve("again-" + name));
        }
        BufferedImage image = ImageIO.read(folder.resolve("a.png").toFile());
        assertThat(image.getWidth()).isEqualTo(2 * figure.layout().width());
        Svg svg = Svg.of(Files.readAllBytes(folder.resolve("a.svg")));
        assertThat(svg.texts()).contains("seed <0>", "seed & 1", "seed & 1 / seed <0>");
        assertThat(svg.all("title").getFirst().getTextContent()).endsWith(": seed <0> and seed & 1");
        assertThat(svg.all("desc").getFirst().getTextContent()).contains("5 tokens", "seed <0>, then seed & 1");
        assertThatThrownBy(() -> figure.write(folder.resolve("a.pdf"))).hasMessageContaining(".png, .svg or .html");
    }

    @Test
    void runsThatDoNotCompareAreRefused() {
        ConvergenceMatrix five = Matrices.last(Matrices.settling(5, 9));
        assertThatThrownBy(() -> ComparisonFigure.of(five, Matrices.last(Matrices.settling(4, 9)), Matrices.words(5)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("5 tokens x 9 iterations")
                .hasMessageContaining("4 tokens x 9 iterations").hasMessageContaining("same tokens");
        assertThatThrownBy(() -> ComparisonFigure.of(five, five, Matrices.words(4))).hasMessageContaining("4 texts");
        double[][] distances = Matrices.settling(5, 9);
        boolean[] none = new boolean[5];
        for (ConvergenceMatrix other : List.of(ConvergenceMatrix.of(distances, Metric.COSINE, Reference.last()),
                ConvergenceMatrix.of(distances, Metric.L2, Reference.previous()),
                ConvergenceMatrix.of(distances, none, Metric.L2, Reference.last(), Normalization.rmsNorm(), Optional.empty(), "here"))) {
            assertThatThrownBy(() -> ComparisonFigure.of(five, other, Matrices.words(5))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("same metric");
        }
        assertThatThrownBy(() -> ComparisonFigure.of(
                ConvergenceMatrix.of(distances, none, Metric.L2, Reference.last(), Optional.of(true)),
                ConvergenceMatrix.of(distances, none, Metric.L2, Reference.last(), Optional.of(false)), Matrices.words(5)))
                .hasMessageContaining("only the first run begins with its initial state");
        ComparisonFigure figure = ComparisonFigure.of(five, five, Matrices.words(5));
        assertThatThrownBy(() -> figure.withNames("a", " ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> figure.withRange(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> figure.withScale(99)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> figure.withSize(10, 10)).isInstanceOf(IllegalArgumentException.class);
    }
}
