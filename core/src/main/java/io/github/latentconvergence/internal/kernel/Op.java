package io.github.latentconvergence.internal.kernel;

import java.util.Locale;

/**
 * The reductions, in the order of the native list {@code kernels.def}; that both sides agree is checked when the library is loaded. x is a state, y the other side, N
 * RMSNorm.
 */
public enum Op {
    /** sum (x-y)^2. */
    DIFF2,
    /** sum |x-y|. */
    ABS_DIFF,
    /** max |x-y|, NaN if any is. */
    MAX_DIFF,
    /** sum (x-y)(x+y), which is |x|^2 - |y|^2 without cancellation. */
    CROSS,
    /** sum x^2. */
    NORM2,
    /** max |x|, NaN if any is. */
    MAX_ABS,
    /** sum y^2. */
    SIDE_NORM2,
    /** sum ((x-y)-(y-z))^2, y the state before x and z the one before y. */
    ACCEL2,
    /** sum (N(x)-N(y))^2. */
    NORMALIZED_DIFF2,
    /** sum |N(x)-N(y)|. */
    NORMALIZED_ABS_DIFF,
    /** max |N(x)-N(y)|. */
    NORMALIZED_MAX_DIFF,
    /** sum (N(x)-N(y))(N(x)+N(y)). */
    NORMALIZED_CROSS,
    /** sum N(x)^2. */
    NORMALIZED_NORM2,
    /** sum (N(x)-y)^2 for a y that is normalised already; in float64 only. */
    NORMALIZED_TO,
    /** sum |N(x)-y| for a y that is normalised already; in float64 only. */
    NORMALIZED_TO_ABS,
    /** max |N(x)-y| for a y that is normalised already; in float64 only. */
    NORMALIZED_TO_MAX,
    /** sum (N(x)-y)(N(x)+y) for a y that is normalised already; in float64 only. */
    NORMALIZED_TO_CROSS;

    /** Whether only the state itself takes part. */
    public boolean isAlone() {
        return this == NORM2 || this == MAX_ABS || this == NORMALIZED_NORM2;
    }

    /** Whether it rests on sums of the plain reductions. */
    public boolean isNormalized() {
        return ordinal() >= NORMALIZED_DIFF2.ordinal();
    }

    /** Whether both sides are normalised here, so that it rests on the sums of both. */
    public boolean isNormalizedPair() {
        return ordinal() >= NORMALIZED_DIFF2.ordinal() && ordinal() <= NORMALIZED_CROSS.ordinal();
    }

    /** The name in the native list. */
    public String nativeName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
