package io.github.latentconvergence.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.latentconvergence.bench.results.Runs;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench/compare-commits} in a repository of its own, whose build and program are {@linkplain SyntheticJar synthetic}. */
class CompareCommitsTest {
    @TempDir
    Path folder;

    private Path repository;
    private Path temporary;

    /** What a process printed, both streams together. */
    private record Said(int exit, String text) {}

    @BeforeEach
    void makeRepository() throws Exception {
        assumeTrue(onThePath("git") && onThePath("bash"), "not run: compare-commits needs git and bash, and the PATH has not both");
        repository = Files.createDirectories(folder.resolve("repo sitory"));
        temporary = Files.createDirectories(folder.resolve("tmp"));
        Path script = Path.of(System.getProperty("latentconvergence.root"), "bench/compare-commits");
        Files.createDirectories(repository.resolve("bench"));
        Files.copy(script, repository.resolve("bench/compare-commits"), StandardCopyOption.COPY_ATTRIBUTES);
        Path mvnw = Files.writeString(repository.resolve("mvnw"),
                "#!/bin/sh\nmkdir -p bench/target && cp '" + jar() + "' bench/target/benchmarks.jar\n");
        assertThat(mvnw.toFile().setExecutable(true)).isTrue();
        git("init", "--quiet");
        commit("1");
        commit("1.2");
    }

    @Test
    void bothCommitsAreMeasuredInTurnsAndCompared() throws Exception {
        Files.writeString(repository.resolve("speed.txt"), "7, not committed");
        Files.writeString(repository.resolve("new.txt"), "not committed");
        String before = state();
        Path log = folder.resolve("order.txt");
        Path out = folder.resolve("out");

        Said said = script("-n", "3", "-o", out.toString(), "HEAD~1", "HEAD", "Some.benchmark", log.toString());

        assertThat(said.exit()).as(said.text()).isZero();
        assertThat(said.text()).contains("40 faster, 0 slower").contains("changes; they are not measured").doesNotContain("*:");
        assertThat(log).hasContent("a\nb\nb\na\na\nb\n");
        assertThat(Runs.read(out.resolve("a.json")).results()).hasSize(40).allMatch(r -> r.samples().getLast().fork() == 2);
        assertThat(out.resolve("compared.json")).content().contains("\"verdict\" : \"faster\"");
        assertThat(state()).as("the working tree and the repository").isEqualTo(before);
        assertThat(temporary).as("the clones are gone").isEmptyDirectory();
    }

    @Test
    void failuresAreSaid() throws Exception {
        assertThat(script("HEAD")).matches(s -> s.exit() == 2 && s.text().contains("expected two commits, found 1"));
        assertThat(script("-n", "0", "HEAD", "HEAD"))
                .matches(s -> s.exit() == 2 && s.text().contains("found 0, expected a number of rounds"));
        assertThat(script("HEAD", "absent")).matches(s -> s.exit() == 1 && s.text().contains("there is no commit absent"));
        Path full = Files.createDirectories(folder.resolve("full"));
        Files.writeString(full.resolve("file"), "");
        assertThat(script("-o", full.toString(), "HEAD", "HEAD"))
                .matches(s -> s.exit() == 1 && s.text().contains("is there and not empty"));
        commit("broken");
        Said broken = script("-n", "1", "-o", folder.resolve("out").toString(), "HEAD~1", "HEAD", folder.resolve("log").toString());
        assertThat(broken).matches(
                s -> s.exit() == 1 && s.text().contains("NumberFormatException") && s.text().contains("compare-commits: failed: "));
        assertThat(temporary).as("the clones are gone").isEmptyDirectory();
        assertThat(script("-h")).matches(s -> s.exit() == 0 && s.text().startsWith("Measures two commits in turns"));
    }

    private static boolean onThePath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)).anyMatch(f -> Files.isExecutable(Path.of(f, program)));
    }

    private void commit(String speed) throws Exception {
        Files.writeString(repository.resolve("speed.txt"), speed);
        git("add", ".");
        git("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false", "commit", "--quiet", "-m",
                "speed " + speed);
    }

    /** Every file with its contents, those of the repository among them; without the index, which any git status may refresh. */
    private String state() throws IOException {
        try (Stream<Path> files = Files.walk(repository)) {
            return files.filter(Files::isRegularFile).filter(f -> !f.endsWith("index")).sorted().map(f -> {
                try {
                    return repository.relativize(f) + " " + Arrays.hashCode(Files.readAllBytes(f));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }).collect(Collectors.joining("\n"));
        }
    }

    private void git(String... words) throws Exception {
        Said said = run(Stream.concat(Stream.of("git"), Stream.of(words)).toList());
        assertThat(said.exit()).as(said.text()).isZero();
    }

    private Said script(String... words) throws Exception {
        return run(Stream.concat(Stream.of(repository.resolve("bench/compare-commits").toString()), Stream.of(words)).toList());
    }

    private Said run(List<String> words) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(words).directory(repository.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().put("TMPDIR", temporary.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    /** A jar of nothing but a reference to the classes of this test. */
    private Path jar() throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, SyntheticJar.class.getName());
        main.put(Attributes.Name.CLASS_PATH,
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)).map(p -> Path.of(p).toUri().toString())
                        .collect(Collectors.joining(" ")));
        Path jar = folder.resolve("synthetic.jar");
        try (OutputStream out = Files.newOutputStream(jar); JarOutputStream entries = new JarOutputStream(out, manifest)) {
            entries.finish();
        }
        return jar;
    }
}
