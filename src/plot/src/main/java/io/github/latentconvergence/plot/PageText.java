package io.github.latentconvergence.plot;

import java.util.ArrayList;
import java.util.List;

/** Styled text as the page holds it: plain texts and others (quiet or raised, as the place says) by turns, plain first. */
final class PageText {
    private PageText() {}

    static List<Object> runs(StyledText text) {
        List<Object> runs = new ArrayList<>();
        for (StyledText.Run run : text.runs()) {
            boolean plain = run.style() == StyledText.Style.PLAIN;
            if (plain != (runs.size() % 2 == 0)) {
                runs.add("");
            }
            runs.add(run.text());
        }
        return runs;
    }
}
