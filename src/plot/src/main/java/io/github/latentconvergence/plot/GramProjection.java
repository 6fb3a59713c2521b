package io.github.latentconvergence.plot;

/**
 * Principal components of a few rows, whatever their length: the inner products of the centred rows are summed over tiles of components, and the eigenvectors of that small
 * matrix, each times the root of its eigenvalue, are the coordinates (J. C. Gower, Biometrika 53, 1966).
 */
final class GramProjection {
    /** Components in a tile. */
    private static final int TILE = 256;

    private GramProjection() {}

    static Projection of(StateRows rows, int components, PassProgress progress) {
        int n = rows.count();
        double[][] gram = gram(rows, progress);
        double total = 0;
        for (int i = 0; i < n; i++) {
            total += gram[i][i];
        }
        SymmetricEigen eigen = SymmetricEigen.of(gram);
        double[][] coordinates = new double[components][n];
        double[] variances = new double[components];
        for (int k = 0; k < Math.min(components, n); k++) {
            double value = eigen.values()[k];
            if (value > Projection.rounding(eigen.values()[0], n)) {
                variances[k] = value;
                Vectors.add(rows.unit(Math.sqrt(value)), eigen.vectors()[k], coordinates[k]);
            }
        }
        return new Projection(coordinates, variances, total);
    }

    private static double[][] gram(StateRows rows, PassProgress progress) {
        int n = rows.count();
        double[][] gram = new double[n][n];
        for (int from = 0; from < rows.hidden(); from += TILE) {
            progress.tell((double) from / rows.hidden());
            int to = Math.min(from + TILE, rows.hidden());
            double[][] tile = new double[n][to - from];
            double[] mean = new double[to - from];
            for (int i = 0; i < n; i++) {
                rows.read(i, from, to, tile[i]);
                Vectors.add(1.0 / n, tile[i], mean);
            }
            for (int i = 0; i < n; i++) {
                Vectors.add(-1, mean, tile[i]);
                for (int j = 0; j <= i; j++) {
                    gram[i][j] += Vectors.dot(tile[i], tile[j]);
                    gram[j][i] = gram[i][j];
                }
            }
        }
        return gram;
    }
}
