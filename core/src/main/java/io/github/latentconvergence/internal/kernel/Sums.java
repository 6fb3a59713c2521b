package io.github.latentconvergence.internal.kernel;

/**
 * Raw sums of a whole plan. Workers write disjoint parts from several threads.
 *
 * @param ofSources a sum for each token, by {@link Plan#ofSources}
 * @param ofStates a sum for each token and iteration, token-major, by {@link Plan#ofStates}
 */
public record Sums(double[][] ofSources, double[][] ofStates) {
    /** Room for the sums of {@code plan}. */
    public static Sums of(Plan plan, int tokens, int iterations) {
        return new Sums(new double[plan.ofSources().size()][tokens],
                new double[plan.ofStates().size()][Math.multiplyExact(tokens, iterations)]);
    }
}
