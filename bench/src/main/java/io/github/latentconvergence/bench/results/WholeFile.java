package io.github.latentconvergence.bench.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes files that are complete or absent. */
public final class WholeFile {
    private WholeFile() {}

    /** Writes under another name in the same folder, then moves it there in one step: if anything fails, a file that stood there before is as it was. */
    public static void write(Path file, byte[] content) throws IOException {
        // Through a link, so that the link stays and what it points to is replaced.
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new IOException(file + ": is not a regular file, expected the name of a file to write");
        }
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException(file + ": there is no folder " + folder + " to write it in");
        }
        // Not Files.createTempFile: its files are for their owner alone, and a result should get the permissions any new file gets.
        Path temporary = folder.resolve(".unfinished-" + UUID.randomUUID() + ".tmp");
        try {
            Files.write(temporary, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
