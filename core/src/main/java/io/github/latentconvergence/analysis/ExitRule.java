package io.github.latentconvergence.analysis;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Rules by which models stop iterating. Each watches one number for each token and iteration and exits at the first position where it is below a threshold (for some, several
 * times running). Rules look at the states as they are, as code that runs beside a model does, whatever distances are measured under.
 *
 * <p>Sources: the exit evaluators of seal-rg/recurrent-pretraining; the two-hit acceleration exit of arXiv 2509.23314.
 */
public enum ExitRule {
    /** {@code |s_t - s_(t-1)| / |s_t|}. */
    LATENT_DIFF(0.03, 1, false),
    /** {@code 1 - cos(s_t, s_(t-1))}. */
    COSINE(1e-3, 1, false),
    /** {@code |(s_t - s_(t-1)) - (s_(t-1) - s_(t-2))| / |s_t|}, twice running. */
    ACCELERATION(0.03, 2, false),
    /** That of {@link #LATENT_DIFF}, three times running. */
    CONSECUTIVE(0.03, 3, false),
    /** {@code max |s_t - s_(t-1)| / max |s_t|}. */
    LINF(0.03, 1, false),
    /** {@code KL(p_(t-1) || p_t)} of the predictions, in nats: Huginn's direction. */
    KL(1e-3, 1, true),
    /** {@code KL(p_t || p_(t-1))}, the direction that other code takes. */
    KL_REVERSE(1e-3, 1, true),
    /** {@code |H_t - H_(t-1)|}, H the entropy of the prediction in nats. */
    ENTROPY_DIFF(1e-3, 1, true),
    /** The most probable token has not changed for as many steps as the threshold says. */
    ARGMAX_STABILITY(5, 1, true);

    private final double defaultThreshold;
    private final int running;
    private final boolean needsLogits;

    ExitRule(double defaultThreshold, int running, boolean needsLogits) {
        this.defaultThreshold = defaultThreshold;
        this.running = running;
        this.needsLogits = needsLogits;
    }

    /** The threshold that is usual; for {@link #ARGMAX_STABILITY} a number of steps. */
    public double defaultThreshold() {
        return defaultThreshold;
    }

    /** How many times running the number must be below the threshold. */
    public int running() {
        return running;
    }

    /** Whether it looks at predictions, which only traces with logits have. */
    public boolean needsLogits() {
        return needsLogits;
    }

    /** The name on the command line and in results, for example {@code latent-diff}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The rule with this label.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static ExitRule ofLabel(String label) {
        return Arrays.stream(values()).filter(r -> r.label().equals(label)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown exit rule '" + label + "': expected one of "
                        + Arrays.stream(values()).map(ExitRule::label).collect(Collectors.joining(", "))));
    }
}
