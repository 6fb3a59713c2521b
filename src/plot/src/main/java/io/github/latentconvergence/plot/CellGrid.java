package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The cells as they are displayed. Where a matrix has more tokens or iterations than there is room for, {@code binTokens} neighbouring tokens (and {@code
 * binIterations} iterations) share a cell, which shows their <em>maximum</em>: a slow token can become thicker but never vanish. Immutable.
 */
final class CellGrid {
    private final int rows;
    private final int columns;
    private final int binTokens;
    private final int binIterations;
    private final double[] logs;
    private final CellKind[] kinds;

    private CellGrid(int rows, int columns, int binTokens, int binIterations, double[] logs, CellKind[] kinds) {
        this.rows = rows;
        this.columns = columns;
        this.binTokens = binTokens;
        this.binIterations = binIterations;
        this.logs = logs;
        this.kinds = kinds;
    }

    /** The cells of a matrix, at most {@code maxRows} rows and {@code maxColumns} columns of them. */
    static CellGrid of(ConvergenceMatrix matrix, int maxRows, int maxColumns) {
        return of(matrix, Bins.of(matrix.tokens(), matrix.iterations(), maxRows, maxColumns));
    }

    /** The cells of a matrix, of which so many share one. */
    static CellGrid of(ConvergenceMatrix matrix, Bins bins) {
        return of(new Source() {
            @Override
            public CellKind kind(int token, int iteration) {
                return CellGrid.kind(matrix, token, iteration);
            }

            @Override
            public double log(int token, int iteration) {
                return matrix.logDistance(token, iteration);
            }

            @Override
            public double shown(double log, double other) {
                return Math.max(log, other);
            }
        }, matrix.tokens(), matrix.iterations(), bins);
    }

    /** The cells of ratios, of which so many share one: it shows the one farthest from 1. */
    static CellGrid of(Ratios ratios, Bins bins) {
        return of(ratios, ratios.tokens(), ratios.iterations(), bins);
    }

    /** What cells are made of. */
    interface Source {
        CellKind kind(int token, int iteration);

        /** Meaningful where it is measured. */
        double log(int token, int iteration);

        /** Which of two that share a cell it shows. */
        double shown(double log, double other);
    }

    /** How many neighbours share a cell. */
    record Bins(int tokens, int iterations) {
        /** As few as let there be at most so many rows and columns. */
        static Bins of(int tokens, int iterations, int maxRows, int maxColumns) {
            return new Bins(Math.ceilDiv(tokens, Math.max(1, maxRows)), Math.ceilDiv(iterations, Math.max(1, maxColumns)));
        }
    }

    private static CellGrid of(Source source, int tokens, int iterations, Bins bins) {
        int rows = Math.ceilDiv(tokens, bins.tokens);
        int columns = Math.ceilDiv(iterations, bins.iterations);
        double[] logs = new double[rows * columns];
        CellKind[] kinds = new CellKind[rows * columns];
        for (int i = 0; i < tokens; i++) {
            for (int t = 0; t < iterations; t++) {
                int cell = i / bins.tokens * columns + t / bins.iterations;
                CellKind kind = source.kind(i, t);
                double log = source.log(i, t);
                if (kinds[cell] == null || kind.compareTo(kinds[cell]) < 0) {
                    kinds[cell] = kind;
                    logs[cell] = log;
                } else if (kind == CellKind.MEASURED && kinds[cell] == kind) {
                    logs[cell] = source.shown(logs[cell], log);
                }
            }
        }
        return new CellGrid(rows, columns, bins.tokens, bins.iterations, logs, kinds);
    }

    /** What one cell of a matrix is. */
    static CellKind kind(ConvergenceMatrix matrix, int token, int iteration) {
        double distance = matrix.distance(token, iteration);
        if (matrix.isMasked(token)) {
            return CellKind.MASKED;
        } else if (Double.isNaN(distance)) {
            boolean never = !matrix.isDefined(token, iteration) && !matrix.isSelfReference(token, iteration);
            return never ? CellKind.UNDEFINED : CellKind.NAN;
        } else if (Double.isInfinite(distance)) {
            return CellKind.INFINITE;
        } else if (matrix.isSelfReference(token, iteration)) {
            return CellKind.SELF_REFERENCE;
        }
        // Rounding can leave a distance just below 0, as 1 - cos does: such a state is at its reference as well.
        return distance <= 0 ? CellKind.ZERO : CellKind.MEASURED;
    }

    /** Displayed rows. */
    int rows() {
        return rows;
    }

    /** Displayed columns. */
    int columns() {
        return columns;
    }

    /** Tokens that share a row. */
    int binTokens() {
        return binTokens;
    }

    /** Iterations that share a column. */
    int binIterations() {
        return binIterations;
    }

    /** What a displayed cell is. */
    CellKind kind(int row, int column) {
        return kinds[row * columns + column];
    }

    /** The log distance a displayed cell shows; meaningful where it is {@link CellKind#MEASURED}. */
    double log(int row, int column) {
        return logs[row * columns + column];
    }

    /** The colour of a displayed cell, {@code 0xrrggbb}, without its texture. */
    int color(int row, int column, ColorScale scale) {
        CellKind kind = kind(row, column);
        return kind == CellKind.MEASURED ? scale.color(log(row, column)) : kind.fill();
    }

    /** The kinds of the displayed cells. */
    Set<CellKind> shown() {
        Set<CellKind> shown = EnumSet.noneOf(CellKind.class);
        Collections.addAll(shown, kinds);
        return shown;
    }
}
