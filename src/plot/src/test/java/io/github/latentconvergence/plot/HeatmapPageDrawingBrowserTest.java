package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.analysis.Band;
import io.github.latentconvergence.analysis.TokenAnalysis;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What the page draws, in a real browser, held against the PNG and the colours of the scale. */
class HeatmapPageDrawingBrowserTest extends InBrowser {
    private static int[] colors(ConvergenceMatrix matrix, ColorScale scale) {
        int[] colors = new int[matrix.tokens() * matrix.iterations()];
        CellGrid grid = CellGrid.of(matrix, matrix.tokens(), matrix.iterations());
        for (int cell = 0; cell < colors.length; cell++) {
            colors[cell] = grid.color(cell / matrix.iterations(), cell % matrix.iterations(), scale);
        }
        return colors;
    }

    @Test
    void cellsHaveTheColoursOfThePng() throws IOException {
        ConvergenceMatrix matrix = Matrices.plain(Matrices.settling(TOKENS, ITERATIONS));
        open(HeatmapPage.of(List.of(matrix), Matrices.words(TOKENS)).withRange(0.5, 50));
        Heatmap heatmap = Heatmap.of(matrix, Matrices.words(TOKENS)).withRange(0.5, 50);
        BufferedImage png = heatmap.toImage();
        Rect plot = heatmap.layout().plot();
        int[] seen = browser.cellColors(TOKENS, ITERATIONS);
        for (int i = 0; i < TOKENS; i++) {
            for (int t = 0; t < ITERATIONS; t++) {
                int x = (int) (plot.x() + (t + 0.2) / ITERATIONS * plot.width());
                int y = (int) (plot.y() + (i + 0.2) / TOKENS * plot.height());
                assertThat(seen[i * ITERATIONS + t]).as("token %d, iteration %d", i, t).isEqualTo(png.getRGB(x, y) & 0xffffff);
            }
        }
    }

    @Test
    void cellsWithoutALogDistanceAreDrawnApart() throws IOException {
        ConvergenceMatrix matrix = Matrices.everyKind(10, 20);
        open(HeatmapPage.of(List.of(matrix), Matrices.words(10)));
        int[] expected = colors(matrix, ColorScale.ofData(matrix));
        int[] seen = browser.cellColors(10, 20);
        for (int cell = 0; cell < expected.length; cell++) {
            if (!matrix.isMasked(cell / 20)) {
                assertThat(seen[cell]).as("token %d, iteration %d", cell / 20, cell % 20).isEqualTo(expected[cell]);
            }
        }
        assertThat(browser.hover(1, 1)).contains("NaN");
        assertThat(browser.hover(2, 2)).contains("infinite");
        assertThat(browser.hover(3, 3)).contains("exactly 0");
        assertThat(browser.hover(4, 3)).contains("masked token");
        assertThat(browser.hover(5, 19)).contains("self-reference");
        ConvergenceMatrix previous = ConvergenceMatrix.of(new double[][] {{Double.NaN, 3, 2, 1}}, Metric.L2, Reference.previous());
        open(HeatmapPage.of(List.of(previous), List.of("a")));
        assertThat(browser.hover(0, 0)).contains("undefined: no earlier state");
    }

    @Test
    void overlaysAreOnOrOff() throws IOException {
        openFigureLike();
        String plain = browser.picture();
        for (String overlay : List.of("#step", "#floor", "#bands", "#segments")) {
            browser.drawing(() -> browser.click(overlay));
            assertThat(browser.picture()).as(overlay).isNotEqualTo(plain);
            browser.drawing(() -> browser.click(overlay));
            assertThat(browser.picture()).as("%s off again", overlay).isEqualTo(plain);
        }
        open(HeatmapPage.of(measured.matrices(), measured.tokens()));
        assertThat(browser.run("return document.getElementById('overlays').disabled")).isEqualTo(true);
    }

