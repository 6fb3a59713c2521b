package io.github.latentconvergence.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a result is written: a file that is complete or absent, or standard output. */
sealed interface Destination {
    /** What stands for standard output on the command line. */
    String STANDARD_OUTPUT = "-";

    /** Writes the whole of it. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Checks that it can be written, before anything is computed.
     *
     * @param inputs files that are read, which must not be written onto
     */
    static Destination of(String name, Root root, Path... inputs) throws IOException {
        return name.equals(STANDARD_OUTPUT)
                ? new Standard(root.console().out())
                : new OfFile(OutputFile.at(Path.of(name), inputs));
    }

    void write(Content content) throws IOException;

    /** Standard output. */
    record Standard(StandardOutput out) implements Destination {
        @Override
        public void write(Content content) throws IOException {
            content.writeTo(out);
        }
    }

    /** A file. */
    record OfFile(OutputFile file) implements Destination {
        @Override
        public void write(Content content) throws IOException {
            file.write(path -> {
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16)) {
                    content.writeTo(out);
                }
            });
        }
    }
}
