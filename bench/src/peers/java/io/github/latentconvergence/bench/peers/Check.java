package io.github.latentconvergence.bench.peers;

import io.github.latentconvergence.tensor.StateTensor;

/** Compares answers with the obvious double loop, so that nothing is timed that is wrong. */
final class Check {
    /** So many cells of a large matrix; the loop over a row is slow, so that more would take longer than what is measured. */
    private static final int CELLS = 500;

    private Check() {}

    /**
     * Looks at cells all over the matrix, and at all of a small one.
     *
     * @throws IllegalStateException if a distance is off by more than the library's tolerance, relatively, or a logarithm by more than that of 1 or of itself; the last iteration's
     *         distances must be 0 and their logarithms minus infinity
     */
    static void check(Library library, StateTensor states, Answer answer) {
        int iterations = Math.toIntExact(states.iterations());
        int cells = Math.toIntExact(states.tokens() * iterations);
        int step = Math.max(1, cells / CELLS) | 1; // odd, so that no iteration is always left out
        double tolerance = library.tolerance(states.dtype());
        for (int cell = 0; cell < cells; cell += step) {
            int token = cell / iterations;
            int iteration = cell % iterations;
            double distance = distance(states, token, iteration);
            double log = Math.log10(distance);
            double actual = answer.distance(token, iteration);
            double actualLog = answer.logDistance(token, iteration);
            boolean right = distance == 0
                    ? actual == 0 && actualLog == Double.NEGATIVE_INFINITY
                    : Math.abs(actual - distance) <= tolerance * distance
                            && Math.abs(actualLog - log) <= tolerance * Math.max(1, Math.abs(log));
            if (!right) {
                throw new IllegalStateException(
                        library.label() + " is wrong at token " + token + ", iteration " + iteration + " of " + states + ": "
                                + actual + " (log10 " + actualLog + ") instead of " + distance + " (" + log + "), tolerance " + tolerance);
            }
        }
    }

    private static double distance(StateTensor states, int token, int iteration) {
        double sum = 0;
        for (long d = 0; d < states.hidden(); d++) {
            double difference = states.get(iteration, token, d) - states.get(states.iterations() - 1, token, d);
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }
}
