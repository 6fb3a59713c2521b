package io.github.latentconvergence.plot;

import java.awt.geom.Path2D;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cells and the colour bar: one path for each colour, of runs of neighbouring cells, in a coordinate system in which a cell is 1 x 1. Each run reaches a little under its
 * neighbours at the right and below, and lighter ones are painted first, as states become darker: a renderer that smooths edges would let the paper show through between two
 * that only touch.
 */
final class SvgCells {
    /** How far, in units of the figure, and at most in cells: no cell's middle is ever another's. */
    private static final double UNDER = 0.8;
    private static final double UNDER_CELL = 0.3;
    private static final Comparator<Integer> LIGHTEST_FIRST = Comparator.<Integer>comparingInt(SvgCells::lightness).reversed()
            .thenComparingInt(c -> c);

    private final SvgWriter out;
    private final String masked;

    /** @param masked name of the pattern of masked cells */
    SvgCells(SvgWriter out, String masked) {
        this.out = out;
        this.masked = masked;
    }

    void cells(Mark.Cells cells) {
        CellGrid grid = cells.grid();
        Rect area = cells.area();
        Map<Integer, StringBuilder> paths = new TreeMap<>(LIGHTEST_FIRST);
        double right = under(area.width() / grid.columns());
        double below = under(area.height() / grid.rows());
        for (int row = 0; row < grid.rows(); row++) {
            int from = 0;
            for (int column = 1; column <= grid.columns(); column++) {
                int color = grid.color(row, from, cells.colors());
                if (column == grid.columns() || grid.color(row, column, cells.colors()) != color) {
                    SvgPath.rectangle(path(paths, color), from, row, column - from + right, 1 + below);
                    from = column;
                }
            }
        }
        group("cells", area, area.width() / grid.columns(), area.height() / grid.rows(), paths);
        textures(cells);
    }

    /** As many stripes as there are colours. */
    void bar(Mark.Bar bar) {
        Ramp ramp = bar.colors().ramp();
        Map<Integer, StringBuilder> paths = new TreeMap<>(LIGHTEST_FIRST);
        double below = under(bar.area().height() / ramp.size());
        for (int index = 0; index < ramp.size(); index++) {
            SvgPath.rectangle(path(paths, ramp.entry(index)), 0, ramp.size() - 1 - index, 1, 1 + below);
        }
        group("color-bar", bar.area(), bar.area().width(), bar.area().height() / ramp.size(), paths);
    }

    /** A cell on its own that has no log distance. */
    void swatch(Mark.Swatch swatch) {
        Rect area = swatch.area();
        out.begin("rect").with("x", area.x()).with("y", area.y()).with("width", area.width()).with("height", area.height())
                .withColor("fill", swatch.kind().fill()).end();
        Map<CellKind, Path2D> symbols = new EnumMap<>(CellKind.class);
        StringBuilder hatched = new StringBuilder();
        texture(swatch.kind(), area, symbols, hatched);
        write(symbols, hatched);
    }

    /** In cells. */
    private static double under(double cell) {
        return Math.min(UNDER / cell, UNDER_CELL);
    }

    /** In the weights of ITU-R BT.709, times 10000. */
    private static int lightness(int rgb) {
        return 2126 * (rgb >> 16) + 7152 * (rgb >> 8 & 0xff) + 722 * (rgb & 0xff);
    }

    private static StringBuilder path(Map<Integer, StringBuilder> paths, int color) {
        return paths.computeIfAbsent(color, c -> new StringBuilder());
    }

    private void group(String name, Rect area, double width, double height, Map<Integer, StringBuilder> paths) {
        // Not to a hundredth: these are multiplied by the number of cells.
        out.begin("g").with("class", name).with("shape-rendering", "crispEdges").with("transform",
                "translate(" + SvgWriter.number(area.x()) + " " + SvgWriter.number(area.y()) + ") scale(" + (float) width + " "
                        + (float) height + ")");
        paths.forEach((color, d) -> out.begin("path").withColor("fill", color).with("d", d.toString()).end());
        out.end();
    }

    private void textures(Mark.Cells cells) {
        CellGrid grid = cells.grid();
        double width = cells.area().width() / grid.columns();
        double height = cells.area().height() / grid.rows();
        Map<CellKind, Path2D> symbols = new EnumMap<>(CellKind.class);
        StringBuilder hatched = new StringBuilder();
        for (int row = 0; row < grid.rows(); row++) {
            for (int column = 0; column < grid.columns(); column++) {
                if (grid.kind(row, column) != CellKind.MEASURED) {
                    Rect cell = new Rect(cells.area().x() + column * width, cells.area().y() + row * height, width, height);
                    texture(grid.kind(row, column), cell, symbols, hatched);
                }
            }
        }
        write(symbols, hatched);
    }

    private static void texture(CellKind kind, Rect cell, Map<CellKind, Path2D> symbols, StringBuilder hatched) {
        double least = Math.min(cell.width(), cell.height());
        if (kind == CellKind.MASKED) {
            SvgPath.rectangle(hatched, cell.x(), cell.y(), cell.width(), cell.height());
        } else if (least >= CellPainter.SMALLEST_TEXTURED) {
            Path2D symbol = kind.symbol(cell.centerX(), cell.centerY(), CellPainter.symbolRadius(least, 1));
            symbols.computeIfAbsent(kind, k -> new Path2D.Double()).append(symbol, false);
        }
    }

    private void write(Map<CellKind, Path2D> symbols, StringBuilder hatched) {
        symbols.forEach((kind, path) -> {
            String d = SvgPath.of(path);
            if (!d.isEmpty()) {
                out.begin("path").withColor("fill", kind.isSymbolFilled() ? kind.ink() : Ink.NONE)
                        .withColor("stroke", kind.isSymbolFilled() ? Ink.NONE : kind.ink()).with("d", d).end();
            }
        });
        if (!hatched.isEmpty()) {
            out.begin("path").with("fill", "url(#" + masked + ")").with("d", hatched.toString()).end();
        }
    }
}
