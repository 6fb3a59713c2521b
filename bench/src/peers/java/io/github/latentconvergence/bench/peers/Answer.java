package io.github.latentconvergence.bench.peers;

import io.github.latentconvergence.ConvergenceMatrix;

/** What a peer hands to Java: {@code [tokens][iterations]} distances and their log10. */
interface Answer {
    /** l2 distance of a token's state at an iteration from the last one. */
    double distance(int token, int iteration);

    /** log10 of the distance; minus infinity where that is 0. */
    double logDistance(int token, int iteration);

    /** Arrays of {@code [tokens][iterations]}; not copied. */
    static Answer of(int iterations, double[] distances, double[] logs) {
        return new Answer() {
            @Override
            public double distance(int token, int iteration) {
                return distances[token * iterations + iteration];
            }

            @Override
            public double logDistance(int token, int iteration) {
                return logs[token * iterations + iteration];
            }
        };
    }

    /** The library's own. */
    static Answer of(ConvergenceMatrix matrix) {
        return new Answer() {
            @Override
            public double distance(int token, int iteration) {
                return matrix.distance(token, iteration);
            }

            @Override
            public double logDistance(int token, int iteration) {
                return matrix.logDistance(token, iteration);
            }
        };
    }
}
