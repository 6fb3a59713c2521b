package io.github.latentconvergence.cli;

import io.github.latentconvergence.ConvergenceMatrix;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A convergence matrix as comma-separated values in UTF-8, fields quoted as in RFC 4180, lines ended by a line feed. Numbers are the shortest that read back to the same
 * float64; {@code NaN}, {@code Infinity} and {@code -Infinity} are spelled so.
 */
final class MatrixCsv {
    private static final int BUFFER = 1 << 16;

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;

    private MatrixCsv(OutputStream out) {
        this.out = out;
    }

    /** A line for each cell: {@code token,text,iteration,distance,log10_distance}. */
    static void writeLong(ConvergenceMatrix matrix, List<String> tokens, OutputStream out) throws IOException {
        MatrixCsv csv = new MatrixCsv(out);
        csv.ascii("token,text,iteration,distance,log10_distance\n");
        for (int i = 0; i < matrix.tokens(); i++) {
            byte[] token = (i + "," + field(tokens.get(i)) + ",").getBytes(StandardCharsets.UTF_8);
            for (int t = 0; t < matrix.iterations(); t++) {
                csv.bytes(token);
                csv.ascii(Integer.toString(t));
                csv.ascii(",");
                csv.ascii(Double.toString(matrix.distance(i, t)));
                csv.ascii(",");
                csv.ascii(Double.toString(matrix.logDistance(i, t)));
                csv.ascii("\n");
            }
        }
        csv.flush();
    }

    /** A line for each token: {@code token,text,0,1,...}, the distances. */
    static void writeWide(ConvergenceMatrix matrix, List<String> tokens, OutputStream out) throws IOException {
        MatrixCsv csv = new MatrixCsv(out);
        csv.ascii("token,text");
        for (int t = 0; t < matrix.iterations(); t++) {
            csv.ascii("," + t);
        }
        csv.ascii("\n");
        for (int i = 0; i < matrix.tokens(); i++) {
            csv.bytes((i + "," + field(tokens.get(i))).getBytes(StandardCharsets.UTF_8));
            for (int t = 0; t < matrix.iterations(); t++) {
                csv.ascii(",");
                csv.ascii(Double.toString(matrix.distance(i, t)));
            }
            csv.ascii("\n");
        }
        csv.flush();
    }

    /** A field, in quotes where RFC 4180 asks for them. */
    static String field(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    // Cells are ASCII and there may be millions: they are copied byte by byte, without an encoder.
    @SuppressWarnings("deprecation")
    private void ascii(String text) throws IOException {
        int length = text.length();
        if (BUFFER - filled < length) {
            flush();
        }
        text.getBytes(0, length, buffer, filled);
        filled += length;
    }

    private void bytes(byte[] text) throws IOException {
        if (BUFFER - filled < text.length) {
            flush();
            if (text.length > BUFFER) {
                out.write(text);
                return;
            }
        }
        System.arraycopy(text, 0, buffer, filled, text.length);
        filled += text.length;
    }

    private void flush() throws IOException {
        out.write(buffer, 0, filled);
        filled = 0;
    }
}
