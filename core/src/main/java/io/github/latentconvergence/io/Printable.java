package io.github.latentconvergence.io;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** What a file holds, made fit for a one-line message: nothing in it can break the line, drive a terminal or be endless. */
final class Printable {
    private static final int LONGEST = 80;
    private static final int MOST = 8;

    private Printable() {}

    /** Control, format, line-breaking and unpaired characters as escapes. */
    static String escaped(String text) {
        if (text.codePoints().noneMatch(Printable::unprintable)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (unprintable(c)) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    private static boolean unprintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** In single quotes, cut short where it is long. */
    static String quoted(String text) {
        return "'" + escaped(text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...") + "'";
    }

    /** The first few, in single quotes. */
    static String quoted(Collection<String> texts) {
        String first = texts.stream().limit(MOST).map(Printable::quoted).collect(Collectors.joining(", "));
        return texts.size() <= MOST ? first : first + " and " + (texts.size() - MOST) + " more";
    }

    /** Like {@code [65][29][5280]}; {@code []} for a single number. */
    static String shape(long... sizes) {
        if (sizes.length == 0) {
            return "[]";
        }
        String first = Arrays.stream(sizes).limit(MOST).mapToObj(s -> "[" + s + "]").collect(Collectors.joining());
        return sizes.length <= MOST ? first : first + "... (" + sizes.length + " axes)";
    }
}
