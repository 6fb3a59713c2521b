package io.github.latentconvergence;

import io.github.latentconvergence.tensor.StateTensor;

/** The state s* that distances are measured to. Immutable; {@link External} borrows its tensor. */
public sealed interface Reference {
    /** The default share of the iterations that {@link #tailMean()} averages. */
    double DEFAULT_TAIL = 0.25;

    /** The last recorded state of each token. The last column is 0 by construction: it is {@linkplain ConvergenceMatrix#isSelfReference self-reference}. */
    static Reference last() {
        return new Last();
    }

    /** The state one iteration earlier: the distance is the step norm (residual). Column 0 is undefined, NaN. */
    static Reference previous() {
        return new Previous();
    }

    /**
     * The state at iteration {@code k}, a 0-based position in the trace.
     *
     * @throws IllegalArgumentException if {@code k} is negative
     */
    static Reference iteration(long k) {
        return new Iteration(k);
    }

    /** The mean over the last quarter of the iterations. */
    static Reference tailMean() {
        return new TailMean(DEFAULT_TAIL);
    }

    /**
     * The mean over the last {@code max(1, floor(fraction * iterations))} iterations, summed in float64 and rounded to float32 (not rounded for float64 states).
     *
     * @throws IllegalArgumentException unless {@code 0 < fraction <= 1}
     */
    static Reference tailMean(double fraction) {
        return new TailMean(fraction);
    }

    /** Raw (not normalised) states {@code [tokens][hidden]} from elsewhere, such as the last iteration of a longer run; borrowed. */
    static Reference external(StateTensor states) {
        return new External(states, false);
    }

    /**
     * States {@code [tokens][hidden]} from elsewhere; borrowed.
     *
     * @param normalized whether they are normalised already, so that a {@link Normalization} is not applied to them again
     * @throws IllegalArgumentException if the tensor holds more than one state per token
     */
    static Reference external(StateTensor states, boolean normalized) {
        return new External(states, normalized);
    }

    /**
     * Of each token the state with the smallest step norm, {@code |s_k - s_(k-1)|} in l2 under the same normalisation, the first of several; the last state of a token
     * that has no step norm that is a number. The states are read twice.
     *
     * <p>Source: torchdeq's choice of the state that a solver returns.
     */
    static Reference lowestResidual() {
        return new LowestResidual();
    }

    /**
     * Where the state would be had it repeated its last step, {@code 2 s_(t-1) - s_(t-2)}: the distance is the <em>acceleration</em>,
     * {@code |(s_t - s_(t-1)) - (s_(t-1) - s_(t-2))|}. Columns 0 and 1 are undefined, NaN. For {@link Metric#L2} and {@link Metric#RMS} of states as they are, not normalised.
     */
    static Reference extrapolated() {
        return new Extrapolated();
    }

    /** The name on the command line and in results, for example {@code tail-mean:0.25}. */
    String label();

    /** See {@link Reference#last()}. */
    record Last() implements Reference {
        @Override
        public String label() {
            return "last";
        }
    }

    /** See {@link Reference#previous()}. */
    record Previous() implements Reference {
        @Override
        public String label() {
            return "previous";
        }
    }

    /** See {@link Reference#iteration}. */
    record Iteration(long k) implements Reference {
        /** Checks {@code k}. */
        public Iteration {
            if (k < 0) {
                throw new IllegalArgumentException("reference iteration " + k + ": expected a position in the trace, 0 or more");
            }
        }

        @Override
        public String label() {
            return "iteration:" + k;
        }
    }

    /** See {@link Reference#tailMean(double)}. */
    record TailMean(double fraction) implements Reference {
        /** Checks the fraction. */
        public TailMean {
            if (!(fraction > 0 && fraction <= 1)) {
                throw new IllegalArgumentException("tail-mean fraction " + fraction + ": expected more than 0 and at most 1");
            }
        }

        /** How many of {@code iterations} the mean takes. */
        public long length(long iterations) {
            return Math.max(1, (long) Math.floor(fraction * iterations));
        }

        @Override
        public String label() {
            return "tail-mean:" + fraction;
        }
    }

    /** See {@link Reference#lowestResidual()}. */
    record LowestResidual() implements Reference {
        @Override
        public String label() {
            return "lowest-residual";
        }
    }

    /** See {@link Reference#extrapolated()}. */
    record Extrapolated() implements Reference {
        @Override
        public String label() {
            return "extrapolated";
        }
    }

    /** See {@link Reference#external(StateTensor, boolean)}. */
    record External(StateTensor states, boolean normalized) implements Reference {
        /** Checks the shape. */
        public External {
            states.requireNoBatch();
            if (states.iterations() != 1) {
                throw new IllegalArgumentException("an external reference of shape " + states.shape()
                        + " holds " + states.iterations() + " states per token: expected one; choose it with iterations(k, k + 1)");
            }
        }

        @Override
        public String label() {
            return "external";
        }
    }
}
