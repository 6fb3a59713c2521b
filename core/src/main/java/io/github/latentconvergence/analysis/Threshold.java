package io.github.latentconvergence.analysis;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Below what a distance counts as converged.
 *
 * @param kind what {@code value} is a fraction of, if of anything
 * @param value finite and above 0
 */
public record Threshold(Kind kind, double value) {
    /** 5 % of the reference's size. */
    public static final Threshold DEFAULT = new Threshold(Kind.RELATIVE, 0.05);

    /** What a threshold is measured in. */
    public enum Kind {
        /** A fraction of the reference's size in the metric's own norm; cosine, angular and relative-l2 are relative already and take the value as it is. Not for norm. */
        RELATIVE,
        /** A distance. */
        ABSOLUTE,
        /** A fraction of the token's own distance at position 0. */
        OF_START;

        /** The name on the command line and in results, for example {@code of-start}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /**
         * The kind with this label.
         *
         * @throws IllegalArgumentException if there is none; the message lists those there are
         */
        public static Kind ofLabel(String label) {
            return Arrays.stream(values()).filter(k -> k.label().equals(label)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown threshold kind '" + label + "': expected one of "
                            + Arrays.stream(values()).map(Kind::label).collect(Collectors.joining(", "))));
        }
    }

    /** @throws IllegalArgumentException unless {@code value} is finite and above 0 */
    public Threshold {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("threshold " + value + ": expected a finite number above 0");
        }
    }

    @Override
    public String toString() {
        return value + " " + kind.label();
    }
}
