package io.github.latentconvergence.bench;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What logits predict, as one would write it in Java without thinking of speed: probabilities in an array, {@code Math.exp} and {@code Math.log}. */
public final class PlainPredictions {
    private final StateTensor logits;
    private double[] here;
    private double[] before;

    /** @param logits bfloat16 or float32 */
    public PlainPredictions(StateTensor logits) {
        this.logits = logits;
        this.here = new double[Math.toIntExact(logits.hidden())];
        this.before = new double[here.length];
    }

    /** Entropies, and both divergences from one iteration to the next; {@code [tokens][iterations][3]}. */
    public double[][][] run() {
        double[][][] all = new double[(int) logits.tokens()][(int) logits.iterations()][3];
        for (int i = 0; i < all.length; i++) {
            for (int t = 0; t < all[i].length; t++) {
                double[] free = before;
                before = here;
                here = free;
                softmax(logits.row(t, i), here);
                for (int d = 0; d < here.length; d++) {
                    double p = here[d];
                    all[i][t][0] -= p * Math.log(p);
                    if (t > 0) {
                        double q = before[d];
                        all[i][t][1] += q * Math.log(q / p);
                        all[i][t][2] += p * Math.log(p / q);
                    }
                }
            }
        }
        return all;
    }

    private void softmax(MemorySegment row, double[] p) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int d = 0; d < p.length; d++) {
            p[d] = logits.dtype() == DType.BF16
                    ? Float.intBitsToFloat(row.get(ValueLayout.JAVA_SHORT, 2L * d) << 16)
                    : row.get(ValueLayout.JAVA_FLOAT, 4L * d);
            largest = Math.max(largest, p[d]);
        }
        double sum = 0;
        for (int d = 0; d < p.length; d++) {
            p[d] = Math.exp(p[d] - largest);
            sum += p[d];
        }
        for (int d = 0; d < p.length; d++) {
            p[d] /= sum;
        }
    }
}
