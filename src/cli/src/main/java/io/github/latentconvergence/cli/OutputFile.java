package io.github.latentconvergence.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A file that is complete or absent: it is written in the same folder under another name and moved to its place in one step. */
final class OutputFile {
    private final Path target;

    private OutputFile(Path target) {
        this.target = target;
    }

    /** Writes the contents to a file that does not exist yet, or is a device. */
    interface Contents {
        void writeTo(Path file) throws IOException;
    }

    /**
     * Checks that {@code file} can be written, before anything is computed.
     *
     * @param inputs files that are read, which must not be written onto
     */
    static OutputFile at(Path file, Path... inputs) throws IOException {
        if (!Files.exists(file)) {
            Path folder = folder(file);
            if (!Files.isDirectory(folder)) {
                throw new FileSystemException(file.toString(), null, "the folder " + folder + " does not exist");
            }
            if (!Files.isWritable(folder)) {
                throw new FileSystemException(file.toString(), null, "the folder " + folder + " is not writable");
            }
            return new OutputFile(file);
        }
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "is a folder: expected the name of a file");
        }
        for (Path input : inputs) {
            if (Files.exists(input) && Files.isSameFile(file, input)) {
                throw new FileSystemException(file.toString(), null, "is read as input: it is not written onto");
            }
        }
        // Through a link, so that the link stays and what it points to is replaced.
        return new OutputFile(file.toRealPath());
    }

    void write(Contents contents) throws IOException {
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            contents.writeTo(target); // such as /dev/null or a named pipe: nothing to move there
            return;
        }
        try (Temporary temporary = Temporary.beside(target)) {
            contents.writeTo(temporary.path);
            temporary.moveTo(target);
        }
    }

    private static Path folder(Path file) {
        return Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file.toAbsolutePath());
    }

    /** A file that disappears when it is closed, and when the process is told to end. */
    private static final class Temporary implements AutoCloseable {
        final Path path;
        private final Thread atExit = new Thread(this::abandon, "delete unfinished output");
        private boolean abandoned;

        private Temporary(Path path) {
            this.path = path;
        }

        /** The extension is kept, as it may choose the format. */
        static Temporary beside(Path target) {
            String unique = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
            Path name = Objects.requireNonNull(target.getFileName());
            Temporary temporary = new Temporary(target.resolveSibling(".unfinished-" + unique + "-" + name));
            Runtime.getRuntime().addShutdownHook(temporary.atExit);
            return temporary;
        }

        synchronized void moveTo(Path target) throws IOException {
            if (abandoned) {
                throw new CancellationException();
            }
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        }

        private synchronized void abandon() {
            abandoned = true;
            deleted(path);
        }

        private static @Nullable IOException deleted(Path path) {
            try {
                Files.deleteIfExists(path);
                return null;
            } catch (IOException e) {
                return e;
            }
        }

        @Override
        public void close() throws IOException {
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException exiting) {
                return; // the hook runs already and deletes the file
            }
            IOException failure = deleted(path);
            if (failure != null) {
                throw failure;
            }
        }
    }
}
