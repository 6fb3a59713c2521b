package io.github.latentconvergence.internal.kernel;

import java.util.Locale;

/**
 * The reductions, in the order of the native list {@code kernels.def}; that both sides agree is checked when the library is loaded. x is a state, y the other side, N
 * RMSNorm.
 */
public enum Op {
    /** sum (x-y)^2. */
    DIFF2(Term.DIFFERENCE, Total.SQUARES),
    /** sum |x-y|. */
    ABS_DIFF(Term.DIFFERENCE, Total.MAGNITUDES),
    /** max |x-y|, NaN if any is. */
    MAX_DIFF(Term.DIFFERENCE, Total.LARGEST),
    /** sum (x-y) y: |x|^2 - |y|^2 is twice this and {@link #DIFF2}, without cancellation. */
    ALONG(Term.DIFFERENCE, Total.TIMES_SIDE),
    /** sum (x-y)(x+y): |x|^2 - |y|^2 at once, where {@link #DIFF2} is not wanted. */
    CROSS(Term.DIFFERENCE, Total.TIMES_SUM),
    /** sum x^2. */
    NORM2(Term.STATE, Total.SQUARES),
    /** max |x|, NaN if any is. */
    MAX_ABS(Term.STATE, Total.LARGEST),
    /** sum ((x-y)-(y-z))^2, y the state before x and z the one before y. */
    ACCEL2(Term.ACCELERATION, Total.SQUARES),
    /** sum x^2, made of sum y^2, {@link #DIFF2} and {@link #ALONG}. */
    STATE_NORM2(Term.STATE, Total.SQUARES),
    /** sum (g(x-y))^2, g the weight. */
    WEIGHTED_DIFF2(Term.WEIGHTED_DIFFERENCE, Total.SQUARES),
    /** sum g(x-y) gy. */
    WEIGHTED_ALONG(Term.WEIGHTED_DIFFERENCE, Total.TIMES_SIDE),
    /** sum (gx)^2. */
    WEIGHTED_NORM2(Term.WEIGHTED_STATE, Total.SQUARES),
    /** sum (gx)^2, made of sum (gy)^2, {@link #WEIGHTED_DIFF2} and {@link #WEIGHTED_ALONG}. */
    WEIGHTED_STATE_NORM2(Term.WEIGHTED_STATE, Total.SQUARES),
    /** sum (N(x)-N(y))^2, made of other sums, and summed where these do not tell. */
    NORMALIZED_DIFF2(Term.NORMALIZED_DIFFERENCE, Total.SQUARES),
    /** sum |N(x)-N(y)|. */
    NORMALIZED_ABS_DIFF(Term.NORMALIZED_DIFFERENCE, Total.MAGNITUDES),
    /** max |N(x)-N(y)|. */
    NORMALIZED_MAX_DIFF(Term.NORMALIZED_DIFFERENCE, Total.LARGEST),
    /** sum (N(x)-y)^2 for a y that is normalised already; in float64 only. */
    NORMALIZED_TO(Term.DIFFERENCE_TO_READY, Total.SQUARES),
    /** sum |N(x)-y| for a y that is normalised already; in float64 only. */
    NORMALIZED_TO_ABS(Term.DIFFERENCE_TO_READY, Total.MAGNITUDES),
    /** max |N(x)-y| for a y that is normalised already; in float64 only. */
    NORMALIZED_TO_MAX(Term.DIFFERENCE_TO_READY, Total.LARGEST),
    /** sum (N(x)-y)(N(x)+y) for a y that is normalised already; in float64 only. */
    NORMALIZED_TO_CROSS(Term.DIFFERENCE_TO_READY, Total.TIMES_SUM);

    /** What each component gives. */
    enum Term {
        /** x. */
        STATE,
        /** x - y. */
        DIFFERENCE,
        /** (x-y) - (y-z). */
        ACCELERATION,
        /** g x. */
        WEIGHTED_STATE,
        /** g (x - y). */
        WEIGHTED_DIFFERENCE,
        /** N(x) - N(y). */
        NORMALIZED_DIFFERENCE,
        /** N(x) - y. */
        DIFFERENCE_TO_READY
    }

    /** What is made of the terms. */
    enum Total {
        /** The sum of their squares. */
        SQUARES,
        /** The sum of their magnitudes. */
        MAGNITUDES,
        /** The largest magnitude. */
        LARGEST,
        /** The sum of differences, each times the other side's number. */
        TIMES_SIDE,
        /** The sum of differences, each times the sum of the same two numbers. */
        TIMES_SUM
    }

    private final Term term;
    private final Total total;

    Op(Term term, Total total) {
        this.term = term;
        this.total = total;
    }

    Term term() {
        return term;
    }

    Total total() {
        return total;
    }

    /** Whether it is worked out from the sums of others, on its own only where these do not tell. */
    public boolean isMade() {
        return this == STATE_NORM2 || this == WEIGHTED_STATE_NORM2 || this == NORMALIZED_DIFF2;
    }

    /** Whether it rests on sums of the plain reductions, as both sides or one are normalised. */
    public boolean isNormalized() {
        return isNormalizedPair() || term == Term.DIFFERENCE_TO_READY;
    }

    /** Whether both sides are normalised here, so that it rests on the sums of both. */
    public boolean isNormalizedPair() {
        return term == Term.NORMALIZED_DIFFERENCE;
    }

    /** Whether it is a sum that is 0 where both sides are equal. */
    boolean isOfDifferences() {
        return (term == Term.DIFFERENCE || term == Term.WEIGHTED_DIFFERENCE || term == Term.NORMALIZED_DIFFERENCE)
                && total != Total.LARGEST;
    }

    /** The name in the native list. */
    public String nativeName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
