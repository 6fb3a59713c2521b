package io.github.latentconvergence;

import java.util.ArrayList;
import java.util.List;

/** The scatter matrix as the handbook defines it (numerics, Projections), one number after the other. */
final class DefinedScatter {
    private final List<double[]> rows = new ArrayList<>();
    private final int hidden;
    private final double unit;
    private final double[] origin;
    private final double[] rest;

    DefinedScatter(Rows states, int... tokens) {
        hidden = states.hidden();
        double largest = 0;
        for (int token : tokens) {
            for (double[] row : states.token(token)) {
                rows.add(row);
                for (double component : row) {
                    largest = Math.max(largest, Math.abs(component));
                }
            }
        }
        int exponent = Math.getExponent(largest);
        unit = largest == 0 || Math.abs(exponent) <= 300 ? 1 : Math.pow(2, Math.max(-1022, exponent));
        double[] first = new double[hidden];
        for (int d = 0; d < hidden; d++) {
            first[d] = rows.getFirst()[d] / unit;
        }
        origin = new double[hidden];
        rest = new double[hidden];
        double[] sums = inPieces(first, row -> 1);
        for (int d = 0; d < hidden; d++) {
            double mean = sums[d] / rows.size();
            origin[d] = first[d] + mean;
            double grown = origin[d] - first[d];
            rest[d] = (first[d] - (origin[d] - grown)) + (mean - grown);
        }
    }

    private interface Weight {
        double of(double[] moved);
    }

    private double[] moved(double[] row, double[] from) {
        double[] moved = new double[hidden];
        for (int d = 0; d < hidden; d++) {
            moved[d] = Math.fma(row[d], 1 / unit, -from[d]);
        }
        return moved;
    }

    private double[] inPieces(double[] from, Weight weight) {
        int inPiece = Math.max(64, Math.min(1024, (rows.size() + 31) / 32));
        double[] total = new double[hidden];
        for (int start = 0; start < rows.size(); start += inPiece) {
            double[] sum = new double[hidden];
            for (int n = start; n < Math.min(start + inPiece, rows.size()); n++) {
                double[] moved = moved(rows.get(n), from);
                double by = weight.of(moved);
                for (int d = 0; d < hidden; d++) {
                    sum[d] = Math.fma(by, moved[d], sum[d]);
                }
            }
            for (int d = 0; d < hidden; d++) {
                total[d] += sum[d];
            }
        }
        return total;
    }

    private double product(double[] x, double[] y) {
        return DefinedLanes.lanes(true, hidden, (lane, d) -> Math.fma(x[d], y[d], lane));
    }

    private static double plain(double[] x, double[] y) {
        double sum = 0;
        for (int d = 0; d < x.length; d++) {
            sum += x[d] * y[d];
        }
        return sum;
    }

    double unit() {
        return unit;
    }

    double trace() {
        double squares = 0;
        for (double[] row : rows) {
            double[] moved = moved(row, origin);
            squares += product(moved, moved);
        }
        return Math.max(0, squares - rows.size() * plain(rest, rest));
    }

    double[] times(double[] vector) {
        double[] image = inPieces(origin, moved -> product(moved, vector));
        double common = rows.size() * plain(rest, vector);
        for (int d = 0; d < hidden; d++) {
            image[d] -= common * rest[d];
        }
        return image;
    }

    double[] coordinates(double[] direction) {
        return rows.stream().mapToDouble(row -> product(moved(row, origin), direction) - plain(rest, direction)).toArray();
    }
}
