package io.github.latentconvergence.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, started as users start it. */
class LauncherIT {
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    Path folder = Path.of("");

    @BeforeAll
    static void jarIsThere() {
        assertThat(Packaged.JAR).isRegularFile();
    }

    @Test
    void versionIsThatOfTheJar() throws Exception {
        Packaged run = Packaged.launch(folder, "--version");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).containsPattern("^latent-convergence \\d+\\.\\d+").containsPattern("Java (2[5-9]|[3-9]\\d)");
    }

    @Test
    void infoOfTheBundledTrace() throws Exception {
        Packaged run = Packaged.launch(folder, "info", Packaged.TRACE);

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("[33][38][256]", "f32", "<|begin_text|>");
    }

    @Test
    void analysisOfTheBundledTrace() throws Exception {
        Packaged run = Packaged.launch(folder, "analyze", Packaged.TRACE, "--json", folder.resolve("a.json"));

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("<|begin_text|>", "overall: ");
        assertThat(folder.resolve("a.json")).content().startsWith("{\"schema\":\"latent-convergence/analysis/1\"");
    }

    @Test
    void matrixAndHeatmapAreWrittenWithoutAWord() throws Exception {
        for (String name : List.of("m.csv", "m.npy", "m.json", "h.png")) {
            Packaged run = Packaged.launch(folder, name.endsWith("png") ? "heatmap" : "matrix", Packaged.TRACE, "-o", folder.resolve(name));

            assertThat(run).isEqualTo(new Packaged(0, "", ""));
            assertThat(folder.resolve(name)).isNotEmptyFile();
        }
    }

    @Test
    void failureIsOneLineAndExitCode1() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.safetensors"), "no");

        Packaged run = Packaged.launch(folder, "matrix", broken, "-o", "m.csv");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("latent-convergence: " + broken).hasLineCount(1);
        assertThat(folder.resolve("m.csv")).doesNotExist();
    }

    @Test
    void outOfMemoryIsOneLine() throws Exception {
        Path trace = new TraceFixture().f32("states", List.of(1000, 1500, 1), e -> e).write(folder.resolve("cells.safetensors"));

        Packaged run = Packaged.run(folder, Map.of("JAVA_OPTS", "-Xmx16m"), Packaged.LAUNCHER, "matrix", trace, "-o", "m.csv");

        assertThat(run.err()).startsWith("latent-convergence: out of memory").hasLineCount(1);
        assertThat(run.code()).isEqualTo(1);
        assertThat(folder.resolve("m.csv")).doesNotExist();
    }

    @Test
    void readerThatStopsEarlyIsNoFailure() throws Exception {
        Packaged run = Packaged.run(folder, Map.of(), "sh", "-c",
                "{ '" + Packaged.LAUNCHER + "' matrix '" + Packaged.TRACE + "' -o - --format csv; echo $? >code; } | head -n 2");

        assertThat(run.out()).hasLineCount(2).startsWith("token,text,");
        assertThat(run.err()).isEmpty();
        assertThat(folder.resolve("code")).hasContent("0\n");
    }

    @Test
    void launcherIsFoundThroughLinks() throws Exception {
        Path first = Files.createSymbolicLink(folder.resolve("first"), Packaged.LAUNCHER);
        Path second = Files.createSymbolicLink(folder.resolve("second"), first.getFileName());

        Packaged direct = Packaged.run(folder, Map.of(), second, "--version");
        Packaged onPath = Packaged.run(folder, Map.of("PATH", folder + ":" + System.getenv("PATH")), "sh", "-c", "second --version");
        Files.delete(first);

        assertThat(direct.code()).isZero();
        assertThat(onPath.code()).isZero();
    }

    @Test
    void releaseHasJarAndLauncherInOneFolderAndAWrongStartArchiveDoesNotMatter() throws Exception {
        Path release = Files.createDirectory(folder.resolve("release"));
        Path launcher = Files.copy(Packaged.LAUNCHER, release.resolve("latent-convergence"));
        Files.copy(Packaged.JAR, release.resolve("latent-convergence.jar"));
        Path archive = release.resolve("latent-convergence.jsa");

        assertThat(Packaged.run(folder, Map.of(), launcher, "--version").out()).startsWith("latent-convergence ");
        for (byte[] wrong : List.of(new byte[100], Files.readAllBytes(Packaged.JAR.resolveSibling("latent-convergence.jsa")))) {
            Files.write(archive, wrong);
            Packaged run = Packaged.run(folder, Map.of(), launcher, "--version");
            assertThat(run.out()).startsWith("latent-convergence ").hasLineCount(2);
            assertThat(run.err()).isEmpty();
        }
    }

    @Test
    void javaOptsMayChooseAnotherCollector() throws Exception {
        Packaged run = Packaged.run(folder, Map.of("JAVA_OPTS", "-XX:+UseParallelGC -Xmx64m"), Packaged.LAUNCHER, "info", Packaged.TRACE);

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("file ");
    }

    @Test
    void launcherWithoutAJarSaysHowToBuildIt() throws Exception {
        Path lonely = Files.copy(Packaged.LAUNCHER, Files.createDirectories(folder.resolve("a b/src/cli")).resolve("latent-convergence"));

        Packaged run = Packaged.run(folder, Map.of(), lonely, "--version");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).startsWith("latent-convergence: the jar is not built yet: run './mvnw ").endsWith("a b\n").hasLineCount(1);
    }

    @Test
    void launcherTakesJavaHomeAndIgnoresAWrongOne() throws Exception {
        Map<String, String> right = Map.of("JAVA_HOME", System.getProperty("java.home"), "PATH", "/usr/bin:/bin");
        assertThat(Packaged.run(folder, right, Packaged.LAUNCHER, "--version").code()).isZero();
        assertThat(Packaged.run(folder, Map.of("JAVA_HOME", folder.toString()), Packaged.LAUNCHER, "--version").code()).isZero();
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        Packaged run = Packaged.launch(folder, "info", "a  b*$HOME \u00e9");

        assertThat(run.err()).contains("a  b*$HOME \u00e9: ");
    }

    @Test
    void jarNeedsNoOptions() throws Exception {
        Packaged run = Packaged.run(folder, Map.of(), JAVA, "-jar", Packaged.JAR, "heatmap", Packaged.TRACE, "-o", "h.png");

        assertThat(run).isEqualTo(new Packaged(0, "", ""));
    }

    @Test
    void olderJavaIsToldWhatIsNeeded() throws Exception {
        Optional<Path> older = olderJava();
        assumeTrue(older.isPresent(), "no Java 17 to 24 under /usr/lib/jvm: the message for it is not tested here");

        Packaged run = Packaged.run(folder, Map.of(), older.orElseThrow(), "-jar", Packaged.JAR, "--version");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).containsPattern("^latent-convergence: needs Java 25 or newer, this is Java \\d+ \\(").hasLineCount(1);
    }

    @Test
    void demoPrintsATableAndWritesTwoFiles() throws Exception {
        Packaged run = Packaged.run(folder, Map.of(), JAVA, "--enable-native-access=ALL-UNNAMED", "-cp", Packaged.JAR,
                "io.github.latentconvergence.cli.Demo",
                Packaged.TRACE, folder.resolve("demo"));

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("mean log10", "\"<|begin_text|>\"", folder.resolve("demo/heatmap.png").toString(),
                folder.resolve("demo/matrix.csv").toString());
        assertThat(folder.resolve("demo/heatmap.png")).isNotEmptyFile();
        assertThat(folder.resolve("demo/matrix.csv")).isNotEmptyFile();
    }

    private static Optional<Path> olderJava() throws IOException {
        if (!Files.isDirectory(Path.of("/usr/lib/jvm"))) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(Path.of("/usr/lib/jvm"))) {
            for (Path home : homes.sorted().toList()) {
                Path release = home.resolve("release");
                if (Files.isReadable(release) && Files.readString(release).matches("(?s).*JAVA_VERSION=\"(1[7-9]|2[0-4])[.\"].*")) {
                    return Optional.of(home.resolve("bin/java"));
                }
            }
        }
        return Optional.empty();
    }
}
