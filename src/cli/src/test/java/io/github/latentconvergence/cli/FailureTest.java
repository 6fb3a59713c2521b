package io.github.latentconvergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs and outputs that cannot be: exit code 1, one line that names the file, no stack trace, no output. */
class FailureTest {
    @TempDir
    Path folder = Path.of("");

    private Path out = Path.of("");
    private Path trace = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        trace = TraceFixture.states(4, 3, 8).tokens("a", "b", "c").write(folder.resolve("good.safetensors"));
        out = Files.createDirectory(folder.resolve("out")).resolve("m.csv");
    }

    static Stream<Arguments> malformed() {
        byte[] good = TraceFixture.states(4, 3, 8).tokens("a", "b", "c").bytes();
        return Stream.of(
                Arguments.of("empty.safetensors", new byte[0]),
                Arguments.of("short.safetensors", new byte[] {1, 2, 3}),
                Arguments.of("truncated.safetensors", Arrays.copyOf(good, good.length - 1)),
                Arguments.of("length.safetensors", new byte[] {-1, -1, -1, -1, -1, -1, -1, 127, '{', '}'}),
                Arguments.of("noheader.safetensors", "\4\0\0\0\0\0\0\0{}}}".getBytes(StandardCharsets.ISO_8859_1)),
                Arguments.of("nostates.safetensors", new TraceFixture().f32("weights", List.of(3, 8), e -> e).bytes()),
                Arguments.of("twodimensional.safetensors", new TraceFixture().f32("states", List.of(3, 8), e -> e).bytes()),
                Arguments.of("wholenumbers.safetensors",
                        new TraceFixture().tensor("states", "I64", List.of(2, 1, 1), new byte[16]).bytes()),
                Arguments.of("size.safetensors", new TraceFixture().tensor("states", "F32", List.of(2, 1, 1), new byte[4]).bytes()),
                Arguments.of("zero.safetensors", new TraceFixture().tensor("states", "F32", List.of(2, 0, 1), new byte[0]).bytes()),
                Arguments.of("tokens.safetensors", TraceFixture.states(2, 3, 4).tokens("a", "b").bytes()),
                Arguments.of("axes.safetensors", TraceFixture.states(2, 3, 4).metadata("axes", "token,iteration,hidden").bytes()),
                Arguments.of("text.npy", "hello".getBytes(StandardCharsets.UTF_8)),
                Arguments.of("header.npy", "\u0093NUMPY\1\0\5\0{'a'}".getBytes(StandardCharsets.ISO_8859_1)),
                Arguments.of("archive.npz", "PK".getBytes(StandardCharsets.UTF_8)),
                Arguments.of("model.pt", "PK\3\4".getBytes(StandardCharsets.UTF_8)),
                Arguments.of("unknown.bin", new byte[64]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void malformedInputIsOneLineAndLeavesNoOutput(String name, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve(name), bytes);

        Run.of("matrix", file, "-o", out).fails(Cli.FAILED, file.toString());
        Run.of("heatmap", file, "-o", out.resolveSibling("m.png")).fails(Cli.FAILED, file.toString());
        Run.of("info", file).fails(Cli.FAILED, file.toString());
        Run.of("analyze", file, "--json", out, "--csv", out.resolveSibling("m.txt")).fails(Cli.FAILED, file.toString());
        Run.of("exits", file, "--sweep", out).fails(Cli.FAILED, file.toString());
        Run.of("compare", trace, file, "-o", out).fails(Cli.FAILED, file.toString());

        assertThat(out.getParent()).isEmptyDirectory();
    }

    @Test
    void missingInput() {
        Path missing = folder.resolve("missing.safetensors");

        Run.of("matrix", missing, "-o", out).fails(Cli.FAILED, missing.toString());
        Run.of("info", folder).fails(Cli.FAILED, folder.toString());
        Run.of("info", trace, "--tokens", folder.resolve("no.json")).fails(Cli.FAILED, "no.json");
    }

    @Test
    void hostileNamesStayOnOneLine() {
        Run.of("info", folder.resolve("a\nb\u001b[31m.safetensors")).fails(Cli.FAILED, "b\\u001b[31m.safetensors");
    }

    @Test
    void missingFolderForOutput() {
        Run.of("matrix", trace, "-o", folder.resolve("no/such/m.csv")).fails(Cli.FAILED, "m.csv", "no/such does not exist");
        assertThat(folder.resolve("no")).doesNotExist();
    }

    @Test
    void outputOntoAnInputIsRefused() throws IOException {
        byte[] before = Files.readAllBytes(trace);
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), trace);
        Path hard = Files.createLink(folder.resolve("hard.csv"), trace);

        Run.of("matrix", trace, "-o", trace, "--format", "csv").fails(Cli.FAILED, "is read as input");
        Run.of("matrix", trace, "-o", link).fails(Cli.FAILED, "is read as input");
        Run.of("matrix", trace, "-o", hard).fails(Cli.FAILED, "is read as input");
        Path tokens = Files.writeString(folder.resolve("tokens.json"), "[\"a\",\"b\",\"c\"]");
        Run.of("matrix", trace, "--tokens", tokens, "-o", tokens).fails(Cli.FAILED, "is read as input");

        Run.of("analyze", trace, "--json", link).fails(Cli.FAILED, "is read as input");
        Run.of("exits", trace, "--sweep", hard).fails(Cli.FAILED, "is read as input");

        assertThat(trace).hasBinaryContent(before);
    }

    @Test
    void outputOntoAFolderIsRefused() throws IOException {
        Path taken = Files.createDirectory(folder.resolve("taken.csv"));

        Run.of("matrix", trace, "-o", taken).fails(Cli.FAILED, "taken.csv", "is a folder");
    }

    @Test
    void failureLeavesAnOlderOutputAsItWas() throws IOException {
        Files.writeString(out, "older");

        Run.of("matrix", trace, "-o", out, "--reference", "external").fails(Cli.FAILED, trace.toString(), "--reference-file");

        assertThat(out).hasContent("older");
    }

    @Test
    void outputThroughALinkReplacesWhatItPointsTo() throws IOException {
        Path target = Files.writeString(folder.resolve("target.csv"), "older");
        Path link = Files.createSymbolicLink(out, target);

        Run.of("matrix", trace, "-o", link).succeeds();

        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(target).content().startsWith("token,");
    }

    @Test
    void verboseShowsWhere() {
        Run run = Run.of("info", folder.resolve("missing.safetensors"), "--verbose");

        assertThat(run.code()).isEqualTo(Cli.FAILED);
        assertThat(run.err()).startsWith("latent-convergence: ").contains("\tat io.github.latentconvergence");
    }

    private int runInto(OutputStream full, String... args) {
        return Cli.run(args, full, OutputStream.nullOutputStream());
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoFailure() {
        assertThat(runInto(failing("Broken pipe"), "matrix", trace.toString(), "-o", "-", "--format", "csv")).isZero();
        assertThat(runInto(failing("Broken pipe"), "matrix", trace.toString(), "-o", "-", "--format", "json")).isZero();
        assertThat(runInto(failing("Broken pipe"), "info", trace.toString())).isZero();
        assertThat(runInto(failing("Broken pipe"), "--help")).isZero();
    }

    @Test
    void aFullDiskBehindStandardOutputIsAFailure() {
        for (String format : List.of("csv", "npy", "json")) {
            assertThat(runInto(failing("No space left on device"), "matrix", trace.toString(), "-o", "-", "--format", format))
                    .isEqualTo(Cli.FAILED);
        }
        assertThat(runInto(failing("No space left on device"), "info", trace.toString())).isEqualTo(Cli.FAILED);
    }
}
