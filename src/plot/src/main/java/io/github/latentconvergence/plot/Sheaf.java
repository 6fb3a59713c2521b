package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The rows of a matrix as curves on a log axis. A value is log10 of a distance, minus infinity where that is 0, NaN where there is none: of masked tokens, of a state that is
 * its own reference, and of NaN and infinite distances, which are counted.
 */
final class Sheaf {
    private final ConvergenceMatrix matrix;
    private final int[] tokens;
    private final List<Quantiles> quantiles;
    private long zeros;
    private long nonFinite;
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;

    private Sheaf(ConvergenceMatrix matrix) {
        this.matrix = matrix;
        this.tokens = IntStream.range(0, matrix.tokens()).filter(i -> !matrix.isMasked(i)).toArray();
        for (int i : tokens) {
            for (int t = 0; t < matrix.iterations(); t++) {
                count(i, t);
            }
        }
        this.quantiles = IntStream.range(0, matrix.iterations()).mapToObj(this::quantiles).toList();
    }

    static Sheaf of(ConvergenceMatrix matrix) {
        return new Sheaf(matrix);
    }

    private void count(int token, int iteration) {
        switch (CellGrid.kind(matrix, token, iteration)) {
            case MEASURED -> {
                least = Math.min(least, matrix.logDistance(token, iteration));
                most = Math.max(most, matrix.logDistance(token, iteration));
            }
            case ZERO -> zeros++;
            case NAN, INFINITE -> nonFinite++;
            case SELF_REFERENCE, UNDEFINED, MASKED, NO_RATIO -> {
                // None by construction: not worth a word.
            }
        }
    }

    /** Those that are not masked. */
    int[] tokens() {
        return tokens.clone();
    }

    double[] iterations() {
        return IntStream.range(0, matrix.iterations()).asDoubleStream().toArray();
    }

    /** Of one token. */
    double[] curve(int token) {
        return IntStream.range(0, matrix.iterations()).mapToDouble(t -> value(token, t)).toArray();
    }

    private double value(int token, int iteration) {
        return switch (CellGrid.kind(matrix, token, iteration)) {
            case MEASURED -> matrix.logDistance(token, iteration);
            case ZERO -> Double.NEGATIVE_INFINITY;
            case NAN, INFINITE, SELF_REFERENCE, UNDEFINED, MASKED, NO_RATIO -> Double.NaN;
        };
    }

    /** Of the distances of all tokens at one iteration. */
    private Quantiles quantiles(int iteration) {
        return Quantiles.of(Arrays.stream(tokens).filter(i -> !Double.isNaN(value(i, iteration)))
                .mapToDouble(i -> Math.max(0, matrix.distance(i, iteration))).toArray());
    }

    /** One number of all tokens for each iteration, as a log; computed from distances. */
    double[] over(ToDoubleFunction<Quantiles> number) {
        return quantiles.stream().mapToDouble(q -> StrictMath.log10(number.applyAsDouble(q))).toArray();
    }

    Axis iterationAxis() {
        return Axis.counting(0, matrix.iterations() - 1, Wording.axisTitle());
    }

    /** An axis that has all values, and {@code also} if it is a number. */
    Axis valueAxis(String title, double also) {
        double low = Double.isFinite(also) ? Math.min(least, also) : least;
        double high = Double.isFinite(also) ? Math.max(most, also) : most;
        return Axis.log(low, high, zeros > 0 || also == Double.NEGATIVE_INFINITY, title);
    }

    /** What cannot be seen, in words. */
    String[] notes(String what) {
        int masked = matrix.tokens() - tokens.length;
        return new String[] {zeros == 0 ? "" : "exact zeros are at the lower edge (" + zeros + ")",
            nonFinite == 0 ? "" : nonFinite + " " + what + " not finite, left out",
            masked == 0 ? "" : masked + (masked == 1 ? " masked token" : " masked tokens") + " left out", Wording.axisNote(matrix)};
    }
}
