package io.github.latentconvergence;

import java.util.Locale;

/** How far a state x is from its reference y. The formulas that compute them near convergence are in the handbook, under numerics. */
public enum Metric {
    /** Euclidean distance, {@code sqrt(sum (x-y)^2)}. */
    L2,
    /** Euclidean distance for each component, {@code l2 / sqrt(hidden)}. */
    RMS,
    /** Euclidean distance in units of the reference's length, {@code |x-y| / |y|}. */
    RELATIVE_L2,
    /** Sum of the components' distances, {@code sum |x-y|}. */
    L1,
    /** The component that is farthest off, {@code max |x-y|}; NaN if any component is. */
    LINF,
    /** {@code 1 - x.y / (|x| |y|)}, accurate near 0; NaN where x or y is zero. */
    COSINE,
    /** The angle between x and y in units of pi, 0 to 1; NaN where x or y is zero. */
    ANGULAR,
    /** Length of the state itself, {@code |x|}; the reference is not used. */
    NORM;

    /** The name on the command line, in files and in results, for example {@code relative-l2}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The metric with this label.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static Metric ofLabel(String label) {
        return Labels.find("metric", values(), Metric::label, label);
    }
}
