package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;

/**
 * Log distance to colour, the same for the cells and the colour bar.
 *
 * @param low log10 of the distance at the dark end
 * @param high log10 of the distance at the light end
 * @param below whether the data goes on below {@code low}
 * @param above whether the data goes on above {@code high}
 * @param map the colours
 */
record ColorScale(double low, double high, boolean below, boolean above, ColorMap map) {

    /** In the default colours. */
    ColorScale(double low, double high, boolean below, boolean above) {
        this(low, high, below, above, ColorMap.VIRIDIS);
    }

    /**
     * The range of the data itself: its positive, finite distances outside masked rows and self-reference cells, widened to the next round number (1 to 9 times a power of
     * ten), so that both ends of the bar are ticks. One decade from 1 where nothing was measured.
     */
    static ColorScale ofData(ConvergenceMatrix matrix) {
        double[] span = span(matrix, ConvergenceMatrix::logDistance);
        if (span[0] > span[1]) {
            return new ColorScale(0, 1, false, false);
        }
        double low = DecadeTicks.roundDown(span[0]);
        double high = DecadeTicks.roundUp(span[1]);
        if (high - low < 1e-9) {
            // A single value, and a round one: it gets the middle of a decade rather than a scale of no width.
            return new ColorScale(low - 0.5, low + 0.5, false, false);
        }
        return new ColorScale(low, high, false, false);
    }

    /** A range that was asked for, as two figures need to compare. */
    static ColorScale ofRange(ConvergenceMatrix matrix, double lowDistance, double highDistance) {
        // By distance: the last bit of these logarithms need not be that of the matrix's.
        double[] span = span(matrix, ConvergenceMatrix::distance);
        return new ColorScale(StrictMath.log10(lowDistance), StrictMath.log10(highDistance), span[0] < lowDistance, span[1] > highDistance);
    }

    /** The colour of a log distance, {@code 0xrrggbb}; beyond the range, that of the nearer end. */
    int color(double log) {
        return map.at((log - low) / (high - low));
    }

    /** The same in other colours. */
    ColorScale withMap(ColorMap other) {
        return new ColorScale(low, high, below, above, other);
    }

    private interface Cell {
        double of(ConvergenceMatrix matrix, int token, int iteration);
    }

    private static double[] span(ConvergenceMatrix matrix, Cell cell) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < matrix.tokens(); i++) {
            for (int t = 0; t < matrix.iterations(); t++) {
                if (CellGrid.kind(matrix, i, t) == CellKind.MEASURED) {
                    least = Math.min(least, cell.of(matrix, i, t));
                    most = Math.max(most, cell.of(matrix, i, t));
                }
            }
        }
        return new double[] {least, most};
    }
}
