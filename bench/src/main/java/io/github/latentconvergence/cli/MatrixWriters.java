package io.github.latentconvergence.cli;

import io.github.latentconvergence.ConvergenceMatrix;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** For benchmarks: the command line program's writers by format. */
public final class MatrixWriters {
    private MatrixWriters() {}

    /**
     * Writes a matrix as the command {@code matrix} does.
     *
     * @param format {@code csv}, {@code npy} or {@code json}
     */
    public static void write(String format, ConvergenceMatrix matrix, List<String> tokens, OutputStream out) throws IOException {
        switch (MatrixFormat.ofLabel(format)) {
            case CSV -> MatrixCsv.writeLong(matrix, tokens, out);
            case NPY -> MatrixNpy.write(matrix, out);
            case JSON -> MatrixJson.write(matrix, tokens, out);
        }
    }
}
