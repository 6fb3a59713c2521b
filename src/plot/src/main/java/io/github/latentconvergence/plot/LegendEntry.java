package io.github.latentconvergence.plot;

import java.util.List;
import java.util.Optional;

/**
 * One thing that a legend says.
 *
 * @param sample how it looks, if it looks like anything
 * @param text what it means
 */
record LegendEntry(Optional<Sample> sample, StyledText text) {

    /** Draws itself into a square. */
    interface Sample {
        List<Mark> in(Rect area);
    }

    static LegendEntry of(Sample sample, String text) {
        return new LegendEntry(Optional.of(sample), StyledText.EMPTY.plain(text));
    }

    static LegendEntry note(String text) {
        return new LegendEntry(Optional.empty(), StyledText.EMPTY.plain(text));
    }
}
