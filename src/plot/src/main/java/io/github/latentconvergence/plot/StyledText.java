package io.github.latentconvergence.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A line of text in runs of different looks. Immutable; {@code plain} and the like return a longer text. */
record StyledText(List<Run> runs) {
    /** No text. */
    static final StyledText EMPTY = new StyledText(List.of());

    /** How a run looks. */
    enum Style {
        /** As text does. */
        PLAIN,
        /** Paler: stands for something that cannot be seen, and is not part of the text. */
        QUIET,
        /** A superscript. */
        RAISED
    }

    /** Neighbouring characters of one look. */
    record Run(String text, Style style) {}

    /** Checks that no text changes later. */
    StyledText {
        runs = List.copyOf(runs);
    }

    /** Followed by plain text. */
    StyledText plain(String text) {
        return with(text, Style.PLAIN);
    }

    /** Followed by text that stands for something unseen. */
    StyledText quiet(String text) {
        return with(text, Style.QUIET);
    }

    /** Followed by a superscript. */
    StyledText raised(String text) {
        return with(text, Style.RAISED);
    }

    private StyledText with(String text, Style style) {
        List<Run> longer = new ArrayList<>(runs);
        int last = longer.size() - 1;
        if (last >= 0 && longer.get(last).style() == style) {
            longer.set(last, new Run(longer.get(last).text() + text, style));
        } else if (!text.isEmpty()) {
            longer.add(new Run(text, style));
        }
        return new StyledText(longer);
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /** The characters, without their looks. */
    String characters() {
        return runs.stream().map(Run::text).collect(Collectors.joining());
    }
}
