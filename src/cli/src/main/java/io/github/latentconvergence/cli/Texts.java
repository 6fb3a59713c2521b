package io.github.latentconvergence.cli;

import java.util.Locale;

/** Text that comes from files and must not get out of hand: token texts, names and messages may hold anything. */
final class Texts {
    private static final char REPLACEMENT = '\uFFFD';

    private Texts() {}

    /** The text on one line: control characters, line breaks among them, are written as escapes. */
    static String oneLine(String text) {
        return escaped(text, false);
    }

    /** The text in double quotes, everything that could not be seen or would move the cursor as escapes. */
    static String quoted(String text) {
        return '"' + escaped(text, true) + '"';
    }

    private static String escaped(String text, boolean inQuotes) {
        StringBuilder safe = new StringBuilder(text.length() + 2);
        wellFormed(text).codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> safe.append("\\n");
                case '\r' -> safe.append("\\r");
                case '\t' -> safe.append("\\t");
                case '"', '\\' -> safe.append(inQuotes ? "\\" : "").appendCodePoint(c);
                default -> {
                    if (disturbs(c)) {
                        safe.append(String.format(Locale.ROOT, c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
                    } else {
                        safe.appendCodePoint(c);
                    }
                }
            }
        });
        return safe.toString();
    }

    /** Control and format characters: escape sequences for terminals, marks that turn the direction of writing. */
    private static boolean disturbs(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** The text with every half of a surrogate pair that stands alone replaced: it cannot be written as UTF-8. */
    static String wellFormed(String text) {
        StringBuilder repaired = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            if (repaired == null) {
                repaired = new StringBuilder(text);
            }
            repaired.setCharAt(i, REPLACEMENT);
        }
        return repaired == null ? text : repaired.toString();
    }
}
