package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.tensor.StateTensor;
import java.util.Arrays;

/** Projections in plain Java: row by row. */
final class JavaProjector implements Kernels.Projector {
    private final StateTensor states;
    private final double scale;
    private final double[][] shift;
    private final double[][][] vectors;
    private final double[][] coordinates;
    private final double[] squares = new double[MOST];
    private final double[][][] sums;
    private final double[] lanes = new double[Row.START + Row.BLOCK];
    private final Widening widening = new Widening();
    private final Row row;

    JavaProjector(StateTensor states, Axes axes) {
        int hidden = Math.toIntExact(states.hidden());
        if (axes.shift().length != hidden) {
            throw new IllegalArgumentException("a shift of " + axes.shift().length + " components; the states have " + hidden);
        }
        this.states = states;
        this.scale = axes.scale();
        this.shift = Row.of(axes.shift()).wide();
        this.row = new Row(hidden);
        this.coordinates = new double[MOST][axes.count()];
        this.vectors = new double[axes.count()][][];
        this.sums = new double[axes.count()][][];
        for (int k = 0; k < axes.count(); k++) {
            vectors[k] = Row.of(axes.vectors()[k]).wide();
            sums[k] = Row.of(new double[hidden]).wide();
        }
        for (double[] ofRow : coordinates) {
            Arrays.fill(ofRow, 1);
        }
    }

    @Override
    public void project(int token, int first, int iterations) {
        for (int t = 0; t < iterations; t++) {
            double[][] x = load(token, first + t);
            squares[t] = product(x, x);
            for (int k = 0; k < vectors.length; k++) {
                coordinates[t][k] = product(x, vectors[k]);
            }
        }
    }

    @Override
    public void combine(int token, int first, int iterations) {
        for (int t = 0; t < iterations; t++) {
            double[][] x = load(token, first + t);
            for (int k = 0; k < sums.length; k++) {
                for (int b = 0; b < x.length; b++) {
                    add(coordinates[t][k], x[b], sums[k][b]);
                }
            }
        }
    }

    /** A state, scaled and shifted. */
    private double[][] load(int token, int iteration) {
        row.load(states, iteration, token, true, widening);
        double[][] x = row.wide();
        for (int b = 0; b < x.length; b++) {
            move(x[b], scale, shift[b]);
        }
        return x;
    }

    private static void move(double[] x, double scale, double[] shift) {
        for (int d = Row.START; d < x.length; d++) {
            x[d] = Math.fma(x[d], scale, shift[d]);
        }
    }

    private double product(double[][] x, double[][] y) {
        double sum = 0;
        for (int b = 0; b < x.length; b++) {
            sum += Lanes64.products(x[b], y[b], lanes, x[b].length);
        }
        return sum;
    }

    private static void add(double weight, double[] x, double[] sums) {
        for (int d = Row.START; d < x.length; d++) {
            sums[d] = Math.fma(weight, x[d], sums[d]);
        }
    }

    @Override
    public double coordinate(int row, int direction) {
        return coordinates[row][direction];
    }

    @Override
    public double square(int row) {
        return squares[row];
    }

    @Override
    public double[][] takeSums() {
        double[][] taken = new double[sums.length][Math.toIntExact(states.hidden())];
        for (int k = 0; k < sums.length; k++) {
            for (int b = 0; b < sums[k].length; b++) {
                int n = Math.min(Row.BLOCK, taken[k].length - b * Row.BLOCK);
                System.arraycopy(sums[k][b], Row.START, taken[k], b * Row.BLOCK, n);
                Arrays.fill(sums[k][b], 0);
            }
        }
        return taken;
    }

    @Override
    public void close() {}
}
