package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.tensor.StateTensor;

/**
 * What is summed over the vocabulary, {@code [tokens][iterations]} each: {@code lc_prediction} in latent_convergence.h says of what.
 *
 * @param z sum e^u
 * @param zu sum e^u u
 * @param forward of the row before to this one: sum e^v (e^-g - 1 + g)
 * @param forwardGap sum e^v g
 * @param backward of this row to the one before: sum e^u (e^g - 1 - g)
 * @param backwardGap sum e^u (-g)
 * @param argmax the first index of the largest logit; -1 where z is NaN
 */
public record LogitSums(double[] z, double[] zu, double[] forward, double[] forwardGap, double[] backward, double[] backwardGap,
        int[] argmax) {
    /** Room for the sums of some logits. */
    public static LogitSums of(StateTensor logits) {
        int cells = Math.toIntExact(logits.tokens() * logits.iterations());
        return new LogitSums(new double[cells], new double[cells], new double[cells], new double[cells], new double[cells],
                new double[cells], new int[cells]);
    }
}
