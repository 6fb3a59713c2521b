package io.github.latentconvergence.internal.kernel;

import java.util.Locale;

/**
 * The reductions, in the order of the native list {@code kernels.def}; that both sides agree is checked when the library is loaded. x is a state, y the other side, N
 * RMSNorm.
 */
public enum Op {
    /** sum (x-y)^2. */
    DIFF2,
    /** sum x^2. */
    NORM2,
    /** sum y^2. */
    SIDE_NORM2,
    /** sum (x-y)(x+y), which is |x|^2 - |y|^2 without cancellation. */
    CROSS,
    /** max |x-y|, NaN if any is. */
    MAX_DIFF,
    /** sum (N(x)-N(y))^2. */
    NORMALIZED_DIFF2,
    /** sum N(x)^2. */
    NORMALIZED_NORM2,
    /** sum (N(x)-y)^2 for a y that is normalised already; in float64 only. */
    NORMALIZED_TO,
    /** sum (N(x)-N(y))(N(x)+N(y)). */
    NORMALIZED_CROSS,
    /** sum (N(x)-y)(N(x)+y) for a y that is normalised already; in float64 only. */
    NORMALIZED_TO_CROSS;

    /** Whether only the state itself takes part. */
    public boolean isAlone() {
        return this == NORM2 || this == NORMALIZED_NORM2;
    }

    /** Whether it rests on sums of the plain reductions. */
    public boolean isNormalized() {
        return isNormalizedPair() || this == NORMALIZED_NORM2 || this == NORMALIZED_TO || this == NORMALIZED_TO_CROSS;
    }

    /** Whether both sides are normalised here, so that it rests on the sums of both. */
    public boolean isNormalizedPair() {
        return this == NORMALIZED_DIFF2 || this == NORMALIZED_CROSS;
    }

    /** The name in the native list. */
    public String nativeName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
