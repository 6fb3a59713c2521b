package io.github.latentconvergence.analysis;

import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Normalization;
import io.github.latentconvergence.io.Trace;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Whether two traces are runs of the same tokens. */
final class CommonGround {
    private CommonGround() {}

    static void check(Trace a, Trace b, ConvergenceOptions options) {
        a.states().requireNoBatch();
        b.states().requireNoBatch();
        String both = a.path() + " and " + b.path();
        if (options.metric() == Metric.NORM) {
            throw new IllegalArgumentException("the metric norm has no reference: it does not compare runs");
        }
        if (a.states().tokens() != b.states().tokens() || a.states().hidden() != b.states().hidden()) {
            throw new IllegalArgumentException(both + ": states of shapes " + a.states().shape() + " and " + b.states().shape()
                    + " are not runs of the same tokens: expected as many tokens and hidden components in both");
        }
        if (a.hasTokenTexts() && b.hasTokenTexts()) {
            checkTexts(both, a.tokens(), b.tokens());
        }
        differ(both, "whose first state is s_0", a.hasS0(), b.hasS0());
        differ(both, "whose states are normalised", a.normalized(), b.normalized());
    }

    private static void checkTexts(String both, List<String> a, List<String> b) {
        for (int i = 0; i < a.size(); i++) {
            if (!a.get(i).equals(b.get(i))) {
                throw new IllegalArgumentException(both + ": token " + i + " is " + Phrases.quoted(a.get(i)) + " in one and "
                        + Phrases.quoted(b.get(i)) + " in the other: expected runs of the same tokens");
            }
        }
    }

    private static void differ(String both, String what, Optional<Boolean> a, Optional<Boolean> b) {
        if (a.isPresent() && b.isPresent() && !a.equals(b)) {
            throw new IllegalArgumentException(both + ": only the " + (a.get() ? "first" : "second") + " is a trace " + what
                    + ": expected both or neither");
        }
    }

    /** RMSNorm with the weight that the traces bring, if they agree on it. */
    static Normalization normalization(Trace a, Trace b, Normalization asked) {
        if (!asked.isRmsNorm() || asked.weight().isPresent()) {
            return asked;
        }
        Optional<double[]> weight = a.normWeight().or(b::normWeight);
        if (a.normWeight().isPresent() && b.normWeight().isPresent()
                && !Arrays.equals(a.normWeight().orElseThrow(), b.normWeight().orElseThrow())) {
            throw new IllegalArgumentException(a.path() + " and " + b.path()
                    + ": their norm_weight differs, so that normalised states would differ where the states agree: give one weight for both");
        }
        return weight.map(w -> Normalization.rmsNorm(w, asked.eps())).orElse(asked);
    }
}
