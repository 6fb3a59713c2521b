package io.github.latentconvergence;

import io.github.latentconvergence.internal.kernel.Axes;
import io.github.latentconvergence.internal.kernel.Kernels;
import io.github.latentconvergence.tensor.StateTensor;

/**
 * Passes over the states of some tokens, token by token and in each by iteration, that project them or add them up. Rows are cut into pieces by their number alone; each
 * piece has sums of its own, which are added in the order of pieces, so that the bits do not depend on the threads.
 */
final class StatePasses {
    /** Pieces whose sums are kept at a time. */
    private static final int AT_A_TIME = 32;
    private static final int LEAST_ROWS = 64;
    /** Some hundredths of a second of work, after which an interrupt is seen. */
    private static final int MOST_ROWS = 1024;
    /** With fewer products, starting a thread costs more than it saves. */
    private static final double WORTH_A_THREAD = 1 << 20;
    private static final double[][] NO_SUMS = {};

    private final StateTensor states;
    private final int[] tokens;
    private final int iterations;
    private final int rows;
    private final ConvergenceOptions options;
    private final Kernels kernels;

    StatePasses(StateTensor states, int[] tokens, ConvergenceOptions options) {
        this.states = states;
        this.tokens = tokens;
        this.iterations = Math.toIntExact(states.iterations());
        this.rows = Math.multiplyExact(tokens.length, iterations);
        this.options = options;
        this.kernels = Backends.choose(options);
    }

    /** Number of states. */
    int rows() {
        return rows;
    }

    /** What is done with a few rows, all of one token. */
    @FunctionalInterface
    private interface Step {
        /** @param row the first one's number among all */
        void run(Kernels.Projector projector, int row, int token, int first, int count);
    }

    /** The sum of all rows. */
    double[] sum(double scale, double[] shift) {
        double[][] sum = new double[1][shift.length];
        run(new Axes(scale, shift, new double[1][shift.length], false), sum,
                (projector, row, token, first, count) -> projector.combine(token, first, count));
        return sum[0];
    }

    /** For each direction the sum of all rows, each times its coordinate there. */
    double[][] images(Axes axes) {
        double[][] images = new double[axes.count()][axes.shift().length];
        run(axes, images, (projector, row, token, first, count) -> {
            projector.project(token, first, count);
            projector.combine(token, first, count);
        });
        return images;
    }

    /** {@code [directions][rows]}. */
    double[][] coordinates(Axes axes) {
        double[][] coordinates = new double[axes.count()][rows];
        run(axes, NO_SUMS, (projector, row, token, first, count) -> {
            projector.project(token, first, count);
            for (int k = 0; k < coordinates.length; k++) {
                for (int n = 0; n < count; n++) {
                    coordinates[k][row + n] = projector.coordinate(n, k);
                }
            }
        });
        return coordinates;
    }

    /** The sum of the squared components of each row. */
    double[] squares(double scale, double[] shift) {
        double[] squares = new double[rows];
        run(new Axes(scale, shift, new double[0][], true), NO_SUMS, (projector, row, token, first, count) -> {
            projector.project(token, first, count);
            for (int n = 0; n < count; n++) {
                squares[row + n] = projector.square(n);
            }
        });
        return squares;
    }

    /** @param total to which the sums are added; of no rows where they are not wanted */
    private void run(Axes axes, double[][] total, Step step) {
        int inPiece = Math.clamp(Math.ceilDiv(rows, AT_A_TIME), LEAST_ROWS, MOST_ROWS);
        int pieces = Math.ceilDiv(rows, inPiece);
        double[][][] sums = new double[AT_A_TIME][][];
        for (int done = 0; done < pieces; done += AT_A_TIME) {
            int from = done;
            int some = Math.min(AT_A_TIME, pieces - from);
            new Parallel("pieces", some, () -> new Worker(kernels.projector(states, axes), step, from * inPiece, inPiece, sums))
                    .run(threads(axes.count()), fraction -> options.progress().accept((from + fraction * some) / pieces));
            for (int piece = 0; piece < some; piece++) {
                for (int k = 0; k < total.length; k++) {
                    add(sums[piece][k], total[k]);
                }
            }
        }
    }

    private static void add(double[] values, double[] to) {
        for (int d = 0; d < to.length; d++) {
            to[d] += values[d];
        }
    }

    private int threads(int directions) {
        if ((double) rows * states.hidden() * Math.max(1, directions) < WORTH_A_THREAD || !TileRunner.isShared(states)) {
            return 1;
        }
        return options.threads() > 0 ? options.threads() : Runtime.getRuntime().availableProcessors();
    }

    private final class Worker implements Parallel.Worker {
        private final Kernels.Projector projector;
        private final Step step;
        private final int firstRow;
        private final int inPiece;
        private final double[][][] sums;

        Worker(Kernels.Projector projector, Step step, int firstRow, int inPiece, double[][][] sums) {
            this.projector = projector;
            this.step = step;
            this.firstRow = firstRow;
            this.inPiece = inPiece;
            this.sums = sums;
        }

        @Override
        public void run(int piece) {
            int row = firstRow + piece * inPiece;
            int end = Math.min(row + inPiece, rows);
            while (row < end) {
                int first = row % iterations;
                int count = Math.min(Math.min(iterations - first, end - row), Kernels.Projector.MOST);
                step.run(projector, row, tokens[row / iterations], first, count);
                row += count;
            }
            sums[piece] = projector.takeSums();
        }

        @Override
        public void close() {
            projector.close();
        }
    }
}
