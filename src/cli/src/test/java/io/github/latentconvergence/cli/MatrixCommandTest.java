package io.github.latentconvergence.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The convergence matrix in each of its formats, from end to end. */
class MatrixCommandTest {
    private static final int ITERATIONS = 5;
    private static final int TOKENS = 3;
    private static final int HIDDEN = 4;

    @TempDir
    Path folder = Path.of("");

    private Path trace = Path.of("");

    @BeforeEach
    void writeTrace() throws IOException {
        trace = TraceFixture.states(ITERATIONS, TOKENS, HIDDEN).tokens("<|begin|>", "a,b \"c\"", "x\r\ny")
                .write(folder.resolve("trace.safetensors"));
    }

    /** States of token i are (i + 1) / 2^t in each of the components. */
    private static double expected(int token, int t) {
        return (token + 1) * (StrictMath.pow(0.5, t) - StrictMath.pow(0.5, ITERATIONS - 1)) * StrictMath.sqrt(HIDDEN);
    }

    /** As the library takes it; what it is worth is tested there. */
    private static double log10(double distance) {
        return ConvergenceMatrix.of(new double[][] {{distance}}, Metric.L2, Reference.last()).logDistance(0, 0);
    }

    private Path matrix(String name, Object... more) {
        Path out = folder.resolve(name);
        List<Object> args = new ArrayList<>(List.of("matrix", trace, "-o", out));
        args.addAll(List.of(more));
        assertThat(Run.of(args.toArray()).succeeds().bytes()).isEmpty();
        return out;
    }

    @Test
    void csvHasALineForEachCell() throws IOException {
        List<List<String>> rows = Csv.parse(Files.readString(matrix("m.csv")));

        assertThat(rows.getFirst()).containsExactly("token", "text", "iteration", "distance", "log10_distance");
        assertThat(rows).hasSize(1 + TOKENS * ITERATIONS);
        for (int i = 0; i < TOKENS; i++) {
            for (int t = 0; t < ITERATIONS; t++) {
                List<String> row = rows.get(1 + i * ITERATIONS + t);
                assertThat(row).startsWith(Integer.toString(i), List.of("<|begin|>", "a,b \"c\"", "x\r\ny").get(i), Integer.toString(t));
                double distance = Double.parseDouble(row.get(3));
                assertThat(distance).isCloseTo(expected(i, t), within(1e-12));
                assertThat(Double.parseDouble(row.get(4))).isEqualTo(log10(distance));
            }
        }
        assertThat(rows.get(ITERATIONS)).endsWith("0.0", "-Infinity");
    }

    @Test
    void wideCsvHasALineForEachToken() throws IOException {
        List<List<String>> rows = Csv.parse(Files.readString(matrix("m.csv", "--wide")));

        assertThat(rows.getFirst()).containsExactly("token", "text", "0", "1", "2", "3", "4");
        assertThat(rows).hasSize(1 + TOKENS);
        assertThat(rows.get(2)).startsWith("1", "a,b \"c\"");
        assertThat(Double.parseDouble(rows.get(2).get(2))).isCloseTo(expected(1, 0), within(1e-12));
    }

    @Test
    void npyIsLittleEndianFloat64InCOrder() throws IOException {
        byte[] file = Files.readAllBytes(matrix("m.npy"));

        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new String(file, 0, 6, StandardCharsets.ISO_8859_1)).isEqualTo("\u0093NUMPY");
        assertThat(file[6]).isEqualTo((byte) 1);
        assertThat(file[7]).isEqualTo((byte) 0);
        int length = bytes.getShort(8);
        assertThat((10 + length) % 64).isZero();
        assertThat(new String(file, 10, length, StandardCharsets.US_ASCII))
                .matches("\\{'descr': '<f8', 'fortran_order': False, 'shape': \\(3, 5\\), } *\n");
        assertThat(file).hasSize(10 + length + TOKENS * ITERATIONS * Double.BYTES);
        for (int i = 0; i < TOKENS; i++) {
            for (int t = 0; t < ITERATIONS; t++) {
                assertThat(bytes.getDouble(10 + length + (i * ITERATIONS + t) * Double.BYTES)).isCloseTo(expected(i, t), within(1e-12));
            }
        }
    }

    @Test
    void jsonHasTheFieldsOfItsSchemaInOrder() throws IOException {
        String text = Files.readString(matrix("m.json"));
        JsonNode json = new ObjectMapper().readTree(text);

        assertThat(json.propertyNames()).containsExactly("schema", "metric", "reference", "normalization", "tokens", "iterations",
                "distance", "non_finite");
        assertThat(json.get("schema").asString()).isEqualTo("latent-convergence/matrix/1");
        assertThat(json.get("metric").asString()).isEqualTo("l2");
        assertThat(json.get("reference").asString()).isEqualTo("last");
        assertThat(json.get("normalization").asString()).isEqualTo("none");
        assertThat(json.get("tokens").values()).extracting(JsonNode::asString).containsExactly("<|begin|>", "a,b \"c\"", "x\r\ny");
        assertThat(json.get("iterations").asInt()).isEqualTo(ITERATIONS);
        assertThat(json.get("distance").size()).isEqualTo(TOKENS);
        assertThat(json.get("distance").get(2).size()).isEqualTo(ITERATIONS);
        assertThat(json.get("distance").get(2).get(1).asDouble()).isCloseTo(expected(2, 1), within(1e-12));
        assertThat(json.get("non_finite").asInt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "npy"})
    void standardOutputGetsTheSameBytesAsAFile(String format) throws IOException {
        byte[] file = Files.readAllBytes(matrix("m." + format));

        assertThat(Run.of("matrix", trace, "-o", "-", "--format", format).succeeds().bytes()).isEqualTo(file);
    }

    @Test
    void formatNamesWhatAFileNameDoesNot() throws IOException {
        assertThat(Files.readString(matrix("m", "--format", "json"))).startsWith("{\"schema\"");
        assertThat(Files.readString(matrix("m.CSV"))).startsWith("token,text,");
        assertThat(Files.readString(matrix("agrees.csv", "--format", "csv"))).startsWith("token,text,");
    }

    @Test
    void languageOfTheSystemChangesNothing() throws IOException {
        Locale before = Locale.getDefault();
        byte[] plain = Files.readAllBytes(matrix("plain.csv"));
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(matrix("other.csv")).hasBinaryContent(plain);
            assertThat(Run.of("info", trace).succeeds().out()).contains("240");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void verboseSaysWhatWasDone() {
        Run run = Run.of("matrix", trace, "-o", folder.resolve("m.csv"), "--verbose");

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("measured 3 tokens x 5 iterations of f32, l2 to last").hasLineCount(1);
    }

    @Test
    void outputReplacesWhatWasThere() throws IOException {
        Files.writeString(folder.resolve("m.csv"), "old");

        assertThat(Files.readString(matrix("m.csv"))).startsWith("token,");
        assertThat(folder).isDirectoryNotContaining("glob:**unfinished*");
    }
}
