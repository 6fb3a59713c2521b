package io.github.latentconvergence.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Comma-separated values of results, spelled as {@link MatrixCsv} spells a matrix: RFC 4180 in UTF-8; a field is empty where there is no value. */
final class CsvLines {
    private final OutputStream out;

    CsvLines(OutputStream out) {
        this.out = out;
    }

    void line(List<String> fields) throws IOException {
        String line = fields.stream().map(f -> MatrixCsv.field(Texts.wellFormed(f))).collect(Collectors.joining(",", "", "\n"));
        out.write(line.getBytes(StandardCharsets.UTF_8));
    }

    static String number(OptionalInt number) {
        return number.isPresent() ? Integer.toString(number.getAsInt()) : "";
    }

    static String number(OptionalDouble number) {
        return number.isPresent() ? Double.toString(number.getAsDouble()) : "";
    }
}
