package io.github.latentconvergence.cli;

import java.util.Locale;

/** Text that comes from files and must not get out of hand: token texts, names and messages may hold anything. */
final class Texts {
    private static final char REPLACEMENT = '\uFFFD';
    private static final String CUT = "...";
    /** Below are the letters of Western languages, all of one column. */
    private static final int FIRST_MARK = 0x300;
    /** First and last of: Hangul initials, angle brackets, CJK from radicals to Yi, Hangul, compatibility forms, full-width forms, pictures, rare ideographs. */
    private static final int[][] WIDE = {{0x1100, 0x115f}, {0x2329, 0x232a}, {0x2e80, 0xa4cf}, {0xac00, 0xd7a3}, {0xf900, 0xfaff},
        {0xfe10, 0xfe19}, {0xfe30, 0xfe6f}, {0xff01, 0xff60}, {0xffe0, 0xffe6}, {0x1f000, 0x1fbff}, {0x20000, 0x3fffd}};

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
        if (c < FIRST_MARK) {
            return 1;
        }
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
            default -> isWide(c) ? 2 : 1;
        };
    }

    private static boolean isWide(int c) {
        for (int[] range : WIDE) {
            if (c >= range[0] && c <= range[1]) {
                return true;
            }
        }
        return Character.isEmojiPresentation(c);
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
