package io.github.latentconvergence.analysis;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers and lists as they are read in a sentence. */
final class Phrases {
    private static final int NAMED = 4;
    private static final int LONGEST = 24;

    private Phrases() {}

    /** Three digits that matter, plainly where that is short. */
    static String number(double value) {
        if (!Double.isFinite(value) || value == 0) {
            return value == 0 ? "0" : String.valueOf(value);
        }
        boolean plain = Math.abs(value) >= 1e-4 && Math.abs(value) < 1e5;
        return plain
                ? new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString()
                : String.format(Locale.ROOT, "%.2e", value);
    }

    static String percent(double share) {
        return number(100 * share) + " %";
    }

    static String tokens(int count) {
        return count + (count == 1 ? " token" : " tokens");
    }

    /** A verb with one token, or with several. */
    static String verb(int count, String one, String many) {
        return count == 1 ? one : many;
    }

    /** {@code all 6 tokens}, {@code 4 of 6 tokens}. */
    static String of(int count, int all) {
        return count == all ? all == 1 ? "the token" : "all " + tokens(all) : count + " of " + tokens(all);
    }

    /** A text as it can stand in a sentence. */
    static String quoted(String text) {
        String line = text.strip().codePoints().map(c -> Character.isWhitespace(c) || Character.isISOControl(c) ? ' ' : c)
                .limit(LONGEST + 1L).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return '"'
                + (line.codePointCount(0, line.length()) > LONGEST
                        ? line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "\u2026"
                        : line)
                + '"';
    }

    /** {@code 0 "a" and 37 "b"}; of many the first few. */
    static String names(List<TokenAnalysis> tokens) {
        List<String> named = tokens.stream().limit(NAMED).map(t -> t.index() + " " + quoted(t.text())).collect(Collectors.toList());
        if (tokens.size() > NAMED) {
            return String.join(", ", named) + " and " + (tokens.size() - NAMED) + " more";
        }
        String last = named.removeLast();
        return named.isEmpty() ? last : String.join(", ", named) + " and " + last;
    }

    static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
