package io.github.latentconvergence.plot;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes parts of a page in which any text is safe: what is markup is escaped. */
final class Html {
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Begins an element. */
    Html begin(String element) {
        return begin(element, "");
    }

    /** Begins an element of a class; an empty one is none. */
    Html begin(String element, String ofClass) {
        out.append('<').append(element).append(ofClass.isEmpty() ? "" : " class=\"" + ofClass + "\"").append('>');
        open.push(element);
        return this;
    }

    /** Begins something that is unfolded by hand, or is unfolded already. */
    Html details(boolean unfolded) {
        out.append(unfolded ? "<details open>" : "<details>");
        open.push("details");
        return this;
    }

    /** Ends the element begun last. */
    Html end() {
        out.append("</").append(open.pop()).append(">\n");
        return this;
    }

    Html text(String text) {
        out.append(SvgWriter.escape(text));
        return this;
    }

    /** An element that holds a text. */
    Html element(String element, String text) {
        return begin(element).text(text).end();
    }

    /** The text of a token, which does not turn around what stands beside it. */
    Html token(String token) {
        begin("bdi");
        for (StyledText.Run run : TokenText.of(token).runs()) {
            if (run.style() == StyledText.Style.QUIET) {
                out.append("<span class=\"quiet\">").append(SvgWriter.escape(run.text())).append("</span>");
            } else {
                text(run.text());
            }
        }
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** Markup that was written by another writer. */
    Html markup(String written) {
        out.append(written).append('\n');
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
