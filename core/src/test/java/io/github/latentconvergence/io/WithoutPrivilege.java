package io.github.latentconvergence.io;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Opens a trace in a process of its own that, being root's, has given up root's privilege to read everything; prints what it was refused with. */
final class WithoutPrivilege {
    private WithoutPrivilege() {}

    public static void main(String[] args) throws IOException {
        try (Trace trace = TraceFiles.open(Path.of(args[0]))) {
            System.out.println("opened " + trace);
        } catch (IOException refused) {
            System.out.println(refused);
        }
    }

    /** What {@link #main} prints, or null where there is no program to give up privileges with. */
    static @Nullable String open(Path file) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // The classes alone: what the tests' own class path holds besides need not be readable.
        List<String> folders = Stream.of(TraceFiles.class, WithoutPrivilege.class)
                .map(type -> Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString())).toString()).toList();
        ProcessBuilder builder = new ProcessBuilder("setpriv", "--bounding-set=-dac_override,-dac_read_search", java, "-cp",
                String.join(File.pathSeparator, folders), WithoutPrivilege.class.getName(), file.toString()).redirectErrorStream(true);
        Process process;
        try {
            process = builder.start();
        } catch (IOException noSuchProgram) {
            return null;
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
