package io.github.latentconvergence.plot;

/** Sums over float64 vectors of one length, each in an order of its own that is always the same. */
final class Vectors {
    private Vectors() {}

    /** The inner product, in four sums, so that one addition need not wait for the one before. */
    static double dot(double[] a, double[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int whole = a.length & -4;
        for (int d = 0; d < whole; d += 4) {
            s0 += a[d] * b[d];
            s1 += a[d + 1] * b[d + 1];
            s2 += a[d + 2] * b[d + 2];
            s3 += a[d + 3] * b[d + 3];
        }
        for (int d = whole; d < a.length; d++) {
            s0 += a[d] * b[d];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** Adds {@code factor} times a vector to another. */
    static void add(double factor, double[] vector, double[] to) {
        for (int d = 0; d < to.length; d++) {
            to[d] += factor * vector[d];
        }
    }

    /** Multiplies a vector. */
    static void scale(double factor, double[] vector) {
        for (int d = 0; d < vector.length; d++) {
            vector[d] *= factor;
        }
    }

    /**
     * Makes vectors orthonormal, each against those before it, in place; one that is no more than rounding away from those before becomes zeros. Twice, as once leaves
     * what cancellation made.
     */
    static void orthonormalize(double[][] vectors) {
        for (int j = 0; j < vectors.length; j++) {
            double before = Math.sqrt(dot(vectors[j], vectors[j]));
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < j; i++) {
                    add(-dot(vectors[i], vectors[j]), vectors[i], vectors[j]);
                }
            }
            double norm = Math.sqrt(dot(vectors[j], vectors[j]));
            scale(norm > 1e-12 * before ? 1 / norm : 0, vectors[j]);
        }
    }
}
