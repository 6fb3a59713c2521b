package io.github.latentconvergence.cli;

import java.util.ArrayList;
import java.util.List;

/** Text for people, wrapped between words. */
final class Paragraph {
    /** Tables and text are at most so wide where nobody asked for more. */
    static final int WIDTH = 100;

    private static final String INDENT = "  ";

    private final List<String> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private boolean startsLine = true;

    /** Adds words. */
    Paragraph text(String words) {
        for (String word : words.strip().split("\\s+", -1)) {
            whole(word);
        }
        return this;
    }

    /** Adds what is not to be broken, even at a space: a quoted text, the name of a file. What is wider than a line is broken all the same. */
    Paragraph whole(String unit) {
        String rest = Texts.oneLine(unit);
        if (!startsLine && width() + 1 + Texts.width(rest) > WIDTH) {
            breakLine();
        }
        if (!startsLine) {
            line.append(' ');
        }
        while (width() + Texts.width(rest) > WIDTH) {
            int fits = fitting(rest, WIDTH - width());
            line.append(rest, 0, fits);
            rest = rest.substring(fits);
            breakLine();
        }
        line.append(rest);
        startsLine = false;
        return this;
    }

    /** Lines of at most {@link #WIDTH} columns, the second and later ones set in. */
    List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        all.add(line.toString());
        return all;
    }

    private int width() {
        return Texts.width(line.toString());
    }

    private void breakLine() {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
        line.append(INDENT);
        startsLine = true;
    }

    /** How many characters of {@code word} fit into so many columns. */
    private static int fitting(String word, int columns) {
        int end = 0;
        int width = 0;
        while (end < word.length()) {
            int next = word.offsetByCodePoints(end, 1);
            width += Texts.width(word.substring(end, next));
            if (width > columns) {
                break;
            }
            end = next;
        }
        return end;
    }
}
