package io.github.latentconvergence.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The data caches of the first processor, as Linux tells them; none elsewhere. */
final class Caches {
    private static final Path FOLDER = Path.of("/sys/devices/system/cpu/cpu0/cache");

    /** @param kibibytes of one instance */
    record Cache(int level, long kibibytes) {
        @Override
        public String toString() {
            return "L" + level + " " + kibibytes + " KiB";
        }
    }

    private Caches() {}

    /** From the first level on. */
    static List<Cache> of(Path folder) throws IOException {
        List<Cache> caches = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return caches;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "index*")) {
            for (Path entry : entries) {
                if (!line(entry, "type").equals("Instruction")) {
                    caches.add(new Cache(Integer.parseInt(line(entry, "level")), kibibytes(line(entry, "size"))));
                }
            }
        }
        caches.sort(Comparator.comparingInt(Cache::level));
        return caches;
    }

    /** Those of this machine. */
    static List<Cache> here() throws IOException {
        return of(FOLDER);
    }

    private static String line(Path entry, String name) throws IOException {
        return Files.readString(entry.resolve(name)).strip();
    }

    private static long kibibytes(String size) {
        long number = Long.parseLong(size.substring(0, size.length() - 1));
        return size.endsWith("M") ? number << 10 : number;
    }
}
