package io.github.latentconvergence;

import java.util.Objects;

/**
 * What the logits of every token predict at every iteration: the entropy of the predicted distribution p = softmax(logits), how far it is from the one an iteration before,
 * and the token that is likeliest.
 *
 * <p><b>Shape</b>: {@code tokens() x iterations()}. <b>Unit</b>: nats. <b>Threads</b>: immutable; lives on the heap. <b>NaN</b>: for masked tokens, whose argmax is -1;
 * in both divergences at iteration 0; and for a row of logits that holds a NaN or plus infinity, or nothing above minus infinity, with the divergences to and from it. A
 * logit of minus infinity has probability 0 and adds nothing; a divergence is infinite where a token has a probability on the left and none on the right.
 *
 * <p>Exit rules look at these: Geiping et al. 2025 (arXiv 2502.05171) at {@link #klFromPrevious}; other code takes the other direction.
 */
public final class Predictions {
    private final int tokens;
    private final int iterations;
    private final double[] entropies;
    private final double[] klFromPrevious;
    private final double[] klToPrevious;
    private final int[] argmax;
    private final String computedBy;

    /** Takes over the arrays, {@code [tokens][iterations]}. */
    Predictions(int tokens, int iterations, double[] entropies, double[] klFromPrevious, double[] klToPrevious, int[] argmax,
            String computedBy) {
        this.tokens = tokens;
        this.iterations = iterations;
        this.entropies = entropies;
        this.klFromPrevious = klFromPrevious;
        this.klToPrevious = klToPrevious;
        this.argmax = argmax;
        this.computedBy = computedBy;
    }

    /** Number of tokens. */
    public int tokens() {
        return tokens;
    }

    /** Number of recorded iterations. */
    public int iterations() {
        return iterations;
    }

    /** The entropy of the distribution, -sum p log p: from 0 to the logarithm of the vocabulary's size. */
    public double entropy(int token, int iteration) {
        return entropies[index(token, iteration)];
    }

    /** KL(p_{t-1} || p_t), the sum of p_{t-1} log(p_{t-1} / p_t); not negative. */
    public double klFromPrevious(int token, int iteration) {
        return klFromPrevious[index(token, iteration)];
    }

    /** KL(p_t || p_{t-1}), the sum of p_t log(p_t / p_{t-1}); not negative. */
    public double klToPrevious(int token, int iteration) {
        return klToPrevious[index(token, iteration)];
    }

    /** The vocabulary index of the largest logit, the first of several that are equal; -1 where there is none. */
    public int argmax(int token, int iteration) {
        return argmax[index(token, iteration)];
    }

    /** What computed it, for example {@code cpu/avx2}. */
    public String computedBy() {
        return computedBy;
    }

    private int index(int token, int iteration) {
        return Objects.checkIndex(token, tokens) * iterations + Objects.checkIndex(iteration, iterations);
    }

    @Override
    public String toString() {
        return "Predictions[" + tokens + " tokens x " + iterations + " iterations]";
    }
}
