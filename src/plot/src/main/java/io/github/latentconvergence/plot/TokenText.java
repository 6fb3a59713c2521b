package io.github.latentconvergence.plot;

import java.util.Locale;

/**
 * The text of a token as a label: what can be seen as it is, what cannot made visible but quiet. A space is a pale {@code ␣}, a line feed {@code ↵}, a tab {@code →}, an
 * empty token {@code (empty)}, everything else without a shape its escape ({@code \}{@code u200e}). Control, formatting and broken characters never reach the text
 * engine, so a token cannot turn its neighbours around or hide.
 */
final class TokenText {
    /** Code points shown of a long token. */
    static final int LONGEST = 40;

    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;
    private static final int VARIATION_SELECTOR_16 = 0xfe0f;

    private TokenText() {}

    /** The label of a token, its middle left out if it is long. */
    static StyledText of(String token) {
        return of(token, LONGEST);
    }

    /** The label of a token, of at most {@code longest} code points and the ellipsis in their middle. */
    static StyledText of(String token, int longest) {
        return token.isEmpty() ? StyledText.EMPTY.quiet("(empty)") : of(token, longest, false);
    }

    /** Prose, such as a title: the same but for its spaces, which are spaces. */
    static StyledText sentence(String prose, int longest) {
        return of(prose, longest, true);
    }

    private static StyledText of(String token, int longest, boolean spaces) {
        int[] points = token.codePoints().toArray();
        int head = points.length <= longest ? points.length : Math.ceilDiv(longest, 2);
        int tail = points.length <= longest ? points.length : points.length - longest / 2;
        StyledText label = append(StyledText.EMPTY, points, 0, head, spaces);
        return head == tail ? label : append(label.quiet("…"), points, tail, points.length, spaces);
    }

    private static StyledText append(StyledText label, int[] points, int from, int to, boolean spaces) {
        StyledText longer = label;
        StringBuilder seen = new StringBuilder();
        for (int k = from; k < to; k++) {
            boolean afterLetter = k > from && points[k - 1] > 0x7f && !isBlank(points[k - 1]);
            if (isSeen(points[k]) || (spaces && points[k] == ' ') || (afterLetter && shapesItsNeighbours(points[k]))) {
                seen.appendCodePoint(points[k]);
            } else {
                longer = longer.plain(seen.toString()).quiet(standIn(points[k]));
                seen.setLength(0);
            }
        }
        return longer.plain(seen.toString());
    }

    /** Joiners are part of how Persian, Indic scripts and emoji are written; on their own they are invisible. */
    private static boolean shapesItsNeighbours(int point) {
        return point == ZERO_WIDTH_NON_JOINER || point == ZERO_WIDTH_JOINER || point == VARIATION_SELECTOR_16;
    }

    private static boolean isSeen(int point) {
        return !isBlank(point) && switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> false;
            default -> point != VARIATION_SELECTOR_16;
        };
    }

    private static boolean isBlank(int point) {
        return Character.isSpaceChar(point) || Character.isWhitespace(point);
    }

    private static String standIn(int point) {
        return switch (point) {
            case ' ' -> "␣";
            case '\n' -> "↵";
            case '\t' -> "→";
            case '\r' -> "\\r";
            default -> point <= 0xffff ? String.format(Locale.ROOT, "\\u%04x", point) : String.format(Locale.ROOT, "\\u{%x}", point);
        };
    }
}
