package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An SVG as a browser draws it, held against the PNG. */
class SvgBrowserTest extends InBrowser {
    private static BufferedImage drawn(Sheet sheet) throws IOException {
        Path file = folder.resolve("figure.svg");
        Files.write(file, SvgPainter.paint(sheet));
        browser.show(file);
        return browser.screenshot();
    }

    /** That the middle of each cell, and of each hundredth of a bar, has the same colour in both. */
    private static void assertSame(BufferedImage svg, BufferedImage png, Rect cells, CellGrid grid, Rect bar) {
        assertThat(cells.right()).isLessThan(svg.getWidth());
        assertThat(cells.bottom()).isLessThan(svg.getHeight());
        for (int row = 0; row < grid.rows(); row++) {
            for (int column = 0; column < grid.columns(); column++) {
                // Not quite the middle, where textures are.
                int x = (int) (cells.x() + (column + 0.2) / grid.columns() * cells.width());
                int y = (int) (cells.y() + (row + 0.2) / grid.rows() * cells.height());
                assertThat(svg.getRGB(x, y)).as("row %d, column %d", row, column).isEqualTo(png.getRGB(x, y));
            }
        }
        int differing = 0;
        for (int k = 0; k < 100; k++) {
            int y = (int) (bar.y() + (k + 0.5) / 100 * bar.height());
            int a = svg.getRGB((int) bar.centerX(), y);
            int b = png.getRGB((int) bar.centerX(), y);
            // A stripe may end within a pixel: that is then one of its neighbours.
            differing += Math.abs((a >> 16 & 0xff) - (b >> 16 & 0xff)) + Math.abs((a >> 8 & 0xff) - (b >> 8 & 0xff))
                    + Math.abs((a & 0xff) - (b & 0xff)) > 12 ? 1 : 0;
        }
        assertThat(differing).isZero();
    }

    @ParameterizedTest
    @EnumSource(ColorMap.class)
    void aHeatmapHasTheColoursOfItsPng(ColorMap map) throws IOException {
        Heatmap heatmap = Heatmap.of(Matrices.plain(Matrices.settling(TOKENS, ITERATIONS)), Matrices.words(TOKENS)).withColors(map);
        HeatmapLayout layout = heatmap.layout();
        assertSame(drawn(layout), heatmap.toImage(), layout.plot(), layout.grid(), layout.bar());
    }

    @Test
    void cellsOfAllKindsHaveThem() throws IOException {
        Heatmap heatmap = Heatmap.of(Matrices.everyKind(10, 20), Matrices.words(10));
        HeatmapLayout layout = heatmap.layout();
        BufferedImage svg = drawn(layout);
        Rect plot = layout.plot();
        for (int row = 0; row < 10; row++) {
            for (int column = 0; column < 20; column++) {
                // Hatches are smoothed in another way.
                if (layout.grid().kind(row, column) != CellKind.MASKED) {
                    int x = (int) (plot.x() + (column + 0.15) / 20 * plot.width());
                    int y = (int) (plot.y() + (row + 0.15) / 10 * plot.height());
                    assertThat(svg.getRGB(x, y)).as("row %d, column %d", row, column).isEqualTo(heatmap.toImage().getRGB(x, y));
                }
            }
        }
    }

    @Test
    void twoRunsAndTheirRatioHaveTheColoursOfTheirPng() throws IOException {
        ComparisonFigure figure = ComparisonFigureTest.figure(29, 30, 20).withSize(1200, 780);
        ComparisonLayout layout = figure.layout();
        BufferedImage svg = drawn(layout);
        BufferedImage png = figure.toImage();
        for (int k = 0; k < 3; k++) {
            ComparisonLayout.Panel panel = layout.panels().get(k);
            assertSame(svg, png, panel.cells(), panel.grid(), layout.bars().get(k / 2));
        }
        assertThat(List.of(svg.getRGB(1, 1) & 0xffffff, png.getRGB(1, 1) & 0xffffff)).containsOnly(0xffffff);
    }
}
