package io.github.latentconvergence.bench.report;

import org.jspecify.annotations.Nullable;

/** What can be said of B beside A. */
enum Verdict {
    /** The interval lies wholly on the fast side of 1. */
    FASTER("faster"),
    /** The interval lies wholly on the slow side of 1. */
    SLOWER("slower"),
    /** The interval lies wholly within so little of 1 that nobody would mind, whether it holds 1 or not. */
    SAME("same"),
    /** Too few samples, or too noisy: the interval holds both 1 and more than nobody would mind. */
    CANNOT_SAY("cannot say");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /**
     * What an interval says.
     *
     * @param interval of a ratio that is above 1 where B is faster; null where there is none
     * @param margin what nobody minds, 0.03 for 3 %
     */
    static Verdict of(@Nullable Interval interval, double margin) {
        if (interval == null) {
            return CANNOT_SAY;
        }
        if (interval.within(1 / (1 + margin), 1 + margin)) {
            return SAME;
        }
        if (interval.low() > 1) {
            return FASTER;
        }
        return interval.high() < 1 ? SLOWER : CANNOT_SAY;
    }

    @Override
    public String toString() {
        return words;
    }
}
