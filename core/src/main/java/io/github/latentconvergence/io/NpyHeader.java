package io.github.latentconvergence.io;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** The Python dictionary of an npy header: exactly {@code descr}, {@code fortran_order} and {@code shape}. Nothing in it is ever evaluated. */
final class NpyHeader {
    /** As NumPy. */
    private static final int MAX_AXES = 64;

    private final Source source;
    private final String prefix;
    private final String text;
    private int at;

    NpyHeader(Source source, String prefix, String text) {
        this.source = source;
        this.prefix = prefix;
        this.text = text;
    }

    Npy parse(long dataOffset) throws TraceFormatException {
        String descr = "";
        boolean fortranOrder = false;
        long[] sizes = {};
        Set<String> keys = new HashSet<>();
        expect('{');
        while (!accept('}')) {
            String key = string();
            expect(':');
            if (!keys.add(key)) {
                throw error("a second key " + Printable.quoted(key), "each key once");
            }
            switch (key) {
                case "descr" -> descr = descr();
                case "fortran_order" -> fortranOrder = truth();
                case "shape" -> sizes = shape();
                default -> throw error("the key " + Printable.quoted(key), "descr, fortran_order and shape");
            }
            if (!accept(',') && peek() != '}') {
                throw unexpected("',' or '}'");
            }
        }
        if (keys.size() != 3) {
            throw error("only " + Printable.quoted(keys.stream().sorted().toList()), "descr, fortran_order and shape");
        }
        skipSpace();
        if (at < text.length()) {
            throw unexpected("nothing after the dictionary");
        }
        return new Npy(descr, fortranOrder, sizes, dataOffset);
    }

    private String descr() throws TraceFormatException {
        skipSpace();
        if (peek() == '\'' || peek() == '"') {
            String descr = string();
            return Printable.escaped(descr.length() <= 20 ? descr : descr.substring(0, 20) + "...");
        }
        skipNested();
        return "structured";
    }

    /** Record types are lists of tuples; they are passed over without recursion. */
    private void skipNested() throws TraceFormatException {
        if (peek() != '[' && peek() != '(') {
            throw unexpected("an element type in quotes");
        }
        int depth = 0;
        do {
            switch (peek()) {
                case '\'', '"' -> string();
                case '[', '(' -> {
                    depth++;
                    at++;
                }
                case ']', ')' -> {
                    depth--;
                    at++;
                }
                case 0 -> throw unexpected("the end of the element type");
                default -> at++;
            }
        } while (depth > 0);
    }

    private boolean truth() throws TraceFormatException {
        skipSpace();
        for (String word : new String[] {"True", "False"}) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return word.equals("True");
            }
        }
        throw unexpected("True or False");
    }

    private long[] shape() throws TraceFormatException {
        expect('(');
        long[] sizes = {};
        boolean comma = true;
        while (!accept(')')) {
            if (!comma) {
                throw unexpected("',' or ')'");
            }
            if (sizes.length == MAX_AXES) {
                throw error("more than " + MAX_AXES + " axes", "at most that");
            }
            sizes = Arrays.copyOf(sizes, sizes.length + 1);
            sizes[sizes.length - 1] = size();
            comma = accept(',');
        }
        if (sizes.length == 1 && !comma) {
            throw error("a number in parentheses for the shape", "a tuple such as (64, 5280)");
        }
        return sizes;
    }

    private long size() throws TraceFormatException {
        skipSpace();
        int start = at;
        if (peek() == '-') {
            at++;
        }
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        String digits = text.substring(start, at);
        if (digits.isEmpty() || digits.equals("-")) {
            throw unexpected("a whole number");
        }
        if (digits.startsWith("-")) {
            throw error("the negative size " + Printable.quoted(digits), "sizes from 1");
        }
        // Python 2 wrote 64L.
        if (peek() == 'L') {
            at++;
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException huge) {
            throw error("the size " + Printable.quoted(digits), "at most 2^63 - 1");
        }
    }

    private String string() throws TraceFormatException {
        skipSpace();
        int quote = peek();
        if (quote != '\'' && quote != '"') {
            throw unexpected("a string in quotes");
        }
        int start = ++at;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length()) {
            at = text.length();
            throw unexpected("a closing quote");
        }
        return text.substring(start, at++);
    }

    private boolean accept(char c) {
        skipSpace();
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char c) throws TraceFormatException {
        if (!accept(c)) {
            throw unexpected("'" + c + "'");
        }
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n\f".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /** The next character, or 0 at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private TraceFormatException unexpected(String expected) {
        return error(at < text.length() ? Printable.quoted(text.substring(at, at + 1)) : "the end", expected);
    }

    private TraceFormatException error(String found, String expected) {
        return source.error(prefix + "npy header, character " + at + ": found " + found + ", expected " + expected);
    }
}
