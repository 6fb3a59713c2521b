package io.github.latentconvergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Which states distances are measured to. States of token i at iteration t are (i + 1) / 2^t in each of 4 components, so that a distance is twice a difference. */
class ReferenceTest {
    private static final int HIDDEN = 4;

    @TempDir
    Path folder = Path.of("");

    private Path trace = Path.of("");

    @BeforeEach
    void writeTrace() throws IOException {
        trace = TraceFixture.states(4, 3, HIDDEN).f32("reference", List.of(3, HIDDEN), e -> 0).write(folder.resolve("trace.safetensors"));
    }

    private JsonNode measured(Path file, Object... more) throws IOException {
        List<Object> args = new ArrayList<>(List.of("matrix", file, "-o", "-", "--format", "json"));
        args.addAll(List.of(more));
        return new ObjectMapper().readTree(Run.of(args.toArray()).succeeds().out());
    }

    private static double distance(JsonNode json, int token, int t) {
        return json.get("distance").get(token).get(t).asDouble();
    }

    @Test
    void externalIsTheTracesOwnTensor() throws IOException {
        JsonNode json = measured(trace, "--reference", "external");

        assertThat(json.get("reference").asString()).isEqualTo("external");
        assertThat(distance(json, 2, 0)).isEqualTo(6);
        assertThat(distance(json, 1, 3)).isEqualTo(0.5);
    }

    @Test
    void fileIsTheLastIterationOfAnotherTraceUnlessOneIsNamed() throws IOException {
        Path longer = TraceFixture.states(6, 3, HIDDEN).write(folder.resolve("longer.safetensors"));

        assertThat(distance(measured(trace, "--reference-file", longer), 1, 0)).isEqualTo(2 * (2 - 2.0 / 32));
        assertThat(distance(measured(trace, "--reference-file", longer + "@5"), 1, 0)).isEqualTo(2 * (2 - 2.0 / 32));
        assertThat(distance(measured(trace, "--reference-file", longer + "@2", "--reference", "external"), 1, 0)).isEqualTo(2 * (2 - 0.5));
        assertThat(distance(measured(trace, "--reference-file", longer + "@2"), 1, 2)).isZero();
    }

    @Test
    void fileNameMayHoldAnAtSign() throws IOException {
        Path odd = TraceFixture.states(6, 3, HIDDEN).write(folder.resolve("a@1"));
        Path named = Files.move(odd, folder.resolve("run@1.safetensors"));

        assertThat(distance(measured(trace, "--reference-file", named), 1, 0)).isEqualTo(2 * (2 - 2.0 / 32));
        assertThat(distance(measured(trace, "--reference-file", named + "@0"), 1, 0)).isZero();
    }

    @Test
    void fileMayHoldOneStatePerToken() throws IOException {
        Path tensor = new TraceFixture().f32("reference", List.of(3, HIDDEN), e -> 1).write(folder.resolve("reference.safetensors"));
        Path npy = npy(folder.resolve("reference.npy"), 3, HIDDEN, 1);

        assertThat(distance(measured(trace, "--reference-file", tensor), 2, 0)).isEqualTo(2 * (3 - 1));
        assertThat(distance(measured(trace, "--reference-file", npy), 2, 0)).isEqualTo(2 * (3 - 1));
    }

    @Test
    void referenceThatDoesNotFitIsNamed() throws IOException {
        Path tokens = TraceFixture.states(4, 5, HIDDEN).write(folder.resolve("tokens.safetensors"));
        Path hidden = TraceFixture.states(4, 3, 7).write(folder.resolve("hidden.safetensors"));
        Path out = folder.resolve("m.csv");

        Run.of("matrix", trace, "-o", out, "--reference-file", tokens).fails(Cli.FAILED, tokens.toString(), "5 tokens",
                "expected 3 tokens");
        Run.of("matrix", trace, "-o", out, "--reference-file", hidden).fails(Cli.FAILED, hidden.toString(), "hidden size 7",
                "hidden size 4");
        Run.of("matrix", trace, "-o", out, "--reference-file", trace + "@4").fails(Cli.FAILED, "iterations 0 to 3", "no iteration 4");
        Run.of("matrix", trace, "-o", out, "--reference-file", folder.resolve("none.npy")).fails(Cli.FAILED, "none.npy");
        Run.of("matrix", trace, "-o", tokens, "--format", "csv", "--reference-file", tokens).fails(Cli.FAILED, "is read as input");
        assertThat(out).doesNotExist();
    }

    @Test
    void externalWithoutATensorSaysWhatToDo() throws IOException {
        Path plain = TraceFixture.states(4, 3, HIDDEN).write(folder.resolve("plain.safetensors"));

        Run.of("matrix", plain, "-o", folder.resolve("m.csv"), "--reference", "external").fails(Cli.FAILED, plain.toString(),
                "has no tensor 'reference'", "--reference-file");
    }

    @Test
    void batchIsChosenOrRefused() throws IOException {
        Path batch = new TraceFixture().f32("states", List.of(3, 2, 2, HIDDEN), e -> e / (2 * HIDDEN) % 2 == 0 ? 0 : 1 + e / (4 * HIDDEN))
                .write(folder.resolve("batch.safetensors"));

        assertThat(distance(measured(batch, "--batch", 0), 0, 0)).isZero();
        assertThat(distance(measured(batch, "--batch", 1), 0, 0)).isEqualTo(4);
        assertThat(distance(measured(batch, "--batch", 0, "--reference-file", batch), 0, 0)).isZero();
        Run.of("matrix", batch, "-o", folder.resolve("m.csv")).fails(Cli.FAILED, batch.toString(), "2 sequence", "choose one with --batch");
        Run.of("matrix", batch, "-o", folder.resolve("m.csv"), "--batch", 2).fails(Cli.FAILED, "0 to 1", "no --batch 2");
        Run.of("matrix", batch, "-o", folder.resolve("m.csv"), "--batch", -1).fails(Cli.FAILED, "no --batch -1");
        Run.of("matrix", trace, "-o", folder.resolve("m.csv"), "--batch", 0).fails(Cli.FAILED, "no batch axis", "leave out --batch");
        assertThat(Run.of("info", batch).succeeds().out()).contains("[3][2][2][4] (iterations, sequences, tokens, hidden)");
        assertThat(Run.of("info", batch, "--batch", 1).succeeds().out()).contains("[3][2][4] (iterations, tokens, hidden)");
    }

    @Test
    void rawBytesAreReadAsSaid() throws IOException {
        Path raw = Files.write(folder.resolve("states.raw"), floats(2 * 3 * HIDDEN, 1));

        JsonNode json = measured(raw, "--shape", "2,3," + HIDDEN, "--dtype", "f32");

        assertThat(json.get("iterations").asInt()).isEqualTo(2);
        assertThat(json.get("distance").size()).isEqualTo(3);
        Run.of("info", raw).fails(Cli.FAILED, raw.toString());
    }

    private static byte[] floats(int count, float value) {
        ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    private static Path npy(Path file, int rows, int columns, float value) throws IOException {
        byte[] header = ("{'descr': '<f4', 'fortran_order': False, 'shape': (" + rows + ", " + columns + "), }\n")
                .getBytes(StandardCharsets.US_ASCII);
        return Files.write(file, ByteBuffer.allocate(10 + header.length + rows * columns * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN)
                .put("\u0093NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1)).putShort((short) header.length).put(header)
                .put(floats(rows * columns, value)).array());
    }
}
