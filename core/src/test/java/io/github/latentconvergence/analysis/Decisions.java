package io.github.latentconvergence.analysis;

/**
 * Compares numbers and remembers whether a comparison could have gone the other way, had the numbers been rounded differently. The library computes sums in another order than
 * the slow analysis: where a number lies within that of its limit, both answers are right.
 */
final class Decisions {
    /** What distances promise, and a little for what is made of them. */
    static final double ROUNDING = 4e-6;

    private boolean close;

    /** Whether a is below b, both measured. */
    boolean below(double a, double b) {
        return below(a, b, ROUNDING * Math.max(Math.abs(a), Math.abs(b)));
    }

    /** Whether a is below b, if together they are off by no more than {@code error}. */
    boolean below(double a, double b, double error) {
        // Equal numbers that are exactly equal are close too: rounding may part them.
        close |= Math.abs(a - b) <= error && !(a == 0 && b == 0);
        return a < b;
    }

    /** Whether a is at most b. */
    boolean atMost(double a, double b) {
        below(a, b);
        return a <= b;
    }

    /** Whether a is at most b, if together they are off by no more than {@code error}. */
    boolean atMost(double a, double b, double error) {
        below(a, b, error);
        return a <= b;
    }

    /** Remembers a comparison that was made elsewhere. */
    void doubt(boolean because) {
        close |= because;
    }

    /** Whether any comparison was close. */
    boolean wereClose() {
        return close;
    }
}
