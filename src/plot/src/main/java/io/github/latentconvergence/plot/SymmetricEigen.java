package io.github.latentconvergence.plot;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.eig.SymmetricQRAlgorithmDecomposition_DDRM;
import org.ejml.dense.row.decomposition.hessenberg.TridiagonalDecompositionHouseholder_DDRM;

/**
 * Eigenvalues of a small symmetric matrix, the largest first, and their eigenvectors, of length 1.
 *
 * @param values from large to small
 * @param vectors of each value
 */
record SymmetricEigen(double[] values, double[][] vectors) {

    /** Solves; the matrix is lost. */
    static SymmetricEigen of(double[][] matrix) {
        int n = matrix.length;
        // Named classes rather than EJML's factory, which takes threads for large matrices: the same bits however many processors there are.
        var solver = new SymmetricQRAlgorithmDecomposition_DDRM(new TridiagonalDecompositionHouseholder_DDRM(), true);
        if (!solver.decompose(new DMatrixRMaj(matrix))) {
            throw new IllegalStateException("the eigenvalues of a symmetric matrix of " + n + " rows were not found");
        }
        int[] order = IntStream.range(0, n).boxed()
                .sorted(Comparator.comparingDouble((Integer k) -> -solver.getEigenvalue(k).getReal())).mapToInt(Integer::intValue)
                .toArray();
        double[] values = new double[n];
        double[][] vectors = new double[n][];
        for (int k = 0; k < n; k++) {
            values[k] = solver.getEigenvalue(order[k]).getReal();
            vectors[k] = solver.getEigenVector(order[k]).getData().clone();
        }
        return new SymmetricEigen(values, vectors);
    }
}
