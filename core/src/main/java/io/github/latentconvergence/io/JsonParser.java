package io.github.latentconvergence.io;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * RFC 8259, strictly: no comments, no trailing commas, no duplicate keys, no invalid UTF-8 or unpaired surrogate, nothing but white space after the value. The text
 * is hostile: depth, number of values and bytes of strings are limited, so that neither the stack nor a small heap can be exhausted.
 */
final class JsonParser {
    /** A header nests 3 deep. */
    static final int MAX_DEPTH = 32;
    /** So many members of one object take about 100 MB of heap. */
    static final int MAX_VALUES = 1 << 19;
    /** All strings together, in bytes. */
    static final int MAX_TEXT = 1 << 24;
    private static final int MAX_DIGITS = 40;

    private final Path file;
    private final String what;
    private final MemorySegment bytes;
    private long at;
    private int depth;
    private int values;
    private long text;

    private JsonParser(Path file, String what, MemorySegment bytes) {
        this.file = file;
        this.what = what;
        this.bytes = bytes;
    }

    /** @param what the text is, for messages, such as {@code header} */
    static Json parse(Path file, String what, MemorySegment bytes) throws TraceFormatException {
        JsonParser parser = new JsonParser(file, what, bytes);
        Json value = parser.value();
        parser.skipSpace();
        if (parser.at < bytes.byteSize()) {
            throw parser.unexpected("nothing after the JSON value");
        }
        return value;
    }

    private Json value() throws TraceFormatException {
        if (++values > MAX_VALUES) {
            throw error("more than " + MAX_VALUES + " values, expected fewer");
        }
        skipSpace();
        return switch (peek()) {
            case '{' -> members();
            case '[' -> array();
            case '"' -> new Json.Text(string());
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw unexpected("a JSON value");
        };
    }

    private Json members() throws TraceFormatException {
        enter();
        Map<String, Json> members = new LinkedHashMap<>();
        if (!accept('}')) {
            do {
                skipSpace();
                if (peek() != '"') {
                    throw unexpected("a key in double quotes");
                }
                String key = string();
                skipSpace();
                expect(':');
                if (members.containsKey(key)) {
                    throw error("duplicate key " + Printable.quoted(key) + ", expected each key once");
                }
                members.put(key, value());
            } while (another('}'));
        }
        depth--;
        return new Json.Members(members);
    }

    private Json array() throws TraceFormatException {
        enter();
        List<Json> elements = new ArrayList<>();
        if (!accept(']')) {
            do {
                elements.add(value());
            } while (another(']'));
        }
        depth--;
        return new Json.Array(elements);
    }

    private void enter() throws TraceFormatException {
        at++;
        if (++depth > MAX_DEPTH) {
            throw error("nested deeper than " + MAX_DEPTH + ", expected at most that");
        }
    }

    private boolean accept(char c) {
        skipSpace();
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    private boolean another(char close) throws TraceFormatException {
        if (accept(',')) {
            return true;
        }
        if (accept(close)) {
            return false;
        }
        throw unexpected("',' or '" + close + "'");
    }

    private Json literal(String literal) throws TraceFormatException {
        for (int i = 0; i < literal.length(); i++) {
            expect(literal.charAt(i));
        }
        return new Json.Literal(literal);
    }

    private Json number() throws TraceFormatException {
        StringBuilder digits = new StringBuilder();
        take(digits, "-");
        boolean zero = peek() == '0';
        int whole = take(digits, "0123456789");
        if (whole == 0 || (zero && whole > 1)) {
            throw unexpected("a number as JSON writes it, without leading zeros");
        }
        if (take(digits, ".") > 0 && take(digits, "0123456789") == 0) {
            throw unexpected("a digit after the decimal point");
        }
        if (take(digits, "eE") > 0) {
            take(digits, "+-");
            if (take(digits, "0123456789") == 0) {
                throw unexpected("a digit of the exponent");
            }
        }
        return new Json.Numeral(digits.toString());
    }

    /** Takes digits while there are any; of other characters at most one. */
    private int take(StringBuilder out, String allowed) throws TraceFormatException {
        int taken = 0;
        while (allowed.indexOf(peek()) >= 0 && (taken == 0 || allowed.startsWith("0"))) {
            if (out.length() == MAX_DIGITS) {
                throw error("a number of more than " + MAX_DIGITS + " characters, expected a 64-bit number");
            }
            out.append((char) peek());
            at++;
            taken++;
        }
        return taken;
    }

    private String string() throws TraceFormatException {
        long start = at++;
        ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
        for (int c = peek(); c != '"'; c = peek()) {
            if (c < ' ') {
                throw unexpected("a closing double quote, control characters escaped");
            }
            if (++text > MAX_TEXT) {
                throw error("more than " + MAX_TEXT + " bytes of strings, expected fewer");
            }
            at++;
            if (c == '\\') {
                utf8.writeBytes(Character.toString(escape()).getBytes(StandardCharsets.UTF_8));
            } else {
                utf8.write(c);
            }
        }
        at++;
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8.toByteArray())).toString();
        } catch (CharacterCodingException invalid) {
            at = start;
            throw error("a string with invalid UTF-8, expected valid UTF-8");
        }
    }

    private int escape() throws TraceFormatException {
        int c = peek();
        switch (c) {
            case '"', '\\', '/' -> at++;
            case 'b', 'f', 'n', 'r', 't' -> {
                at++;
                return "\b\f\n\r\t".charAt("bfnrt".indexOf(c));
            }
            case 'u' -> {
                at++;
                return codePoint();
            }
            default -> throw unexpected("one of \"\\/bfnrtu after a backslash");
        }
        return c;
    }

    private int codePoint() throws TraceFormatException {
        int high = hex4();
        if (!Character.isSurrogate((char) high)) {
            return high;
        }
        if (Character.isHighSurrogate((char) high) && peek() == '\\') {
            at++;
            expect('u');
            int low = hex4();
            if (Character.isLowSurrogate((char) low)) {
                return Character.toCodePoint((char) high, (char) low);
            }
        }
        throw error("an unpaired surrogate \\u" + Integer.toHexString(high) + ", expected a pair");
    }

    private int hex4() throws TraceFormatException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = peek() > 'f' ? -1 : Character.digit(peek(), 16);
            if (digit < 0) {
                throw unexpected("four hexadecimal digits");
            }
            value = (value << 4) | digit;
            at++;
        }
        return value;
    }

    private void expect(char c) throws TraceFormatException {
        if (peek() != c) {
            throw unexpected("'" + c + "'");
        }
        at++;
    }

    private void skipSpace() {
        while (" \t\n\r".indexOf(peek()) >= 0) {
            at++;
        }
    }

    /** The next byte, 0 to 255, or -1 at the end. */
    private int peek() {
        return at < bytes.byteSize() ? bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff : -1;
    }

    private TraceFormatException unexpected(String expected) {
        int c = peek();
        String found = c < 0 ? "the end" : c > ' ' && c < 0x7f ? "'" + (char) c + "'" : String.format("byte 0x%02x", c);
        return error(found + ", expected " + expected);
    }

    private TraceFormatException error(String problem) {
        return new TraceFormatException(file, what + ", byte " + at + ": found " + problem);
    }
}
