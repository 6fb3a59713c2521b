package io.github.latentconvergence.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/** Where the files of the tests are, and what must hold for every file that is refused. */
final class TestFiles {
    private TestFiles() {}

    /** A file of the project's own. */
    static Path resource(String name) {
        URL url = Objects.requireNonNull(TestFiles.class.getResource("/" + name), name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException wrong) {
            throw new AssertionError(wrong);
        }
    }

    /** A third-party file, which the project must not contain; without it the test is skipped, and says so. */
    static Path shared(String name) {
        Path file = Path.of(System.getProperty("latentconvergence.shared", "../shared"), "data", name);
        Assumptions.assumeTrue(Files.exists(file), () -> "skipped: third-party file " + file + " is not here");
        return file;
    }

    static Path write(Path folder, String name, byte... content) throws IOException {
        Path file = folder.resolve(name);
        // Writing over a file waits for the disk on some file systems.
        Files.deleteIfExists(file);
        return Files.write(file, content);
    }

    /** Refused in one line that names the file and says what was found and expected. */
    static void assertRefused(Path file, TraceOptions options, String... phrases) {
        assertRefused(file, file, options, phrases);
    }

    static void assertRefused(Path file, Path blamed, TraceOptions options, String... phrases) {
        Throwable refusal = catchThrowable(() -> TraceFiles.open(file, options).close());
        assertThat(refusal).isExactlyInstanceOf(TraceFormatException.class)
                .hasMessageStartingWith(blamed.toString().replace("\n", "\\u000a") + ": ")
                .hasMessageContaining("expected");
        for (String phrase : phrases) {
            assertThat(refusal).hasMessageContaining(phrase);
        }
        assertThat(refusal.getMessage()).as("one line").doesNotContainPattern("[\\p{Cntrl}\u2028\u2029]").hasSizeLessThan(1500);
        assertUnmapped(file);
    }

    /** Nothing of the file is left in the address space, where the system can say. */
    static void assertUnmapped(Path file) {
        assertThat(mappings()).doesNotContain(file.toString());
    }

    static String mappings() {
        try {
            Path maps = Path.of("/proc/self/maps");
            return Files.exists(maps) ? Files.readString(maps) : "";
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
