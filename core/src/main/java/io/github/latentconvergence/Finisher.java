package io.github.latentconvergence;

import io.github.latentconvergence.internal.kernel.Sums;
import java.util.Arrays;
import java.util.Optional;

/** Turns the raw sums of one matrix into distances and logarithms, a token at a time; tokens may be finished by different threads. */
final class Finisher {
    private final Metric metric;
    private final Planner.Parts parts;
    private final int tokens;
    private final int iterations;
    private final boolean[] masked;
    private final double[] distances;
    private final double[] logs;

    Finisher(Metric metric, Planner.Parts parts, int tokens, int iterations, boolean[] masked) {
        this.metric = metric;
        this.parts = parts;
        this.tokens = tokens;
        this.iterations = iterations;
        this.masked = masked;
        this.distances = new double[tokens * iterations];
        this.logs = new double[tokens * iterations];
        Arrays.fill(distances, Double.NaN); // masked tokens stay so
        Arrays.fill(logs, Double.NaN);
    }

    void finish(int token, Sums sums) {
        for (int t = 0; t < iterations && !masked[token]; t++) {
            int cell = token * iterations + t;
            double root = Math.sqrt(sums.ofStates()[parts.sum()][cell]);
            double distance = Distances.canonical(switch (metric) {
                case L2, NORM -> root;
                case RELATIVE_L2 -> root / Math.sqrt(unit(token, t, cell, sums));
            });
            distances[cell] = distance;
            logs[cell] = Distances.log10(distance);
        }
    }

    /** Sum of squares of the reference. */
    private double unit(int token, int t, int cell, Sums sums) {
        if (parts.unitOfSource() >= 0) {
            return sums.ofSources()[parts.unitOfSource()][token];
        }
        return t == 0 ? Double.NaN : sums.ofStates()[parts.unitOfStates()][cell - 1];
    }

    ConvergenceMatrix matrix(ConvergenceOptions options, Optional<Boolean> hasS0, String computedBy) {
        return new ConvergenceMatrix(tokens, iterations, distances, logs, masked, options.metric(), options.reference(),
                options.normalization(), hasS0, computedBy);
    }
}
