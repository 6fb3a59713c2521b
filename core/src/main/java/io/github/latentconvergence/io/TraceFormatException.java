package io.github.latentconvergence.io;

import java.io.IOException;
import java.nio.file.Path;

/** A file is not the trace it should be. The message names the file, what was found and what was expected, on one line. */
public final class TraceFormatException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * @param file the file that was refused
     * @param problem what was found and what was expected
     */
    public TraceFormatException(Path file, String problem) {
        // Names in a hostile file, and the file's own name, may hold line breaks and terminal commands.
        super(Printable.escaped(file + ": " + problem));
    }
}
