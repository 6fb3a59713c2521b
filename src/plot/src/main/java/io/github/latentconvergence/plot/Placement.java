package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Where the tokens and iterations of a matrix are on a plot, to the pixels that its cells are drawn on.
 *
 * @param scale device pixels to the unit
 */
record Placement(Rect plot, CellGrid grid, double scale) {

    /** The left edge of a displayed column; that of the column after the last is the plot's right edge. */
    double left(int column) {
        return plot.x() + CellPainter.edge(column, grid.columns(), 0, (int) Math.rint(plot.width() * scale)) / scale;
    }

    /** The upper edge of a displayed row; that of the row after the last is the plot's lower edge. */
    double top(int row) {
        return plot.y() + CellPainter.edge(row, grid.rows(), 0, (int) Math.rint(plot.height() * scale)) / scale;
    }

    /** The displayed row of a token. */
    int row(int token) {
        return token / grid.binTokens();
    }

    /** The displayed column of an iteration. */
    int column(int iteration) {
        return iteration / grid.binIterations();
    }

    /** The latest position of the tokens of each row, masked ones left out; none where one of them has none. */
    OptionalInt[] latest(OptionalInt[] positions, ConvergenceMatrix matrix) {
        OptionalInt[] rows = new OptionalInt[grid.rows()];
        Arrays.fill(rows, OptionalInt.empty());
        boolean[] begun = new boolean[grid.rows()];
        for (int i = 0; i < positions.length; i++) {
            if (!matrix.isMasked(i)) {
                int row = row(i);
                boolean both = positions[i].isPresent() && rows[row].isPresent();
                if (both) {
                    rows[row] = OptionalInt.of(Math.max(rows[row].getAsInt(), positions[i].getAsInt()));
                } else {
                    rows[row] = begun[row] ? OptionalInt.empty() : positions[i];
                }
                begun[row] = true;
            }
        }
        return rows;
    }
}
