package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/**
 * The cells of a matrix as the page holds them: little-endian float32, base64, row by row. A measured cell is its log distance; the other kinds are numbers far outside what
 * a logarithm can be, so ordered that the larger of two cells is the one that wins where they share a pixel.
 */
final class PageCells {
    private static final float FAR = 1000;

    private PageCells() {}

    /** The number that stands for a kind that has no log distance. */
    static float code(CellKind kind) {
        return kind.compareTo(CellKind.MEASURED) < 0 ? FAR : -FAR - kind.ordinal();
    }

    /** All cells of a matrix. */
    static String base64(ConvergenceMatrix matrix) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(4 * matrix.tokens(), matrix.iterations())).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < matrix.tokens(); i++) {
            for (int t = 0; t < matrix.iterations(); t++) {
                CellKind kind = CellGrid.kind(matrix, i, t);
                bytes.putFloat(kind == CellKind.MEASURED ? (float) matrix.logDistance(i, t) : code(kind));
            }
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
