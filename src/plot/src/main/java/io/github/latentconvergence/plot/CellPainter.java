package io.github.latentconvergence.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;

/** Draws cells on device pixels: a ground colour to the last pixel, and the texture of those that have no log distance where there is room for one. */
final class CellPainter {
    /** Cells smaller than this many units have no texture: it would be dirt. */
    static final double SMALLEST_TEXTURED = 5;
    /** Distance of the diagonals of masked cells along the axes. */
    static final double HATCH = 6;

    private final Graphics2D graphics;
    private final double scale;

    CellPainter(Graphics2D graphics, double scale) {
        this.graphics = graphics;
        this.scale = scale;
    }

    /** Draws a grid into an area of the device. */
    void paint(CellGrid grid, ColorScale colors, int left, int top, int right, int bottom) {
        for (int row = 0; row < grid.rows(); row++) {
            int y1 = edge(row, grid.rows(), top, bottom);
            int y2 = edge(row + 1, grid.rows(), top, bottom);
            for (int column = 0; column < grid.columns(); column++) {
                int x1 = edge(column, grid.columns(), left, right);
                int x2 = edge(column + 1, grid.columns(), left, right);
                if (grid.kind(row, column) == CellKind.MEASURED) {
                    fill(grid.color(row, column, colors), x1, y1, x2, y2);
                } else {
                    paint(grid.kind(row, column), x1, y1, x2, y2);
                }
            }
        }
    }

    /** Draws one cell that has no log distance. */
    void paint(CellKind kind, int x1, int y1, int x2, int y2) {
        fill(kind.fill(), x1, y1, x2, y2);
        double least = Math.min(x2 - x1, y2 - y1);
        if (least < SMALLEST_TEXTURED * scale && kind != CellKind.MASKED) {
            return;
        }
        Graphics2D own = (Graphics2D) graphics.create(x1, y1, x2 - x1, y2 - y1);
        own.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        own.setColor(new Color(kind.ink()));
        own.setStroke(new BasicStroke((float) scale));
        if (kind == CellKind.MASKED) {
            hatch(own, x1, y1, x2, y2);
        } else {
            Path2D symbol = kind.symbol((x2 - x1) / 2.0, (y2 - y1) / 2.0, symbolRadius(least, scale));
            if (kind.isSymbolFilled()) {
                own.fill(symbol);
            } else {
                own.draw(symbol);
            }
        }
        own.dispose();
    }

    /** How far the symbol of a cell whose smaller side is {@code least} goes from its middle. */
    static double symbolRadius(double least, double scale) {
        return Math.min(least * 0.3, 4 * scale);
    }

    /** Diagonals that run on from cell to cell. */
    private void hatch(Graphics2D own, int x1, int y1, int x2, int y2) {
        double apart = HATCH * scale;
        double first = Math.floor((x1 + y1) / apart) * apart - x1 - y1;
        for (double d = first; d < x2 - x1 + y2 - y1 + apart; d += apart) {
            own.draw(new Line2D.Double(d, 0, d - (y2 - y1), y2 - y1));
        }
    }

    private void fill(int rgb, int x1, int y1, int x2, int y2) {
        graphics.setColor(new Color(rgb));
        graphics.fillRect(x1, y1, x2 - x1, y2 - y1);
    }

    /** Where cell {@code index} of {@code count} begins, between two ends. */
    static int edge(int index, int count, int from, int to) {
        return from + (int) ((long) (to - from) * index / count);
    }
}
