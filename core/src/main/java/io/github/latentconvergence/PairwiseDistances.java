package io.github.latentconvergence;

import io.github.latentconvergence.internal.kernel.PairSums;
import java.util.Objects;

/**
 * Euclidean distances between every two states of one token: how it moves, whatever it moves to. From them follow recurrences and orbits.
 *
 * <p><b>Shape</b>: {@code iterations() x iterations()}, symmetric; positions are those of the states that were measured. <b>Unit</b>: that of a component; under RMSNorm,
 * both states are normalised. <b>dtype</b>: float64, each the same bits as {@link Metric#L2} to {@code Reference.iteration(i)} at {@code j > i}, whatever computed it.
 * <b>Ownership</b>: lives on the heap and needs no tensor. <b>Threads</b>: immutable. <b>NaN</b>: wherever two states have no distance: one has a NaN, both have an
 * infinity in one component, or, under RMSNorm, one has no normalised form. A state's distance from itself is 0, or NaN where it is not finite or has no normalised form; a
 * NaN is always {@code 0x7ff8000000000000}. The formulas are in the handbook, under numerics.
 */
public final class PairwiseDistances {
    private final int token;
    private final int iterations;
    private final double[] distances;

    /** Takes over the distances, {@code i <= j} at {@link PairSums#index}. */
    PairwiseDistances(int token, int iterations, double[] distances) {
        this.token = token;
        this.iterations = iterations;
        this.distances = distances;
    }

    /** The token, by its position in the states that were measured. */
    public int token() {
        return token;
    }

    /** Number of states. */
    public int iterations() {
        return iterations;
    }

    /**
     * Distance between two states; the same for {@code (j, i)}.
     *
     * @throws IndexOutOfBoundsException if a position is negative or not below {@link #iterations()}
     */
    public double distance(int i, int j) {
        Objects.checkIndex(i, iterations);
        Objects.checkIndex(j, iterations);
        return distances[PairSums.index(Math.min(i, j), Math.max(i, j))];
    }

    @Override
    public String toString() {
        return "PairwiseDistances[token " + token + ", " + iterations + " iterations]";
    }
}
