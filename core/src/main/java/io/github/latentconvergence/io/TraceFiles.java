package io.github.latentconvergence.io;

import java.io.IOException;
import java.nio.file.Path;

/** Opens traces. */
public final class TraceFiles {
    private TraceFiles() {}

    /** Opens a trace with nothing said beside the file. */
    public static Trace open(Path file) throws IOException {
        if (file.isAbsolute()) {
            throw new IOException(file.toString());
        }
        throw new TraceFormatException(file, "not a trace");
    }
}