    @Test
    void overlaysAreWhereTheAnalysisPutsThem() throws IOException {
        openFigureLike();
        TokenAnalysis token = measured.analysis().tokens().get(5);
        int index = token.index();
        int step = token.step().orElseThrow();
        int floor = token.floor().step().orElseThrow();
        int[] cells = colors(measured.matrices().getFirst(), ColorScale.ofData(measured.matrices().getFirst()));
        browser.drawing(() -> browser.click("#step"));
        assertThat(browser.strip(index, step)).containsOnly(0xffffff);
        assertThat(browser.strip(index, step + 0.5)).containsOnly(cells[index * ITERATIONS + step]);
        browser.drawing(() -> browser.click("#floor"));
        assertThat(browser.strip(index, floor + 0.5)).contains(cells[index * ITERATIONS + floor]).matches(
                strip -> Arrays.stream(strip).distinct().count() > 1, "hatched");
        assertThat(browser.strip(index, floor - 0.5)).containsOnly(cells[index * ITERATIONS + floor - 1]);
        Band band = measured.analysis().slowBands().getFirst();
        double bracket = ITERATIONS * (1 + 9 / browser.numbers("plot")[2]);
        assertThat(browser.strip(band.first(), bracket)).containsOnly(browser.paper());
        browser.drawing(() -> browser.click("#bands"));
        bracket = ITERATIONS * (1 + 9 / browser.numbers("plot")[2]);
        assertThat(browser.strip(band.first(), bracket)).doesNotContain(browser.paper());
        assertThat(browser.strip(band.first() - 1, bracket)).containsOnly(browser.paper());
        int edge = measured.analysis().segments().getFirst().last();
        int[] around = {cells[edge * ITERATIONS + 2], cells[(edge + 1) * ITERATIONS + 2]};
        assertThat(browser.color(edge + 1, 2.5)).isIn(around[0], around[1]);
        browser.drawing(() -> browser.click("#segments"));
        assertThat(browser.color(edge + 1, 2.5)).isNotIn(around[0], around[1]);
    }

    @Test
    void anotherDistanceRangeOrMapRecoloursTheCells() throws IOException {
        openFigureLike();
        for (int k = measured.matrices().size() - 1; k >= 0; k--) {
            ConvergenceMatrix matrix = measured.matrices().get(k);
            // The last is the one of another metric.
            String select = k == 3 || k == 2 ? "#metric" : "#reference";
            int option = k == 3 ? 1 : k == 2 ? 0 : k;
            browser.drawing(() -> browser.select(select, option));
            if (k == 2) {
                browser.drawing(() -> browser.select("#reference", 2));
            }
            assertThat(differing(browser.cellColors(TOKENS, ITERATIONS), colors(matrix, ColorScale.ofData(matrix))))
                    .as("cells of %s", matrix).isZero();
        }
        int[] before = browser.cellColors(TOKENS, ITERATIONS);
        browser.run("document.getElementById('low').focus()");
        browser.drawing(() -> browser.keys(Keys.ARROW_RIGHT));
        double low = browser.value("return Number(document.getElementById('low').value)").number();
        ConvergenceMatrix first = measured.matrices().getFirst();
        ColorScale own = ColorScale.ofData(first);
        assertThat(low).isGreaterThan(own.low());
        assertThat(differing(browser.cellColors(TOKENS, ITERATIONS), colors(first, new ColorScale(low, own.high(), true, false)))).isZero();
        browser.drawing(() -> browser.click("#own-range"));
        assertThat(browser.cellColors(TOKENS, ITERATIONS)).isEqualTo(before);
        browser.drawing(() -> browser.select("#map", 1));
        assertThat(differing(browser.cellColors(TOKENS, ITERATIONS), colors(first, own.withMap(ColorMap.CIVIDIS)))).isZero();
        browser.drawing(() -> browser.select("#map", 2));
        for (int color : browser.cellColors(TOKENS, ITERATIONS)) {
            assertThat(color & 0xff).as("grey").isEqualTo(color >> 16).isEqualTo(color >> 8 & 0xff);
        }
    }

    @Test
    void theFirstColoursAreThoseThatAreAskedFor() throws IOException {
        ConvergenceMatrix matrix = Matrices.everyKind(10, 20);
        open(HeatmapPage.of(List.of(matrix), Matrices.words(10)).withColors(ColorMap.CIVIDIS));
        assertThat(browser.options("#map")).containsExactly("viridis", "cividis*", "gray");
        int[] expected = colors(matrix, ColorScale.ofData(matrix).withMap(ColorMap.CIVIDIS));
        int[] seen = browser.cellColors(10, 20);
        for (int cell = 0; cell < expected.length; cell++) {
            if (!matrix.isMasked(cell / 20)) {
                assertThat(seen[cell]).as("token %d, iteration %d", cell / 20, cell % 20).isEqualTo(expected[cell]);
            }
        }
    }

