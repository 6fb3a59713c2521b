package io.github.latentconvergence.io;

import io.github.latentconvergence.internal.ffm.HugePages;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One file, mapped as a whole, and the arena of all that is made from it: the trace takes the arena over, or {@link #close} gives everything back.
 *
 * @param bytes the file, read-only; nothing of it is in memory before it is looked at
 */
record Source(Path path, Arena arena, MemorySegment bytes) implements AutoCloseable {
    /** @throws IOException if there is no such file, it cannot be read or mapped, or it is empty; the message names it */
    static Source map(Path path) throws IOException {
        requireReadable(path);
        Arena arena = Arena.ofShared();
        boolean mapped = false;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size == 0) {
                throw new TraceFormatException(path, "the file is empty, expected a trace");
            }
            MemorySegment bytes = map(path, channel, size, arena);
            mapped = true;
            return new Source(path, arena, bytes);
        } catch (AccessDeniedException denied) {
            throw unreadable(path, denied);
        } catch (UnsupportedOperationException elsewhere) {
            throw initCause(new TraceFormatException(path, "the file cannot be mapped, expected a file of the default file system"),
                    elsewhere);
        } finally {
            if (!mapped) {
                arena.close();
            }
        }
    }

    private static MemorySegment map(Path path, FileChannel channel, long size, Arena arena) throws IOException {
        try {
            return channel.map(MapMode.READ_ONLY, 0, size, arena);
        } catch (IOException refused) {
            throw new IOException(Printable.escaped(path + ": the system refuses to map " + size + " bytes: " + refused.getMessage()),
                    refused);
        }
    }

    /** A missing, unreadable or odd file is said in words, where the system would give the bare path. */
    static void requireReadable(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new TraceFormatException(path, "found a directory, expected a file (.safetensors, .npy, .npz or raw bytes)");
        }
        if (!Files.exists(path)) {
            throw new NoSuchFileException(Printable.escaped(path.toString()), null, "there is no such file");
        }
        if (!Files.isRegularFile(path)) {
            throw new TraceFormatException(path, "found a pipe or device, expected a regular file: only such can be mapped");
        }
        if (!Files.isReadable(path)) {
            throw unreadable(path, null);
        }
    }

    private static AccessDeniedException unreadable(Path path, @Nullable Throwable cause) {
        return initCause(new AccessDeniedException(Printable.escaped(path.toString()), null, "no permission to read the file"), cause);
    }

    private static <E extends IOException> E initCause(E exception, @Nullable Throwable cause) {
        exception.initCause(cause);
        return exception;
    }

    long size() {
        return bytes.byteSize();
    }

    TraceFormatException error(String problem) {
        return new TraceFormatException(path, problem);
    }

    /** New memory that lives as long as the mapping. */
    MemorySegment allocate(long size, String purpose) throws TraceFormatException {
        try {
            return HugePages.allocate(arena, size);
        } catch (OutOfMemoryError tooMuch) {
            throw initCause(error(purpose + " takes " + size + " bytes of memory, more than can be had"), tooMuch);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
