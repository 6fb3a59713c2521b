package io.github.latentconvergence.cli;

import io.github.latentconvergence.ConvergenceMatrix;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The distances of a convergence matrix as a NumPy array: format 1.0, little-endian float64, C order, {@code [tokens][iterations]}. */
final class MatrixNpy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    /** NumPy pads so that the data is aligned in a mapped file. */
    private static final int ALIGNMENT = 64;

    private MatrixNpy() {}

    static void write(ConvergenceMatrix matrix, OutputStream out) throws IOException {
        out.write(header(matrix.tokens(), matrix.iterations()));
        ByteBuffer row = ByteBuffer.allocate(Math.multiplyExact(matrix.iterations(), Double.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < matrix.tokens(); i++) {
            row.clear();
            for (int t = 0; t < matrix.iterations(); t++) {
                row.putDouble(matrix.distance(i, t));
            }
            out.write(row.array());
        }
    }

    private static byte[] header(int tokens, int iterations) {
        String text = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + tokens + ", " + iterations + "), }";
        int before = MAGIC.length + Short.BYTES;
        int padding = Math.floorMod(-(before + text.length() + 1), ALIGNMENT);
        String padded = text + " ".repeat(padding) + "\n";
        return ByteBuffer.allocate(before + padded.length()).order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putShort((short) padded.length())
                .put(padded.getBytes(StandardCharsets.US_ASCII))
                .array();
    }
}
