package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import java.util.List;

/**
 * Log distance to colour, the same for the cells and the colour bar.
 *
 * @param low log10 of the distance at the dark end; of ratios, at the lower end
 * @param high log10 of the distance at the light end; of ratios, at the upper end
 * @param below whether the data goes on below {@code low}
 * @param above whether the data goes on above {@code high}
 * @param ramp the colours
 */
record ColorScale(double low, double high, boolean below, boolean above, Ramp ramp) {

    /** In the default colours. */
    ColorScale(double low, double high, boolean below, boolean above) {
        this(low, high, below, above, Ramp.ofMap(ColorMap.VIRIDIS));
    }

    /**
     * The range of the data itself: its positive, finite distances outside masked rows and self-reference cells, widened to the next round number (1 to 9 times a power of
     * ten), so that both ends of the bar are ticks. One decade from 1 where nothing was measured.
     */
    static ColorScale ofData(ConvergenceMatrix matrix) {
        return ofData(List.of(matrix));
    }

    /** The range of all of these together. */
    static ColorScale ofData(List<ConvergenceMatrix> matrices) {
        double[] span = span(matrices, ConvergenceMatrix::logDistance);
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
        return ofRange(List.of(matrix), lowDistance, highDistance);
    }

    /** The same for several, which need not reach its ends. */
    static ColorScale ofRange(List<ConvergenceMatrix> matrices, double lowDistance, double highDistance) {
        // By distance: the last bit of these logarithms need not be that of the matrix's.
        double[] span = span(matrices, ConvergenceMatrix::distance);
        return new ColorScale(StrictMath.log10(lowDistance), StrictMath.log10(highDistance), span[0] < lowDistance, span[1] > highDistance);
    }

    /** Ratios, as far to either side of 1 as the farthest of them, in the diverging colours. */
    static ColorScale ofRatios(Ratios ratios) {
        double end = RatioTicks.end(ratios.farthest());
        return new ColorScale(-end, end, false, false, Ramp.DIVERGING);
    }

    /** The colour of a log distance, {@code 0xrrggbb}; beyond the range, that of the nearer end. */
    int color(double log) {
        return ramp.at((log - low) / (high - low));
    }

    /** The same in other colours. */
    ColorScale withMap(ColorMap other) {
        return new ColorScale(low, high, below, above, Ramp.ofMap(other));
    }

    private interface Cell {
        double of(ConvergenceMatrix matrix, int token, int iteration);
    }

    private static double[] span(List<ConvergenceMatrix> matrices, Cell cell) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (ConvergenceMatrix matrix : matrices) {
            for (int i = 0; i < matrix.tokens(); i++) {
                for (int t = 0; t < matrix.iterations(); t++) {
                    if (CellGrid.kind(matrix, i, t) == CellKind.MEASURED) {
                        least = Math.min(least, cell.of(matrix, i, t));
                        most = Math.max(most, cell.of(matrix, i, t));
                    }
                }
            }
        }
        return new double[] {least, most};
    }
}
