package io.github.latentconvergence.io;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The text of every token, from the metadata or from a file beside the trace: a list for all sequences, or one for each. */
final class TokenTexts {
    /** As for strings in a header. */
    private static final long MAX_FILE = JsonParser.MAX_TEXT;

    private final Path file;
    private final String what;
    private final long batches;
    private final long tokens;

    private TokenTexts(Path file, String what, long batches, long tokens) {
        this.file = file;
        this.what = what;
        this.batches = batches;
        this.tokens = tokens;
    }

    static List<List<String>> ofMetadata(Path trace, String json, long batches, long tokens) throws TraceFormatException {
        return new TokenTexts(trace, "metadata 'tokens'", batches, tokens)
                .json(MemorySegment.ofArray(json.getBytes(StandardCharsets.UTF_8)));
    }

    static List<List<String>> ofFile(Path file, long batches, long tokens) throws IOException {
        Source.requireReadable(file);
        long size = Files.size(file);
        if (size > MAX_FILE) {
            throw new TraceFormatException(file, "found " + size + " bytes, expected token texts of at most " + MAX_FILE);
        }
        byte[] bytes = Files.readAllBytes(file);
        TokenTexts texts = new TokenTexts(file, "token texts", batches, tokens);
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".json")) {
            return texts.json(MemorySegment.ofArray(bytes));
        }
        if (name.endsWith(".txt")) {
            return List.of(texts.checked(texts.lines(bytes)));
        }
        throw new TraceFormatException(file,
                "found another extension, expected token texts as .json (an array of strings) or .txt (one a line)");
    }

    private List<List<String>> json(MemorySegment bytes) throws TraceFormatException {
        if (!(JsonParser.parse(file, what, bytes) instanceof Json.Array array)) {
            throw error("found no array, expected an array of strings");
        }
        if (array.values().isEmpty() || array.values().getFirst() instanceof Json.Text) {
            return List.of(strings(array));
        }
        if (array.values().size() != batches) {
            throw error("found " + array.values().size() + " elements that are not strings, expected an array of " + tokens
                    + " strings" + (batches > 1 ? ", or " + batches + " arrays of so many" : ""));
        }
        List<List<String>> sequences = new ArrayList<>();
        for (Json sequence : array.values()) {
            if (!(sequence instanceof Json.Array one)) {
                throw error("found " + sequence.kind() + ", expected an array of strings for each of the " + batches + " sequence(s)");
            }
            sequences.add(strings(one));
        }
        return List.copyOf(sequences);
    }

    private List<String> strings(Json.Array array) throws TraceFormatException {
        List<String> strings = new ArrayList<>(array.values().size());
        for (Json value : array.values()) {
            if (!(value instanceof Json.Text text)) {
                throw error("found " + value.kind() + " at " + strings.size() + ", expected a string");
            }
            strings.add(text.value());
        }
        return checked(strings);
    }

    /** Lines end with LF or CR LF; the last may go without. */
    private List<String> lines(byte[] bytes) throws TraceFormatException {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException invalid) {
            throw error("found invalid UTF-8, expected UTF-8");
        }
        String whole = text.startsWith("\ufeff") ? text.substring(1) : text;
        List<String> lines = new ArrayList<>();
        for (int at = 0; at < whole.length();) {
            int end = whole.indexOf('\n', at);
            end = end < 0 ? whole.length() : end;
            int cut = end > at && whole.charAt(end - 1) == '\r' ? end - 1 : end;
            lines.add(whole.substring(at, cut));
            at = end + 1;
        }
        return lines;
    }

    private List<String> checked(List<String> strings) throws TraceFormatException {
        if (strings.size() != tokens) {
            throw error("found " + strings.size() + " token texts, expected " + tokens);
        }
        return List.copyOf(strings);
    }

    private TraceFormatException error(String problem) {
        return new TraceFormatException(file, what + ": " + problem);
    }
}
