package io.github.latentconvergence.plot;

import io.github.latentconvergence.ScatterMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Principal components of any number of states, with memory for some vectors only: block Lanczos iteration on their scatter matrix from a random start, every new vector made
 * orthogonal to all before it. Each pass over the states adds a block of vectors, and the best directions within all of them are found (G. H. Golub and R. Underwood, The block
 * Lanczos method for computing eigenvalues, 1977; as a randomised method, N. Halko, P. G. Martinsson, Y. Shkolnisky and M. Tygert, SIAM Journal on Scientific Computing 33,
 * 2011).
 */
final class StreamedProjection {
    /** Vectors of a block beside the components wanted. */
    private static final int MORE = 2;
    private static final int MOST_PASSES = 40;
    /**
     * How far the image of a direction may be from the direction, as a share of the geometric mean of its variance and the largest: then no coordinate is off by much more
     * than that share of the component's size, unless the next variance is as near.
     */
    private static final double STILL = 1e-9;
    /** Share of the largest image below which what is left of one is rounding. */
    private static final double NOTHING = 1e-14;
    private static final long SEED = 0x5eed;

    private final ScatterMatrix scatter;
    private final int components;
    private final List<double[]> basis = new ArrayList<>();
    /** The scatter matrix in the basis, of each vector that has been multiplied with it and those up to it. */
    private final List<double[]> inner = new ArrayList<>();
    private double largest;

    private StreamedProjection(ScatterMatrix scatter, int components) {
        this.scatter = scatter;
        this.components = components;
        SplittableRandom random = new SplittableRandom(SEED);
        for (int k = 0; k < Math.min(components + MORE, scatter.size()); k++) {
            double[] vector = new double[scatter.size()];
            Arrays.setAll(vector, d -> random.nextGaussian());
            orthogonalize(vector);
        }
    }

    static Projection of(ScatterMatrix scatter, int components, PassProgress progress) {
        return new StreamedProjection(scatter, components).run(progress);
    }

    private Projection run(PassProgress progress) {
        for (int pass = 1;; pass++) {
            double[][] left = multiply();
            boolean last = pass == MOST_PASSES || basis.size() == inner.size();
            // The more vectors there are, the longer it takes to find the best directions.
            if (last || pass % (1 + pass / 8) == 0) {
                SymmetricEigen eigen = SymmetricEigen.of(inScatter());
                double moving = moving(eigen, left);
                if (last || moving <= 1) {
                    return project(eigen);
                }
                progress.passed(pass, 1 + Math.log10(moving) / Math.log10(STILL));
            }
        }
    }

    /** Multiplies the vectors that have not been, and makes new ones of what is left of their images outside the basis; returns of which of these each is made. */
    private double[][] multiply() {
        int from = inner.size();
        int to = basis.size();
        double[][] images = scatter.times(basis.subList(from, to).toArray(double[][]::new));
        for (double[] image : images) {
            largest = Math.max(largest, Math.sqrt(Vectors.dot(image, image)));
        }
        double[][] left = new double[images.length][];
        for (int k = 0; k < images.length; k++) {
            double[] along = orthogonalize(images[k]);
            inner.add(Arrays.copyOf(along, from + k + 1));
            left[k] = Arrays.copyOfRange(along, to, along.length);
        }
        return left;
    }

    /**
     * Takes away from a vector what lies along the basis, twice, as once leaves what cancellation made; what is left is made the next vector of the basis, unless it is
     * rounding alone. Returns how much lay along each vector, that one too.
     */
    private double[] orthogonalize(double[] vector) {
        double[] along = new double[basis.size() + 1];
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < basis.size(); i++) {
                double here = Vectors.dot(basis.get(i), vector);
                along[i] += here;
                Vectors.add(-here, basis.get(i), vector);
            }
        }
        double norm = Math.sqrt(Vectors.dot(vector, vector));
        if (norm > NOTHING * largest) {
            along[along.length - 1] = norm;
            Vectors.scale(1 / norm, vector);
            basis.add(vector);
        }
        return along;
    }

    private double[][] inScatter() {
        int n = inner.size();
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i][j] = inner.get(i)[j];
                matrix[j][i] = matrix[i][j];
            }
        }
        return matrix;
    }

    /** How far the worst direction's image is from that direction, as a multiple of what is allowed. */
    private double moving(SymmetricEigen eigen, double[][] left) {
        int from = inner.size() - left.length;
        double first = Math.max(0, eigen.values()[0]);
        double worst = 0;
        for (int k = 0; k < Math.min(components, inner.size()); k++) {
            double[] outside = new double[basis.size() - inner.size() + 1];
            for (int j = 0; j < left.length; j++) {
                for (int l = 0; l < left[j].length; l++) {
                    outside[l] += eigen.vectors()[k][from + j] * left[j][l];
                }
            }
            double allowed = Math.max(STILL * Math.sqrt(first * Math.max(0, eigen.values()[k])),
                    Projection.rounding(first, scatter.states()));
            worst = Math.max(worst, Math.sqrt(Vectors.dot(outside, outside)) / allowed);
        }
        return worst;
    }

    private Projection project(SymmetricEigen eigen) {
        double[][] directions = new double[Math.min(components, inner.size())][scatter.size()];
        for (int k = 0; k < directions.length; k++) {
            for (int i = 0; i < inner.size(); i++) {
                Vectors.add(eigen.vectors()[k][i], basis.get(i), directions[k]);
            }
        }
        double[][] coordinates = Arrays.copyOf(scatter.coordinates(directions), components);
        double[] variances = new double[components];
        for (int k = 0; k < components; k++) {
            if (k < directions.length) {
                variances[k] = Vectors.dot(coordinates[k], coordinates[k]);
            }
            if (variances[k] <= Projection.rounding(variances[0], scatter.states())) {
                variances[k] = 0;
                coordinates[k] = new double[scatter.states()];
            }
            Vectors.scale(scatter.unit(), coordinates[k]);
        }
        return new Projection(coordinates, variances, scatter.trace());
    }
}
