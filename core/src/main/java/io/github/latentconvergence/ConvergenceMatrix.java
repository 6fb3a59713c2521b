package io.github.latentconvergence;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Distances of the states of every token at every iteration from their reference, and the log10 of these.
 *
 * <p><b>Shape</b>: {@code tokens() x iterations()}, a row for each token, a column for each recorded iteration. <b>Unit</b>: the metric's. <b>NaN</b>: in every cell of
 * a masked token, in column 0 under {@link Reference#previous()} (0 and 1 under {@link Reference#extrapolated()}), and wherever the states were not numbers; a NaN is always {@code 0x7ff8000000000000}.
 * Distance 0 has log distance minus infinity: an exact fixed point is data, not an error. Immutable; lives on the heap.
 */
public final class ConvergenceMatrix {
    private final int tokens;
    private final int iterations;
    private final double[] distances;
    private final double[] logDistances;
    private final boolean[] masked;
    private final Metric metric;
    private final Reference reference;
    private final Normalization normalization;
    private final Optional<Boolean> hasS0;
    private final String computedBy;
    private final References of;

    /** Takes over the arrays. */
    ConvergenceMatrix(int tokens, int iterations, double[] distances, double[] logDistances, boolean[] masked, Metric metric,
            Reference reference,
            Normalization normalization, Optional<Boolean> hasS0, String computedBy, References of) {
        this.of = of;
        this.tokens = tokens;
        this.iterations = iterations;
        this.distances = distances;
        this.logDistances = logDistances;
        this.masked = masked;
        this.metric = metric;
        this.reference = reference;
        this.normalization = normalization;
        this.hasS0 = hasS0;
        this.computedBy = computedBy;
    }

    /**
     * A matrix of distances that were computed elsewhere, to draw or analyse.
     *
     * @param distances {@code [tokens][iterations]}, copied
     * @throws IllegalArgumentException if it is empty or its rows differ in length
     */
    public static ConvergenceMatrix of(double[][] distances, Metric metric, Reference reference) {
        return of(distances, new boolean[distances.length], metric, reference, Optional.empty());
    }

    /**
     * A matrix of distances that were computed elsewhere, with padding and what is known of the first state.
     *
     * @param distances {@code [tokens][iterations]}, copied; what stands in masked rows is not used, they become NaN
     * @param masked {@code [tokens]}, true for padding
     * @param hasS0 whether column 0 is the random initial state, if known
     * @throws IllegalArgumentException if it is empty, its rows differ in length or the mask has not one entry for each row
     */
    public static ConvergenceMatrix of(double[][] distances, boolean[] masked, Metric metric, Reference reference,
            Optional<Boolean> hasS0) {
        return of(distances, masked, metric, reference, Normalization.none(), hasS0, "elsewhere");
    }

    /**
     * A matrix of distances that were computed elsewhere, with all that is known of them.
     *
     * @param distances {@code [tokens][iterations]}, copied; what stands in masked rows is not used, they become NaN
     * @param masked {@code [tokens]}, true for padding
     * @param normalization what was applied to both sides first
     * @param hasS0 whether column 0 is the random initial state, if known
     * @param computedBy what computed them
     * @throws IllegalArgumentException if it is empty, its rows differ in length or the mask has not one entry for each row
     */
    public static ConvergenceMatrix of(double[][] distances, boolean[] masked, Metric metric, Reference reference,
            Normalization normalization, Optional<Boolean> hasS0, String computedBy) {
        if (distances.length == 0 || distances[0].length == 0) {
            throw new IllegalArgumentException("a convergence matrix needs at least one token and one iteration");
        }
        if (masked.length != distances.length) {
            throw new IllegalArgumentException("a mask of " + masked.length + " entries for " + distances.length + " tokens");
        }
        int columns = distances[0].length;
        double[] all = new double[Math.multiplyExact(distances.length, columns)];
        for (int i = 0; i < distances.length; i++) {
            if (distances[i].length != columns) {
                throw new IllegalArgumentException("row " + i + " has " + distances[i].length + " iterations; row 0 has " + columns);
            }
            System.arraycopy(distances[i], 0, all, i * columns, columns);
        }
        double[] logs = new double[all.length];
        for (int c = 0; c < all.length; c++) {
            all[c] = masked[c / columns] ? Double.NaN : Distances.canonical(all[c]);
            logs[c] = Distances.log10(all[c]);
        }
        return new ConvergenceMatrix(distances.length, columns, all, logs, masked.clone(), metric, reference,
                normalization, hasS0, computedBy, References.UNKNOWN);
    }

    /**
     * What was found out about the references themselves.
     *
     * @param sizes one for each token, or for each cell where every column has a reference of its own; null where they were not asked for
     * @param chosen for each token the iteration that is its reference, where tokens differ in that
     */
    record References(double @Nullable [] sizes, int @Nullable [] chosen) {
        static final References UNKNOWN = new References(null, null);
    }

    /** Number of tokens: the rows. */
    public int tokens() {
        return tokens;
    }

    /** Number of recorded iterations: the columns. */
    public int iterations() {
        return iterations;
    }

    /** Distance of a token's state at an iteration from its reference. */
    public double distance(int token, int iteration) {
        return distances[index(token, iteration)];
    }

    /** log10 of the distance; minus infinity where the distance is 0. */
    public double logDistance(int token, int iteration) {
        return logDistances[index(token, iteration)];
    }

    /** The distances of one token over all iterations; a copy. */
    public double[] distances(int token) {
        int from = index(token, 0);
        return Arrays.copyOfRange(distances, from, from + iterations);
    }

    /**
     * Whether the reference of this cell is the cell's own state, so that its distance is 0 by construction and says nothing.
     */
    public boolean isSelfReference(int token, int iteration) {
        index(token, iteration);
        return switch (reference) {
            case Reference.Last last -> iteration == iterations - 1;
            case Reference.Iteration at -> iteration == at.k();
            case Reference.Previous previous -> false;
            case Reference.TailMean tail -> tail.length(iterations) == 1 && iteration == iterations - 1;
            case Reference.External external -> false;
            case Reference.Extrapolated extrapolated -> false;
            case Reference.LowestResidual lowest -> of.chosen != null && of.chosen[token] == iteration;
        } && metric != Metric.NORM;
    }

    /** Whether a cell says something: its reference is another state than its own, and there is one, which the first columns lack if it is an earlier state. */
    public boolean isDefined(int token, int iteration) {
        int first = switch (reference) {
            case Reference.Previous previous -> 1;
            case Reference.Extrapolated extrapolated -> 2;
            default -> 0;
        };
        return (iteration >= first || metric == Metric.NORM) && !isSelfReference(token, iteration);
    }

    /**
     * Size of the reference of a cell in the metric's own norm: what a relative threshold is a fraction of. {@code |y|} for l2, divided by the root of the hidden size for
     * rms, {@code sum |y|} for l1, {@code max |y|} for linf; 1 for relative-l2, cosine and angular, which are relative already; NaN for norm, which has no reference, and
     * under {@link Reference#extrapolated()}.
     *
     * @throws IllegalStateException unless {@link ConvergenceOptions#withReferenceSizes} asked for it
     */
    public double referenceSize(int token, int iteration) {
        int cell = index(token, iteration);
        if (of.sizes == null) {
            throw new IllegalStateException("the sizes of the references were not measured: ask with withReferenceSizes(true)");
        }
        return of.sizes.length == tokens ? of.sizes[token] : of.sizes[cell];
    }

    /** The iteration whose state is the reference of a token, where it is one state of the trace for all columns. */
    public OptionalInt referenceIteration(int token) {
        Objects.checkIndex(token, tokens);
        return switch (reference) {
            case Reference.Last last -> OptionalInt.of(iterations - 1);
            case Reference.Iteration at -> OptionalInt.of((int) at.k());
            case Reference.LowestResidual lowest when of.chosen != null -> OptionalInt.of(of.chosen[token]);
            default -> OptionalInt.empty();
        };
    }

    /** Whether a token is padding: its cells are NaN and it takes part in nothing. */
    public boolean isMasked(int token) {
        return masked[Objects.checkIndex(token, tokens)];
    }

    /** Number of cells outside masked rows whose distance is NaN or infinite, column 0 under {@link Reference#previous()} included. */
    public long nonFinite() {
        long count = 0;
        for (int i = 0; i < tokens; i++) {
            for (int t = 0; t < iterations && !masked[i]; t++) {
                if (!Double.isFinite(distances[i * iterations + t])) {
                    count++;
                }
            }
        }
        return count;
    }

    /** What was measured. */
    public Metric metric() {
        return metric;
    }

    /** Measured to what. */
    public Reference reference() {
        return reference;
    }

    /** What was applied to both sides first. */
    public Normalization normalization() {
        return normalization;
    }

    /** Whether column 0 is the random initial state s_0, where the trace says so. */
    public Optional<Boolean> hasS0() {
        return hasS0;
    }

    /** What computed it, for example {@code cpu/avx2}. */
    public String computedBy() {
        return computedBy;
    }

    private int index(int token, int iteration) {
        return Objects.checkIndex(token, tokens) * iterations + Objects.checkIndex(iteration, iterations);
    }

    @Override
    public String toString() {
        return "ConvergenceMatrix[" + tokens + " tokens x " + iterations + " iterations, " + metric.label() + " to " + reference.label()
                + "]";
    }
}
