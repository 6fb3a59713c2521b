package io.github.latentconvergence.plot;

import io.github.latentconvergence.BackendUnavailableException;
import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.ScatterMatrix;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * Trajectories on the principal components of their states: where a token is at each iteration, seen along the few directions in which it moves most.
 *
 * <p><b>Shape</b>: a coordinate for each token, iteration and component, the component that explains most first. <b>Unit</b>: that of a state's component; the mean of all
 * states is the origin. <b>dtype</b>: float64, of states in any. Up to {@value #MOST_EXACT} states are projected exactly, but for rounding; more are read several times, in
 * little memory, and are as exact unless variances are so near each other that their directions mean little. <b>Sign</b>: the coordinate farthest from 0 is positive, the
 * first of those as far but for rounding. <b>Ownership</b>: lives on the heap and needs no tensor. <b>Threads</b>: immutable; many states are read by as many as the options say. The same states give the same
 * bits, whatever computes them. <b>NaN</b>: none; a state that is not finite is an error. States that are all the same are {@linkplain #isConstant constant}: their coordinates are zeros.
 * <b>Source</b>: K. Pearson, Philosophical Magazine 2, 1901; of few states, J. C. Gower, Biometrika 53, 1966; of many, G. H. Golub and R. Underwood, The block Lanczos
 * method for computing eigenvalues, 1977, and N. Halko, P. G. Martinsson, Y. Shkolnisky and M. Tygert, SIAM Journal on Scientific Computing 33, 2011.
 */
public final class PrincipalComponents {
    /** States that are projected by their inner products. */
    static final int MOST_EXACT = 128;
    /** Share of the farthest coordinate from which on one is as far. */
    private static final double AS_FAR = 1 - 1e-9;

    private final int[] tokens;
    private final int iterations;
    private final boolean constant;
    private final double[][] coordinates;
    private final double[] explained;

    private PrincipalComponents(int[] tokens, int iterations, boolean constant, double[][] coordinates, double[] explained) {
        this.tokens = tokens;
        this.iterations = iterations;
        this.constant = constant;
        this.coordinates = coordinates;
        this.explained = explained;
    }

    /**
     * One token on its own components.
     *
     * @throws IllegalArgumentException as for several
     * @throws IllegalStateException as for several
     */
    public static PrincipalComponents of(StateTensor states, int token, int components) {
        return of(states, new int[] {token}, components);
    }

    /**
     * Several tokens on components they have in common: those of all their states together, whose mean is the origin.
     *
     * @param tokens positions of the tokens, in any order
     * @param components how many; those beyond the dimensions that the states reach are zeros
     * @throws IllegalArgumentException if there is no token or component, a token is not there, a state of one has a NaN or an infinity, or all have over 2^31 states
     * @throws IllegalStateException if the states are closed, or have a batch axis of which none was chosen
     */
    public static PrincipalComponents of(StateTensor states, int[] tokens, int components) {
        return of(states, tokens, components, ConvergenceOptions.defaults());
    }

    /**
     * The same, of which backend, tier, threads and progress are chosen; no other of the options is used. None of them changes a bit.
     *
     * @throws IllegalArgumentException as without options
     * @throws IllegalStateException as without options
     * @throws BackendUnavailableException if a backend or tier was named that is not to be had
     * @throws CancellationException if the calling thread is interrupted
     */
    public static PrincipalComponents of(StateTensor states, int[] tokens, int components, ConvergenceOptions options) {
        states.requireNoBatch();
        int[] chosen = tokens.clone();
        requireThere(states, chosen);
        if (components < 1) {
            throw new IllegalArgumentException(components + " components: expected at least 1");
        }
        PassProgress progress = new PassProgress(options.progress());
        try (StateTensor.Hold _ = states.hold()) {
            Projection projection = project(states, chosen, components, options.withProgress(progress), progress);
            PrincipalComponents found = of(projection, chosen, Math.toIntExact(states.iterations()));
            progress.end();
            return found;
        }
    }

    private static Projection project(StateTensor states, int[] tokens, int components, ConvergenceOptions options,
            PassProgress progress) {
        if (tokens.length * states.iterations() <= MOST_EXACT) {
            StateRows rows = new StateRows(states, tokens);
            return rows.isConstant() ? Projection.constant(components, rows.count()) : GramProjection.of(rows, components, progress);
        }
        ScatterMatrix scatter = Convergence.scatterMatrix(states, tokens, options);
        return scatter.trace() == 0
                ? Projection.constant(components, scatter.states())
                : StreamedProjection.of(scatter, components, progress);
    }

    private static PrincipalComponents of(Projection projection, int[] tokens, int iterations) {
        for (double[] component : projection.coordinates()) {
            double sign = sign(component);
            for (int n = 0; n < component.length; n++) {
                // Not a negative zero.
                component[n] = sign * component[n] + 0.0;
            }
        }
        double total = projection.total();
        double[] explained = Arrays.stream(projection.variances()).map(v -> total == 0 ? 0 : Math.min(1, v / total)).toArray();
        return new PrincipalComponents(tokens, iterations, total == 0, projection.coordinates(), explained);
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

    /** What turns the first coordinate that is as far from 0 as any, but for rounding, to the positive side. */
    private static double sign(double[] component) {
        double farthest = Arrays.stream(component).map(Math::abs).max().orElse(0);
        double first = Arrays.stream(component).filter(c -> Math.abs(c) >= farthest * AS_FAR).findFirst().orElse(0);
        return first < 0 ? -1 : 1;
    }

    /** The tokens, by their positions in the states, in the order they were given. */
    public List<Integer> tokens() {
        return IntStream.of(tokens).boxed().toList();
    }

    /** Number of states of each token. */
    public int iterations() {
        return iterations;
    }

    /** Number of components. */
    public int components() {
        return coordinates.length;
    }

    /** Whether all states are the same, so that there is no direction: all coordinates and explained shares are 0. */
    public boolean isConstant() {
        return constant;
    }

    /**
     * A coordinate.
     *
     * @param index of the token in {@link #tokens()}
     * @throws IndexOutOfBoundsException if there is no such one
     */
    public double coordinate(int index, int iteration, int component) {
        int token = Math.multiplyExact(iterations, Objects.checkIndex(index, tokens.length));
        return coordinates[component][token + Objects.checkIndex(iteration, iterations)];
    }

    /**
     * The coordinates of a token, {@code [iterations][components]}; the caller's own.
     *
     * @param index of the token in {@link #tokens()}
     * @throws IndexOutOfBoundsException if there is no such one
     */
    public double[][] coordinates(int index) {
        double[][] own = new double[iterations][components()];
        for (int t = 0; t < iterations; t++) {
            for (int k = 0; k < components(); k++) {
                own[t][k] = coordinate(index, t, k);
            }
        }
        return own;
    }

    /**
     * The share of all variance that a component explains, 0 to 1.
     *
     * @throws IndexOutOfBoundsException if there is no such component
     */
    public double explained(int component) {
        return explained[component];
    }

    @Override
    public String toString() {
        return "PrincipalComponents[" + components() + " of " + tokens.length + " tokens, " + iterations + " iterations]";
    }
}
