package io.github.latentconvergence.bench.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Builds HTML that is well-formed XML too: what was opened is closed in turn, and text cannot become markup. */
final class Html {
    private final StringBuilder html = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens an element; names and values of its attributes take turns. */
    Html open(String tag, String... attributes) {
        html.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            html.append(' ').append(attributes[i]).append("=\"").append(escaped(attributes[i + 1])).append('"');
        }
        html.append('>');
        open.push(tag);
        return this;
    }

    Html text(String text) {
        html.append(escaped(text));
        return this;
    }

    /** What the caller knows to be sound markup or style. */
    Html raw(String markup) {
        html.append(markup);
        return this;
    }

    Html close() {
        html.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element that holds only text. */
    Html leaf(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** An element that holds nothing and, as in XML, closes itself. */
    Html empty(String tag, String... attributes) {
        open(tag, attributes);
        open.pop();
        html.setCharAt(html.length() - 1, '/');
        html.append('>');
        return this;
    }

    /** A coordinate: a tenth of a pixel is finer than anyone sees. */
    static String at(double coordinate) {
        return String.format(Locale.ROOT, "%.1f", coordinate).replaceFirst("\\.0$", "");
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("still open: " + open);
        }
        return html.toString();
    }

    /** Also replaces what no document may hold: half a surrogate pair, control characters. */
    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&#34;");
                case '\'' -> safe.append("&#39;");
                case '\n', '\t' -> safe.append((char) c);
                default -> safe.appendCodePoint(
                        c < ' ' || (c >= 0x7f && c < 0xa0) || (c >= 0xd800 && c < 0xe000) || (c & 0xfffe) == 0xfffe ? 0xfffd : c);
            }
        });
        return safe.toString();
    }
}
