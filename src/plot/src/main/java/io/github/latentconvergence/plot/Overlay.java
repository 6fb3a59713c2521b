package io.github.latentconvergence.plot;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What of an analysis is drawn over the cells of a heatmap. */
public enum Overlay {
    /** The convergence step of each token: a line at the left edge of its column. Where tokens share a row, the latest; none if one of them did not converge. */
    STEP,
    /**
     * The arithmetic floor: hatches the cells from a token's floor step on that are no farther than the plateau of its distances. Where several share a cell, all of them are.
     */
    FLOOR,
    /** Slow and fast bands: brackets at the right, with the robust z-score of the token that stands out most. */
    BAND,
    /** Lines between segments. */
    SEGMENTS;

    /** The name on the command line: {@code step}, {@code floor}, {@code band} or {@code segments}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The overlay with this label.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static Overlay ofLabel(String label) {
        return Arrays.stream(values()).filter(o -> o.label().equals(label)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown overlay '" + label + "': expected one of "
                        + Arrays.stream(values()).map(Overlay::label).collect(Collectors.joining(", "))));
    }
}
