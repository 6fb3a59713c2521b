package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.ConvergenceMatrix;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeatmapImageTest {
    /** The pixel a quarter into a cell: clear of the textures in its middle. */
    private static int cell(BufferedImage image, HeatmapLayout layout, double scale, int row, int column) {
        return pixel(image, layout.plot(), scale, (column + 0.2) / layout.grid().columns(), (row + 0.2) / layout.grid().rows());
    }

    private static int pixel(BufferedImage image, Rect area, double scale, double across, double down) {
        int x = (int) ((area.x() + across * area.width()) * scale);
        int y = (int) ((area.y() + down * area.height()) * scale);
        return image.getRGB(x, y) & 0xffffff;
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.5, 3})
    void everyCellHasTheColourOfItsLogDistance(double scale) {
        ConvergenceMatrix matrix = Matrices.plain(Matrices.settling(29, 65));
        Heatmap heatmap = Heatmap.of(matrix, Matrices.words(29)).withRange(0.5, 50).withScale(scale);
        HeatmapLayout layout = heatmap.layout();
        BufferedImage image = heatmap.toImage();
        for (int i = 0; i < 29; i++) {
            for (int t = 0; t < 65; t++) {
                double fraction = (matrix.logDistance(i, t) - Math.log10(0.5)) / 2;
                assertThat(cell(image, layout, scale, i, t)).as("token %d, iteration %d", i, t).isEqualTo(ColorMap.VIRIDIS.at(fraction));
            }
        }
    }

    @Test
    void everyColourOfTheBarIsThatOfACellOfThatDistance() {
        ConvergenceMatrix matrix = Matrices.plain(Matrices.settling(29, 65));
        Heatmap heatmap = Heatmap.of(matrix, Matrices.words(29));
        HeatmapLayout layout = heatmap.layout();
        BufferedImage image = heatmap.toImage();
        int height = (int) layout.bar().height();
        assertThat(layout.bar().y()).isEqualTo(layout.plot().y());
        assertThat(layout.bar().height()).isEqualTo(layout.plot().height());
        for (int y = 0; y < height; y++) {
            double log = layout.colors().high() - (y + 0.5) / height * (layout.colors().high() - layout.colors().low());
            int color = pixel(image, layout.bar(), 1, 0.5, (y + 0.5) / height);
            assertThat(color).isEqualTo(layout.colors().color(log));
        }
        assertThat(pixel(image, layout.bar(), 1, 0.5, 0)).isEqualTo(0xfde725);
        assertThat(pixel(image, layout.bar(), 1, 0.5, 1 - 0.5 / height)).isEqualTo(0x440154);
    }

    @Test
    void firstTokenIsAtTheTopAndFirstIterationAtTheLeft() {
        double[][] distances = {{1000, 10}, {100, 1}};
        Heatmap heatmap = Heatmap.of(Matrices.plain(distances), Matrices.words(2)).withRange(1, 1000);
        HeatmapLayout layout = heatmap.layout();
        BufferedImage image = heatmap.toImage();
        assertThat(pixel(image, layout.plot(), 1, 0, 0)).isEqualTo(ColorMap.VIRIDIS.at(1));
        assertThat(pixel(image, layout.plot(), 1, 0.99, 0)).isEqualTo(ColorMap.VIRIDIS.at(1 / 3.0));
        assertThat(pixel(image, layout.plot(), 1, 0, 0.99)).isEqualTo(ColorMap.VIRIDIS.at(2 / 3.0));
        assertThat(pixel(image, layout.plot(), 1, 0.99, 0.99)).isEqualTo(ColorMap.VIRIDIS.at(0));
    }

    @Test
    void cellsWithoutALogDistanceAreDrawnApart() {
        Heatmap heatmap = Heatmap.of(Matrices.everyKind(10, 20), Matrices.words(10));
        HeatmapLayout layout = heatmap.layout();
        BufferedImage image = heatmap.toImage();
        assertThat(cell(image, layout, 1, 1, 1)).isEqualTo(CellKind.NAN.fill());
        assertThat(cell(image, layout, 1, 2, 2)).isEqualTo(CellKind.INFINITE.fill());
        assertThat(cell(image, layout, 1, 3, 3)).isEqualTo(CellKind.ZERO.fill());
        assertThat(cell(image, layout, 1, 0, 19)).isEqualTo(CellKind.SELF_REFERENCE.fill());
        // A masked row is a hatch: grey all over, of the two greys and what smoothing makes between them.
        for (int t = 0; t < 20; t++) {
            int rgb = cell(image, layout, 1, 4, t);
            assertThat(rgb & 0xff).isEqualTo(rgb >> 16).isBetween(CellKind.MASKED.ink() & 0xff, CellKind.MASKED.fill() & 0xff);
        }
    }

    @Test
    void distancesBeyondTheRangeHaveTheColourOfItsEnds() {
        Heatmap heatmap = Heatmap.of(Matrices.plain(new double[][] {{1e9, 10, 1e-9}}), Matrices.words(1)).withRange(1, 100);
        HeatmapLayout layout = heatmap.layout();
        BufferedImage image = heatmap.toImage();
        assertThat(cell(image, layout, 1, 0, 0)).isEqualTo(0xfde725);
        assertThat(cell(image, layout, 1, 0, 1)).isEqualTo(0x21918c);
        assertThat(cell(image, layout, 1, 0, 2)).isEqualTo(0x440154);
        assertThat(layout.marks()).filteredOn(Mark.Arrow.class::isInstance).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"4096, 129, 0, 0", "4096, 65, 700, 500", "38, 1000, 320, 240"})
    void aSlowTokenNeverVanishes(int tokens, int iterations, int width, int height) {
        int slow = tokens * 3 / 7;
        double[][] distances = new double[tokens][iterations];
        for (double[] row : distances) {
            Arrays.fill(row, 1);
        }
        distances[slow][iterations / 2] = 1000;
        Heatmap heatmap = Heatmap.of(Matrices.plain(distances), Matrices.words(tokens));
        heatmap = width == 0 ? heatmap : heatmap.withSize(width, height);
        HeatmapLayout layout = heatmap.layout();
        int row = slow / layout.grid().binTokens();
        int column = iterations / 2 / layout.grid().binIterations();
        assertThat(layout.grid().binTokens() * layout.grid().binIterations()).isGreaterThan(1);
        BufferedImage image = heatmap.toImage();
        int x = (int) (layout.plot().x() + (column + 0.5) / layout.grid().columns() * layout.plot().width());
        int y = (int) layout.plot().y() + CellPainter.edge(row, layout.grid().rows(), 0, (int) layout.plot().height());
        assertThat(image.getRGB(x, y) & 0xffffff).isEqualTo(0xfde725);
    }

    @Test
    void theImageIsAsLargeAsAskedFor() {
        Heatmap heatmap = Heatmap.of(Matrices.last(Matrices.settling(38, 33)), Matrices.words(38)).withSize(901, 603);
        assertThat(heatmap.toImage().getWidth()).isEqualTo(901);
        assertThat(heatmap.toImage().getHeight()).isEqualTo(603);
        assertThat(heatmap.withScale(2).toImage().getWidth()).isEqualTo(1802);
        assertThat(heatmap.withScale(2).toImage().getHeight()).isEqualTo(1206);
    }
}
