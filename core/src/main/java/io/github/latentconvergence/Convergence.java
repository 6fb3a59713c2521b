package io.github.latentconvergence;

import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.List;
import java.util.Optional;

/** Measures how far the state of every token at every iteration is from where it ends. */
public final class Convergence {
    private Convergence() {}

    /** With the default options. */
    public static ConvergenceMatrix convergenceMatrix(StateTensor states) {
        return convergenceMatrix(states, ConvergenceOptions.defaults());
    }

    /** Of bare states. */
    public static ConvergenceMatrix convergenceMatrix(StateTensor states, ConvergenceOptions options) {
        int n = (int) states.tokens();
        int r = (int) states.iterations();
        double[] d = new double[n * r];
        double[] l = new double[n * r];
        for (int i = 0; i < n; i++) {
            for (int t = 0; t < r; t++) {
                double sum = 0;
                for (int k = 0; k < states.hidden(); k++) {
                    double e = states.get(t, i, k) - states.get(r - 1, i, k);
                    sum += e * e;
                }
                d[i * r + t] = Math.sqrt(sum);
                l[i * r + t] = Distances.log10(d[i * r + t]);
            }
        }
        return new ConvergenceMatrix(n, r, d, l, new boolean[n], options.metric(), options.reference(), options.normalization(),
                Optional.empty(), "java");
    }

    /** Of a trace: knows its mask, weight and flags. */
    public static ConvergenceMatrix convergenceMatrix(Trace trace, ConvergenceOptions options) {
        return convergenceMatrix(trace.states(), options);
    }

    /** Several at once, one pass over the states. */
    public static List<ConvergenceMatrix> convergenceMatrices(Trace trace, List<ConvergenceOptions> options) {
        return options.stream().map(o -> convergenceMatrix(trace, o)).toList();
    }
}