    @Test
    void exitsAreCirclesInTheCellsWhereTheRuleStops() throws IOException {
        ConvergenceMatrix matrix = Matrices.plain(Matrices.settling(10, 20));
        int[] cells = colors(matrix, ColorScale.ofData(matrix));
        open(HeatmapPage.of(List.of(matrix), Matrices.words(10)).withExits(List.of(Analyses.exits(4, Analyses.NONE, 19))));
        assertThat(browser.color(0.5, 4.5)).isEqualTo(0xffffff);
        assertThat(browser.color(2.5, 19.5)).isEqualTo(0xffffff);
        for (int t = 0; t < 20; t++) {
            assertThat(browser.color(1.5, t + 0.5)).as("never exits").isEqualTo(cells[20 + t]);
        }
        assertThat(browser.color(0.5, 5.5)).isEqualTo(cells[5]);
        browser.drawing(() -> browser.click("#exits"));
        assertThat(browser.color(0.5, 4.5)).isEqualTo(cells[4]);
    }

    /** Two tokens to the pixel, as in a figure: the latest of them, and none if one of them has none. */
    @Test
    void tokensThatShareARowShareTheLatestMark() throws IOException {
        int tokens = 2000;
        double[][] distances = Matrices.settling(tokens, 10);
        int[] exits = new int[tokens];
        for (int i = 0; i < tokens; i++) {
            exits[i] = i < 1000 ? i % 2 == 0 ? 7 : 2 : i % 2 == 0 ? 5 : Analyses.NONE;
        }
        open(HeatmapPage.of(List.of(Matrices.plain(distances)), Matrices.words(tokens)).withExits(List.of(Analyses.exits(exits))));
        List<Integer> latest = browser.pixelRows(0xffffff, 7.5);
        double height = browser.numbers("plot")[3];
        assertThat(latest.size()).isGreaterThan((int) (height / 4));
        assertThat(latest.getLast()).as("the second half has tokens that never exit").isLessThan((int) (height / 2) + 4);
        assertThat(browser.pixelRows(0xffffff, 2.5)).as("earlier ones").isEmpty();
        assertThat(browser.pixelRows(0xffffff, 5.5)).isEmpty();
    }

    private static long differing(int[] a, int[] b) {
        assertThat(a).hasSameSizeAs(b);
        long count = 0;
        for (int k = 0; k < a.length; k++) {
            count += a[k] == b[k] ? 0 : 1;
        }
        return count;
    }

    @Test
    void theThemeIsTheSystemsOrTheOther() throws IOException {
        openFigureLike();
        int light = browser.cellColors(TOKENS, ITERATIONS)[0];
        String paper = "return getComputedStyle(document.body).backgroundColor";
        assertThat(browser.run(paper)).isEqualTo("rgb(255, 255, 255)");
        browser.drawing(() -> browser.click("#theme"));
        assertThat(browser.run(paper)).isEqualTo("rgb(22, 23, 26)");
        assertThat(browser.paper()).isEqualTo(0x16171a);
        assertThat(browser.cellColors(TOKENS, ITERATIONS)[0]).isEqualTo(light);
    }

    @Test
    void theViewIsSavedAsAPng() throws IOException, InterruptedException {
        openFigureLike();
        int[] cells = browser.cellColors(TOKENS, ITERATIONS);
        Path file = folder.resolve("heatmap.png");
        browser.click("#save");
        for (int k = 0; k < 200 && !Files.exists(file); k++) {
            Thread.sleep(50);
        }
        BufferedImage image = ImageIO.read(file.toFile());
        double[] plot = browser.numbers("plot");
        assertThat((long) image.getWidth())
                .isEqualTo((long) browser.value("return 2 * document.getElementById('figure').width").number());
        for (int i = 0; i < TOKENS; i++) {
            int x = (int) (2 * (plot[0] + 20.2 / ITERATIONS * plot[2]));
            int y = (int) (2 * (plot[1] + (i + 0.2) / TOKENS * plot[3]));
            assertThat(image.getRGB(x, y) & 0xffffff).isEqualTo(cells[i * ITERATIONS + 20]);
        }
        Files.delete(file);
    }
}
