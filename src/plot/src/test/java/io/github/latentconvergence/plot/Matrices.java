package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Matrices and tokens to draw. */
final class Matrices {
    private static final String[] WORDS = {" the", " model", "ing", ",", " of", "\n", " convergence", "<|end_turn|>", "."};

    /** A reference nothing is computed from. */
    private static final Reference ELSEWHERE = Reference
            .external(StateTensor.of(Arena.global().allocate(4, 4), DType.F32, Shape.of(1, 1, 1)));

    private Matrices() {}

    /** Distances that fall from about 90 to about 0.1; the same every time. */
    static double[][] settling(int tokens, int iterations) {
        SplittableRandom random = new SplittableRandom(20250207);
        double[][] distances = new double[tokens][iterations];
        for (double[] row : distances) {
            double rate = 3 + 4 * random.nextDouble();
            for (int t = 0; t < iterations; t++) {
                row[t] = 90 * Math.exp(-rate * t / iterations) * (0.9 + 0.2 * random.nextDouble());
            }
        }
        return distances;
    }

    /** To a reference outside the trace, so that no cell is special. */
    static ConvergenceMatrix plain(double[][] distances) {
        return ConvergenceMatrix.of(distances, Metric.L2, ELSEWHERE);
    }

    /** To the last state. */
    static ConvergenceMatrix last(double[][] distances) {
        return ConvergenceMatrix.of(distances, Metric.L2, Reference.last());
    }

    /** A matrix that has every kind of cell: NaN at (1, 1), infinity at (2, 2), zero at (3, 3), token 4 masked, the last column self-reference. */
    static ConvergenceMatrix everyKind(int tokens, int iterations) {
        double[][] distances = settling(tokens, iterations);
        distances[1][1] = Double.NaN;
        distances[2][2] = Double.POSITIVE_INFINITY;
        distances[3][3] = 0;
        boolean[] masked = new boolean[tokens];
        masked[4] = true;
        return ConvergenceMatrix.of(distances, masked, Metric.L2, Reference.last(), Optional.of(false));
    }

    /** Words of all widths. */
    static List<String> words(int count) {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tokens.add(WORDS[i * 7 % WORDS.length]);
        }
        return tokens;
    }
}
