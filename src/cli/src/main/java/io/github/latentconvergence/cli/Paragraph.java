package io.github.latentconvergence.cli;

import java.util.ArrayList;
import java.util.List;

/** Text for people, wrapped between words. */
final class Paragraph {
    /** Tables and text are at most so wide where nobody asked for more. */
    static final int WIDTH = 100;

    private static final int INDENT = 2;

    private Paragraph() {}

    /** Lines of at most {@link #WIDTH} columns, the second and later ones set in. Words that are wider, such as names of files, are broken. */
    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int width = 0;
        for (String word : text.strip().split("\\s+")) {
            String rest = Texts.oneLine(word);
            int needed = Texts.width(rest);
            if (width > (lines.isEmpty() ? 0 : INDENT)) {
                if (width + 1 + needed <= WIDTH) {
                    line.append(' ');
                    width++;
                } else {
                    width = broken(lines, line);
                }
            }
            while (width + needed > WIDTH) {
                int fits = fitting(rest, WIDTH - width);
                line.append(rest, 0, fits);
                rest = rest.substring(fits);
                needed = Texts.width(rest);
                width = broken(lines, line);
            }
            line.append(rest);
            width += needed;
        }
        lines.add(line.toString());
        return lines;
    }

    private static int broken(List<String> lines, StringBuilder line) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(" ".repeat(INDENT));
        return INDENT;
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
