package io.github.latentconvergence;

import io.github.latentconvergence.internal.kernel.Axes;
import io.github.latentconvergence.internal.kernel.Op;
import io.github.latentconvergence.internal.kernel.Plan;
import io.github.latentconvergence.internal.kernel.Reduction;
import io.github.latentconvergence.internal.kernel.Sums;
import io.github.latentconvergence.internal.kernel.Tile;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * The scatter matrix of the states of some tokens, the sum of (x - mean)(x - mean)^T over all of them. It is never formed: it multiplies vectors in one pass over the states,
 * and its eigenvectors are the states' principal components.
 *
 * <p><b>Shape</b>: {@code size() x size()}, a row for each hidden component; states are numbered token by token, in each by iteration. <b>Unit</b>: the square of
 * {@link #unit()}, in which components are counted. <b>dtype</b>: float64, of states in any; the same bits whatever computes it, with however many threads.
 * <b>Ownership</b>: keeps the states it was made of, which must be open whenever it multiplies and must not change. <b>Threads</b>: any number may use it at once; each pass
 * takes as many as the options say. Interrupting the calling thread ends a pass with a {@link CancellationException}. <b>NaN</b>: none; a state that is not finite is an
 * error. States that are all the same have the trace 0. The order of the sums is in the handbook, under numerics.
 */
public final class ScatterMatrix {
    /** Largest components whose squares, and the sums of these, are far from where float64 ends. */
    private static final int SAFE_EXPONENT = 300;

    private final StateTensor states;
    private final StatePasses passes;
    private final double unit;
    private final double[] origin;
    /** The mean of the states from the origin, in units: what rounding left of it. */
    private final double[] rest;
    private final double trace;

    ScatterMatrix(StateTensor states, int[] chosen, ConvergenceOptions options) {
        states.requireNoBatch();
        int[] tokens = chosen.clone();
        requireThere(states, tokens);
        this.states = states;
        this.passes = new StatePasses(states, tokens, options);
        try (StateTensor.Hold _ = states.hold()) {
            double largest = largest(states, tokens, options);
            int exponent = largest == 0 ? 0 : Math.getExponent(largest);
            this.unit = Math.abs(exponent) <= SAFE_EXPONENT ? 1 : Math.scalb(1.0, Math.max(exponent, Double.MIN_EXPONENT));
            double[] first = new double[Math.toIntExact(states.hidden())];
            for (int d = 0; d < first.length; d++) {
                first[d] = states.get(0, tokens[0], d) / unit;
            }
            // From the first state on, which takes away exactly what all have in common.
            double[] sum = half(states, tokens, options, 0).sum(1 / unit, negative(first));
            this.origin = new double[first.length];
            this.rest = new double[first.length];
            for (int d = 0; d < first.length; d++) {
                double mean = sum[d] / passes.rows();
                origin[d] = first[d] + mean;
                double grown = origin[d] - first[d];
                rest[d] = (first[d] - (origin[d] - grown)) + (mean - grown);
            }
            double squares = 0;
            for (double square : half(states, tokens, options, 1).squares(1 / unit, negative(origin))) {
                squares += square;
            }
            this.trace = Math.max(0, squares - passes.rows() * dot(rest, rest));
        }
    }

    /** A pass that is one half of the progress told. */
    private static StatePasses half(StateTensor states, int[] tokens, ConvergenceOptions options, int done) {
        return new StatePasses(states, tokens, options.withProgress(fraction -> options.progress().accept((done + fraction) / 2)));
    }

    private static void requireThere(StateTensor states, int[] tokens) {
        if (tokens.length == 0) {
            throw new IllegalArgumentException("no tokens: expected at least one");
        }
        for (int token : tokens) {
            if (token < 0 || token >= states.tokens()) {
                throw new IllegalArgumentException(
                        "token " + token + " is outside the states, whose tokens are 0 to " + (states.tokens() - 1));
            }
        }
        if (tokens.length * states.iterations() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(tokens.length + " tokens of " + states.iterations() + " states: expected under 2^31 states");
        }
    }

    /** The largest magnitude of a component, all of which are finite. */
    private static double largest(StateTensor states, int[] tokens, ConvergenceOptions options) {
        int iterations = Math.toIntExact(states.iterations());
        Plan plan = new Plan(states, List.of(), List.of(),
                List.of(Reduction.plain(Op.MAX_ABS, Reduction.NO_SOURCE, states.dtype() == DType.F64)),
                new double[Math.toIntExact(states.hidden())], 0);
        Sums sums = Sums.of(plan, Math.toIntExact(states.tokens()), iterations);
        List<Tile> tiles = IntStream.of(tokens).mapToObj(token -> new Tile(token, 1, 0, iterations)).toList();
        int threads = options.threads() > 0 ? options.threads() : Runtime.getRuntime().availableProcessors();
        new TileRunner(Backends.choose(options), plan, sums, tiles, tile -> {}).run(threads, fraction -> {});
        double largest = 0;
        for (int token : tokens) {
            for (int t = 0; t < iterations; t++) {
                double ofState = sums.ofStates()[0][token * iterations + t];
                if (!Double.isFinite(ofState)) {
                    throw notFinite(states, token, t);
                }
                largest = Math.max(largest, ofState);
            }
        }
        return largest;
    }

    private static IllegalArgumentException notFinite(StateTensor states, int token, int iteration) {
        double component = 0;
        for (int d = 0; Double.isFinite(component); d++) {
            component = states.get(iteration, token, d);
        }
        return new IllegalArgumentException("token " + token + " has the component " + component + " at iteration " + iteration
                + ": a scatter matrix needs finite states");
    }

    /** Components of a state: rows of the matrix. */
    public int size() {
        return origin.length;
    }

    /** Number of states, those of a token at all iterations together. */
    public int states() {
        return passes.rows();
    }

    /** The unit that components are counted in: 1, unless their squares would leave the range of float64; then a power of two near the largest. */
    public double unit() {
        return unit;
    }

    /** The sum of all states' squared distances from their mean: 0 where all are the same. */
    public double trace() {
        return trace;
    }

    /**
     * The matrix times some vectors, in one pass over the states.
     *
     * @param vectors {@code [vectors][size()]}, at least one
     * @return {@code [vectors][size()]}; the caller's own
     * @throws IllegalArgumentException if there is no vector, or one of another size
     * @throws IllegalStateException if the states are closed
     * @throws CancellationException if the calling thread is interrupted
     */
    public double[][] times(double[][] vectors) {
        Axes axes = axes(vectors);
        try (StateTensor.Hold _ = states.hold()) {
            double[][] images = passes.images(axes);
            for (int k = 0; k < images.length; k++) {
                double common = passes.rows() * dot(rest, vectors[k]);
                for (int d = 0; d < rest.length; d++) {
                    images[k][d] -= common * rest[d];
                }
            }
            return images;
        }
    }

    /**
     * What each state is from the mean along some directions, in one pass over the states.
     *
     * @param directions {@code [directions][size()]}, at least one
     * @return {@code [directions][states()]}: inner products of states from their mean with each direction; the caller's own
     * @throws IllegalArgumentException if there is no direction, or one of another size
     * @throws IllegalStateException if the states are closed
     * @throws CancellationException if the calling thread is interrupted
     */
    public double[][] coordinates(double[][] directions) {
        Axes axes = axes(directions);
        try (StateTensor.Hold _ = states.hold()) {
            double[][] coordinates = passes.coordinates(axes);
            for (int k = 0; k < coordinates.length; k++) {
                double common = dot(rest, directions[k]);
                for (int n = 0; n < coordinates[k].length; n++) {
                    coordinates[k][n] -= common;
                }
            }
            return coordinates;
        }
    }

    private Axes axes(double[][] vectors) {
        if (vectors.length == 0) {
            throw new IllegalArgumentException("no vectors: expected at least one");
        }
        return new Axes(1 / unit, negative(origin), vectors, false);
    }

    private static double[] negative(double[] vector) {
        return IntStream.range(0, vector.length).mapToDouble(d -> -vector[d]).toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }

    @Override
    public String toString() {
        return "ScatterMatrix[" + size() + " x " + size() + ", of " + states() + " states]";
    }
}
