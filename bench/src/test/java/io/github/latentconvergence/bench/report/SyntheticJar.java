package io.github.latentconvergence.bench.report;

import io.github.latentconvergence.bench.results.Run;
import io.github.latentconvergence.bench.results.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * Stands for the program of the benchmarks where it takes too long: {@code report} writes a {@linkplain SyntheticRuns synthetic run} as fast as {@code speed.txt} in the sources that the jar
 * was "built" from says, and adds a line to the file that its last argument names. Everything else is as in the program.
 */
final class SyntheticJar {
    private SyntheticJar() {}

    public static void main(String[] args) throws IOException {
        List<String> rest = Arrays.asList(args).subList(1, args.length);
        switch (args[0]) {
            case "merge" -> System.exit(Merge.run(rest, System.out, System.err));
            case "compare" -> System.exit(Compare.run(rest, System.out, System.err));
            case "report" -> report(Path.of(args[2]), Path.of(args[args.length - 1]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void report(Path folder, Path log) throws IOException {
        Path sources = Path.of(System.getProperty("java.class.path"), "../../..").normalize();
        double speed = Double.parseDouble(Files.readString(sources.resolve("speed.txt")).strip());
        Files.writeString(log, sources.getFileName() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Run run = SyntheticRuns.many(folder.hashCode(), 0.01, speed, 1);
        Runs.write(run, folder.resolve("results.json"));
    }
}
