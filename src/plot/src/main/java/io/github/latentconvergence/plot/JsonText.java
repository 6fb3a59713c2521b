package io.github.latentconvergence.plot;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/**
 * JSON that may stand inside an HTML script element: ASCII only, and without the characters that mean something to HTML. What else a text holds (line separators, broken
 * surrogates) is escaped and comes back as it was.
 */
final class JsonText {
    private static final String SPECIAL = "\"\\<>&'";

    private final StringBuilder out = new StringBuilder();

    private JsonText() {}

    /** Maps (in their order), collections, strings, numbers, booleans and null. */
    static String of(Object value) {
        JsonText json = new JsonText();
        json.write(value);
        return json.out.toString();
    }

    private void write(Object value) {
        switch (value) {
            case null -> out.append("null");
            case Map<?, ?> map -> object(map);
            case Collection<?> list -> array(list);
            case String text -> string(text);
            case Double number -> number(number);
            case Integer number -> out.append(number);
            case Long number -> out.append(number);
            case Boolean truth -> out.append(truth);
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
    }

    private void object(Map<?, ?> map) {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            string((String) entry.getKey());
            out.append(':');
            write(entry.getValue());
            separator = ",";
        }
        out.append(map.isEmpty() ? "{}" : "}");
    }

    private void array(Collection<?> list) {
        String separator = "[";
        for (Object value : list) {
            out.append(separator);
            write(value);
            separator = ",";
        }
        out.append(list.isEmpty() ? "[]" : "]");
    }

    /** JSON has no infinities and no NaN: text that says which. */
    private void number(double number) {
        if (Double.isFinite(number)) {
            out.append(number);
        } else {
            string(Double.toString(number));
        }
    }

    private void string(String text) {
        out.append('"');
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            if (c < ' ' || c > '~' || SPECIAL.indexOf(c) >= 0) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
