package io.github.latentconvergence.plot;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Writes XML in which any text is safe: what is markup is escaped, what XML 1.0 does not allow is replaced. */
final class SvgWriter {
    private static final int REPLACEMENT = 0xfffd;

    private final StringBuilder out;
    private final Deque<String> open = new ArrayDeque<>();
    private boolean inTag;

    private SvgWriter(String start) {
        this.out = new StringBuilder(start);
    }

    /** A file of its own. */
    static SvgWriter document() {
        return new SvgWriter("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    }

    /** A part of a page. */
    static SvgWriter fragment() {
        return new SvgWriter("");
    }

    /** Begins an element; its {@link #with attributes} follow, then what is in it, then {@link #end}. */
    SvgWriter begin(String element) {
        closeTag();
        out.append('<').append(element);
        open.push(element);
        inTag = true;
        return this;
    }

    /** An attribute of the element just begun. */
    SvgWriter with(String attribute, String value) {
        out.append(' ').append(attribute).append("=\"").append(escape(value)).append('"');
        return this;
    }

    /** A number, to a hundredth. */
    SvgWriter with(String attribute, double value) {
        return with(attribute, number(value));
    }

    /** A colour, {@code 0xrrggbb}, or {@link Ink#NONE}. */
    SvgWriter withColor(String attribute, int rgb) {
        return with(attribute, rgb == Ink.NONE ? "none" : String.format(Locale.ROOT, "#%06x", rgb));
    }

    /** Text in the element. */
    SvgWriter text(String text) {
        closeTag();
        out.append(escape(text));
        return this;
    }

    /** Ends the element begun last. */
    SvgWriter end() {
        String element = open.pop();
        if (inTag) {
            out.append("/>");
            inTag = false;
        } else {
            out.append("</").append(element).append('>');
        }
        // White space within a text would be seen.
        if (!element.equals("tspan")) {
            out.append('\n');
        }
        return this;
    }

    private void closeTag() {
        if (inTag) {
            out.append('>');
            inTag = false;
        }
    }

    /** A number to a hundredth, as short as it goes, the same in all languages. */
    static String number(double value) {
        long hundredths = Math.round(value * 100);
        String text = (hundredths < 0 ? "-" : "") + Math.abs(hundredths) / 100;
        long rest = Math.abs(hundredths) % 100;
        return rest == 0 ? text : text + "." + (rest % 10 == 0 ? Long.toString(rest / 10) : (rest < 10 ? "0" : "") + rest);
    }

    static String escape(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isAllowed(point) ? point : REPLACEMENT);
            }
        });
        return safe.toString();
    }

    /** Char of XML 1.0, but for the line ends and the tab, which readers change in attributes. */
    private static boolean isAllowed(int point) {
        return point >= 0x20 && (point < 0xd800 || point > 0xdfff) && point != 0xfffe && point != 0xffff;
    }

    /** The document so far. */
    @Override
    public String toString() {
        return out.toString();
    }
}
