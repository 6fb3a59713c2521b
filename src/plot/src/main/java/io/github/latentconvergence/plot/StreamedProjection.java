package io.github.latentconvergence.plot;

import java.util.SplittableRandom;

/**
 * Principal components of any number of rows, read again and again a row at a time, with memory for a few vectors only: subspace iteration from a random start (N. Halko,
 * P. G. Martinsson, J. A. Tropp, SIAM Review 53, 2011), with more vectors than components wanted, until the variances stand still.
 */
final class StreamedProjection {
    /** Vectors beside those wanted. They decide how fast it goes: by the ratio of the first variance left out to the last wanted. */
    private static final int MORE = 10;
    private static final int MOST_PASSES = 40;
    /** Share of all variance by which no component may change any more, twice: directions, about its root away from where they end, come nearer with each pass. */
    private static final double STILL = 1e-14;
    private static final long SEED = 0x5eed;

    private final StateRows rows;
    private final double[] mean;
    private final double[] row;

    private StreamedProjection(StateRows rows) {
        this.rows = rows;
        this.mean = new double[rows.hidden()];
        this.row = new double[rows.hidden()];
    }

    static Projection of(StateRows rows, int components) {
        return new StreamedProjection(rows).run(components);
    }

    private Projection run(int components) {
        for (int n = 0; n < rows.count(); n++) {
            rows.read(n, 0, row.length, row);
            Vectors.add(1.0 / rows.count(), row, mean);
        }
        double[][] basis = start(Math.min(components + MORE, row.length), row.length);
        double[] before = new double[basis.length];
        int still = 0;
        for (int pass = 0;; pass++) {
            Pass done = pass(basis);
            SymmetricEigen eigen = SymmetricEigen.of(done.inner);
            double change = 0;
            for (int k = 0; k < Math.min(components, basis.length); k++) {
                change = Math.max(change, Math.abs(eigen.values()[k] - before[k]));
            }
            still = change <= STILL * done.total ? still + 1 : 0;
            if (pass == MOST_PASSES || still == 2) {
                return project(rotate(basis, eigen.vectors(), components), components, done.total);
            }
            before = eigen.values();
            basis = rotate(done.image, eigen.vectors(), basis.length);
            Vectors.orthonormalize(basis);
        }
    }

    private static double[][] start(int size, int hidden) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[][] basis = new double[size][hidden];
        for (double[] vector : basis) {
            for (int d = 0; d < hidden; d++) {
                vector[d] = random.nextGaussian();
            }
        }
        Vectors.orthonormalize(basis);
        return basis;
    }

    /**
     * What one reading of all rows gives.
     *
     * @param image of each vector of the basis under the scatter matrix
     * @param inner the scatter matrix in the basis
     * @param total its trace
     */
    private record Pass(double[][] image, double[][] inner, double total) {}

    private Pass pass(double[][] basis) {
        int size = basis.length;
        Pass sums = new Pass(new double[size][row.length], new double[size][size], 0);
        double[] on = new double[size];
        double total = 0;
        for (int n = 0; n < rows.count(); n++) {
            readCentred(n);
            total += Vectors.dot(row, row);
            for (int j = 0; j < size; j++) {
                on[j] = Vectors.dot(row, basis[j]);
                Vectors.add(on[j], row, sums.image[j]);
            }
            for (int j = 0; j < size; j++) {
                Vectors.add(on[j], on, sums.inner[j]);
            }
        }
        return new Pass(sums.image, sums.inner, total);
    }

    /** The first {@code count} combinations of the vectors. */
    private static double[][] rotate(double[][] vectors, double[][] weights, int count) {
        double[][] rotated = new double[Math.min(count, vectors.length)][vectors[0].length];
        for (int k = 0; k < rotated.length; k++) {
            for (int j = 0; j < vectors.length; j++) {
                Vectors.add(weights[k][j], vectors[j], rotated[k]);
            }
        }
        return rotated;
    }

    private Projection project(double[][] directions, int components, double total) {
        double[][] coordinates = new double[components][rows.count()];
        double[] variances = new double[components];
        for (int n = 0; n < rows.count(); n++) {
            readCentred(n);
            for (int k = 0; k < directions.length; k++) {
                coordinates[k][n] = Vectors.dot(row, directions[k]);
            }
        }
        for (int k = 0; k < components; k++) {
            variances[k] = Vectors.dot(coordinates[k], coordinates[k]);
            if (variances[k] <= Projection.rounding(variances[0], rows.count())) {
                variances[k] = 0;
                coordinates[k] = new double[rows.count()];
            }
        }
        return new Projection(coordinates, variances, total);
    }

    private void readCentred(int n) {
        rows.read(n, 0, row.length, row);
        Vectors.add(-1, mean, row);
    }
}
