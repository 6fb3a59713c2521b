package io.github.latentconvergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What a process gave.
 *
 * @param out standard output
 * @param err standard error, notes left out
 */
record Packaged(int code, String out, String err) {
    static final Path ROOM = Path.of(System.getProperty("latentconvergence.root"), "src", "cli").toAbsolutePath();
    static final Path LAUNCHER = ROOM.resolve("latent-convergence");
    static final Path JAR = ROOM.resolve("target/latent-convergence.jar");
    static final Path TRACE = ROOM.resolve("src/demo/settling-seed0.safetensors");

    static Packaged run(Path folder, Map<String, String> environment, Object... command) throws IOException, InterruptedException {
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(Arrays.stream(command).map(Object::toString).toList()).directory(folder.toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        // What the build itself was started with must not change what is tested.
        builder.environment().keySet().removeAll(Set.of("JAVA_OPTS", "JAVA_HOME", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        // A machine without the native library says so in a note; that is no failure.
        String complaints = Files.readString(err, StandardCharsets.UTF_8).replaceAll("(?m)^note: .*\\R", "");
        return new Packaged(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), complaints);
    }

    static Packaged launch(Path folder, Object... args) throws IOException, InterruptedException {
        return run(folder, new HashMap<>(), with(LAUNCHER, args));
    }

    static Object[] with(Object first, Object... rest) {
        Object[] all = new Object[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }
}
