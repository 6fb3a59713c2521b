package io.github.latentconvergence.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** What went wrong, for people, in one line. */
final class Failures {
    private static final long MIB = 1 << 20;

    private Failures() {}

    static String line(Throwable e) {
        String message = e.getMessage();
        return switch (e) {
            case UncheckedIOException wrapped when wrapped.getCause() != null -> line(wrapped.getCause());
            case NoSuchFileException missing -> missing.getFile() + ": no such file";
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case NotDirectoryException notFolder -> notFolder.getFile() + ": not a folder";
            // Its message is built from the file, the other file and the reason.
            case FileSystemException other -> orName(message, other);
            case IOException other -> orName(message, other);
            case OutOfMemoryError memory -> "out of memory (" + message + "): the Java heap may grow to "
                    + Runtime.getRuntime().maxMemory() / MIB + " MiB; more with JAVA_OPTS=-Xmx8g";
            case CancellationException cancelled -> "cancelled";
            case IllegalArgumentException expected -> orName(message, expected);
            case IllegalStateException expected -> orName(message, expected);
            case UnsupportedOperationException expected -> orName(message, expected);
            default -> "unexpected " + e.getClass().getSimpleName() + (message == null ? "" : ": " + message)
                    + " (--verbose shows where)";
        };
    }

    private static String orName(@Nullable String message, Throwable e) {
        return message == null || message.isBlank() ? e.getClass().getSimpleName() + " (--verbose shows where)" : message;
    }
}
