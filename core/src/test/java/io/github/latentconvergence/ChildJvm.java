package io.github.latentconvergence;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A main class of the tests in a JVM of its own. */
public final class ChildJvm {
    private final Path folder;
    private final List<String> flags = new ArrayList<>();
    private String classPath = System.getProperty("java.class.path");

    /** @param folder for its output, and what it may leave behind when it dies */
    public ChildJvm(Path folder) {
        this.folder = folder;
        flags.add("-XX:ErrorFile=" + folder.resolve("hs_err.log"));
        flags.add("-XX:-CreateCoredumpOnCrash");
        flags.add("-Xshare:auto");
        flags.add("-XX:TieredStopAtLevel=1");
    }

    /** What came of it. */
    public record Outcome(int status, String output) {
        /** Lines that hold a text. */
        public long lines(String text) {
            return output.lines().filter(line -> line.contains(text)).count();
        }
    }

    /** Adds flags of the JVM. */
    public ChildJvm with(String... more) {
        flags.addAll(Arrays.asList(more));
        return this;
    }

    /** The tests' class path without the native library. */
    public ChildJvm withoutNatives() {
        classPath = Arrays.stream(classPath.split(File.pathSeparator)).filter(entry -> !hasNatives(Path.of(entry)))
                .collect(Collectors.joining(File.pathSeparator));
        return this;
    }

    /** A folder of classes and resources before all others. */
    public ChildJvm withFirst(Path entry) {
        classPath = entry + File.pathSeparator + classPath;
        return this;
    }

    private static boolean hasNatives(Path entry) {
        return Files.isDirectory(entry.resolve("META-INF/native"))
                || entry.getFileName().toString().startsWith("latent-convergence-native");
    }

    /** Runs a main class to its end; standard output and errors come together. */
    public Outcome run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(Arrays.asList(arguments));
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(main.getName() + " has not ended after two minutes:\n" + Files.readString(output));
        }
        return new Outcome(process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
    }
}
