package io.github.latentconvergence.cli;

import java.util.Locale;

/** Text that comes from files and must not get out of hand: token texts, names and messages may hold anything. */
final class Texts {
    private static final char REPLACEMENT = '\uFFFD';
    private static final String CUT = "...";

    private Texts() {}

    /** The text on one line: control characters, line breaks among them, are written as escapes. */
    static String oneLine(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 2);
        wellFormed(text).codePoints().forEach(c -> safe.append(escaped(c, false)));
        return safe.toString();
    }

    /** The text in double quotes, everything that could not be seen or would move the cursor as escapes. */
    static String quoted(String text) {
        return quoted(text, Integer.MAX_VALUE);
    }

    /** As {@link #quoted(String)}, at most {@code columns} wide (5 or more): of a longer text the beginning, three dots after the quotes. */
    static String quoted(String text, int columns) {
        // Marks that take no column of their own may be piled up without end.
        int most = (int) Math.min(text.length(), 4L * columns);
        String start = wellFormed(most == text.length() ? text : text.substring(0, most));
        StringBuilder safe = new StringBuilder().append('"');
        int width = 2;
        int fits = 1;
        for (int i = 0; i < start.length(); i = start.offsetByCodePoints(i, 1)) {
            String next = escaped(start.codePointAt(i), true);
            width += width(next);
            if (width > columns) {
                return cut(safe, fits);
            }
            safe.append(next);
            if (width + CUT.length() <= columns) {
                fits = safe.length();
            }
        }
        return most < text.length() ? cut(safe, fits) : safe.append('"').toString();
    }

    private static String cut(StringBuilder quoted, int length) {
        quoted.setLength(length);
        return quoted.append('"').append(CUT).toString();
    }

    /** How many columns of a terminal the text takes. */
    static int width(String text) {
        return text.codePoints().map(Texts::width).sum();
    }

    /** East Asian characters and emoji take two columns, marks that are set onto others none. */
    private static int width(int c) {
        if (c < 0x300) {
            return 1;
        }
        if (c >= 0xff61 && c <= 0xffdc) {
            return 1; // the half-width forms among them
        }
        boolean wide = Character.isEmojiPresentation(c) || (c >= 0x3000 && c <= 0x303e) || (c >= 0xff01 && c <= 0xffe6);
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
            default -> wide || isEastAsian(c) ? 2 : 1;
        };
    }

    private static boolean isEastAsian(int c) {
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, YI -> true;
            default -> false;
        };
    }

    private static String escaped(int c, boolean inQuotes) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '"', '\\' -> (inQuotes ? "\\" : "") + Character.toString(c);
            default -> disturbs(c) ? String.format(Locale.ROOT, c < 0x10000 ? "\\u%04x" : "\\U%08x", c) : Character.toString(c);
        };
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
