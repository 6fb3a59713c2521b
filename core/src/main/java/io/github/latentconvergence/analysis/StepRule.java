package io.github.latentconvergence.analysis;

/**
 * Which position is a token's convergence step. Cells whose reference is the cell's own state are passed over: they neither make a step nor prevent one; a NaN is never below a
 * threshold.
 */
public sealed interface StepRule {
    /** The first position from which the distance stays below the threshold to the end: the default. */
    static StepRule stays() {
        return new Stays();
    }

    /** The first position below the threshold, whatever follows. */
    static StepRule first() {
        return new First();
    }

    /**
     * The first position that starts {@code k} columns below the threshold.
     *
     * @throws IllegalArgumentException unless {@code k} is 1 or more
     */
    static StepRule consecutive(int k) {
        return new Consecutive(k);
    }

    /**
     * The rule with this name: {@code stays}, {@code first} or {@code consecutive:K}.
     *
     * @throws IllegalArgumentException if there is none
     */
    static StepRule ofLabel(String label) {
        if (label.equals("stays")) {
            return stays();
        }
        if (label.equals("first")) {
            return first();
        }
        if (label.startsWith("consecutive:")) {
            try {
                return consecutive(Integer.parseInt(label.substring("consecutive:".length())));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("rule '" + label + "': expected a whole number after consecutive:", e);
            }
        }
        throw new IllegalArgumentException("unknown rule '" + label + "': expected stays, first or consecutive:K");
    }

    /** The name on the command line and in results. */
    String label();

    /** See {@link StepRule#stays()}. */
    record Stays() implements StepRule {
        @Override
        public String label() {
            return "stays";
        }
    }

    /** See {@link StepRule#first()}. */
    record First() implements StepRule {
        @Override
        public String label() {
            return "first";
        }
    }

    /** See {@link StepRule#consecutive}. */
    record Consecutive(int k) implements StepRule {
        /** Checks {@code k}. */
        public Consecutive {
            if (k < 1) {
                throw new IllegalArgumentException("rule consecutive:" + k + ": expected 1 column or more");
            }
        }

        @Override
        public String label() {
            return "consecutive:" + k;
        }
    }
}
