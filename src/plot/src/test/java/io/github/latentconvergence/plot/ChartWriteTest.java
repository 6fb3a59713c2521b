package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latentconvergence.analysis.Analysis;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartWriteTest {
    @TempDir
    Path folder = Path.of("");

    private static Analysis analysis() {
        return Analyses.everything(Matrices.everyKind(Pages.HOSTILE.size(), 20));
    }

    private static List<Chart> charts() throws IOException {
        return List.of(Chart.distances(analysis()), Chart.stepNorms(analysis()), Chart.steps(analysis()), Chart.sensitivity(analysis()),
                Chart.exits(Recorded.figureLike().exits()));
    }

    @Test
    void everyChartIsWrittenInBothFormatsAndIsThere() throws Exception {
        for (Chart chart : charts()) {
            Path png = folder.resolve("c.png");
            Path svg = folder.resolve("c.svg");
            chart.withScale(2).write(png);
            chart.write(svg);
            ChartLayout layout = chart.layout();
            BufferedImage image = ImageIO.read(png.toFile());
            assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(2 * layout.width(), 2 * layout.height());
            assertThat(Svg.of(Files.readAllBytes(svg)).root().getAttribute("width")).isEqualTo(Integer.toString(layout.width()));
            assertThat(chart.caption()).endsWith(".");
        }
        assertThat(folder).isDirectoryNotContaining("glob:**tmp*");
    }

    @Test
    void textsStayOnThePageWhateverTheWidth() throws IOException {
        for (Chart chart : charts()) {
            for (int width : new int[] {480, 800, 1600}) {
                ChartLayout layout = chart.withWidth(width).layout();
                Rect page = new Rect(0, 0, layout.width(), layout.height());
                for (Mark mark : layout.marks()) {
                    if (mark instanceof Mark.Text text && !text.text().characters().contains("at its usual")) {
                        assertThat(page.contains(text.bounds())).as("%s at width %d", text.text().characters(), width).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void bothFormatsShowTheMedianInItsColour() {
        Chart chart = Chart.distances(Analyses.of(Matrices.plain(new double[][] {{100, 10, 1}, {100, 10, 1}})).build());
        Axes axes = chart.layout().axes();
        int rgb = chart.toImage().getRGB((int) axes.x(1), (int) axes.y(1)) & 0xffffff;
        assertThat(rgb).isEqualTo(Palette.BLUE);
        assertThat(new String(SvgPainter.paint(chart.layout()), java.nio.charset.StandardCharsets.UTF_8))
                .contains("class=\"median\"><path fill=\"none\" stroke=\"" + PageColors.css(Palette.BLUE) + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c.html", "c.gif", "c"})
    void otherExtensionsAreRefused(String name) {
        Chart chart = Chart.steps(analysis());
        assertThatThrownBy(() -> chart.write(folder.resolve(name))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name).hasMessageContaining(".png");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void impossibleSizesAreRefused() {
        Chart chart = Chart.steps(analysis());
        assertThatThrownBy(() -> chart.withWidth(100)).hasMessageContaining("width 100");
        assertThatThrownBy(() -> chart.withScale(0)).hasMessageContaining("scale 0.0");
    }

    @Test
    void aTitleIsTheirsOrNone() {
        Chart chart = Chart.steps(analysis());
        assertThat(Drawn.of(chart.withTitle("</title><script>")).texts()).contains("</title><script>");
        assertThat(Drawn.of(chart.withTitle("")).texts()).doesNotContain("Convergence Steps");
    }

    @Test
    void namesOfCurvesAreApartAndWithinThePlot() {
        assertThat(EndLabels.apart(new double[] {10, 11, 12}, 5, 100)).containsExactly(10, 15, 20);
        assertThat(EndLabels.apart(new double[] {90, 99, 100}, 5, 100)).containsExactly(90, 95, 100);
        assertThat(EndLabels.apart(new double[] {}, 5, 100)).isEmpty();
    }
}
