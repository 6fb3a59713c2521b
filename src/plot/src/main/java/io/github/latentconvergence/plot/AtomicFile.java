package io.github.latentconvergence.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes files that are complete or absent. */
final class AtomicFile {
    private AtomicFile() {}

    /**
     * Writes under another name in the same folder, then moves it there in one step. If anything fails, a file that stood there before is as it was and nothing else is
     * left behind.
     */
    static void write(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(String.valueOf(folder), null, "no such folder to write " + file.getFileName() + " in");
        }
        // Not Files.createTempFile: its files are for their owner alone, and a figure should get the permissions any new file gets.
        Path temporary = folder.resolve(".latent-convergence-" + UUID.randomUUID() + ".tmp");
        try {
            Files.write(temporary, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
