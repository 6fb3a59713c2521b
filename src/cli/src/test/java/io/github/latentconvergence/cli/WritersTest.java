package io.github.latentconvergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Hostile texts and numbers in the files that are written. */
class WritersTest {
    private static final double[][] AWKWARD = {
        {0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 0.1},
        {Double.NaN, Double.POSITIVE_INFINITY, 1.0 / 3, 1e-300, 2e22},
        {1, 10, 100, 1e7, 123456789.125}};
    private static final List<String> HOSTILE = List.of("\",\n\r,\"", "</script>\t\0\u202e", "\ud83d\ude00 lone \ud800 \udc00x");

    private static ConvergenceMatrix matrix(double[][] distances) {
        return ConvergenceMatrix.of(distances, Metric.L2, Reference.previous());
    }

    private interface Writer {
        void write(ConvergenceMatrix matrix, List<String> tokens, ByteArrayOutputStream out) throws IOException;
    }

    private static byte[] written(Writer writer, double[][] distances, List<String> tokens) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(matrix(distances), tokens, out);
        return out.toByteArray();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void csvNumbersReadBackToTheSameBits() throws IOException {
        List<List<String>> rows = Csv.parse(text(written(MatrixCsv::writeLong, AWKWARD, HOSTILE)));

        ConvergenceMatrix matrix = matrix(AWKWARD);
        for (List<String> row : rows.subList(1, rows.size())) {
            int i = Integer.parseInt(row.get(0));
            int t = Integer.parseInt(row.get(2));
            assertThat(Double.parseDouble(row.get(3))).isEqualTo(Double.valueOf(matrix.distance(i, t)));
            assertThat(Double.parseDouble(row.get(4))).isEqualTo(Double.valueOf(matrix.logDistance(i, t)));
        }
    }

    @Test
    void csvSpellsWhatIsNotANumber() throws IOException {
        String csv = text(written(MatrixCsv::writeLong, new double[][] {{0, Double.NaN, Double.POSITIVE_INFINITY}}, List.of("t")));

        assertThat(csv).isEqualTo("""
                token,text,iteration,distance,log10_distance
                0,t,0,0.0,-Infinity
                0,t,1,NaN,NaN
                0,t,2,Infinity,Infinity
                """);
    }

    @Test
    void csvQuotesWhatRfc4180Asks() {
        assertThat(MatrixCsv.field("plain text;'")).isEqualTo("plain text;'");
        assertThat(MatrixCsv.field("")).isEmpty();
        assertThat(MatrixCsv.field(" a ")).isEqualTo(" a ");
        assertThat(MatrixCsv.field("a,b")).isEqualTo("\"a,b\"");
        assertThat(MatrixCsv.field("a\nb")).isEqualTo("\"a\nb\"");
        assertThat(MatrixCsv.field("a\rb")).isEqualTo("\"a\rb\"");
        assertThat(MatrixCsv.field("say \"x\"")).isEqualTo("\"say \"\"x\"\"\"");
    }

    @Test
    void csvTextsReadBack() throws IOException {
        for (Writer writer : List.<Writer>of(MatrixCsv::writeLong, MatrixCsv::writeWide)) {
            List<List<String>> rows = Csv.parse(text(written(writer, AWKWARD, HOSTILE)));

            assertThat(rows.get(1).get(1)).isEqualTo(HOSTILE.get(0));
            assertThat(rows).extracting(r -> r.get(1)).contains(HOSTILE.get(1));
            assertThat(rows.getLast().get(1)).startsWith("\ud83d\ude00 lone ");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 65_530, 65_536, 200_000})
    void csvTextsMayBeLongerThanTheBuffer(int length) throws IOException {
        String text = "x".repeat(length) + "é";

        assertThat(Csv.parse(text(written(MatrixCsv::writeWide, new double[][] {{1, 2}, {3, 4}}, List.of(text, "y")))))
                .containsExactly(List.of("token", "text", "0", "1"), List.of("0", text, "1.0", "2.0"), List.of("1", "y", "3.0", "4.0"));
    }

    @Test
    void csvOfManyCellsIsWhole() throws IOException {
        SplittableRandom random = new SplittableRandom(20_250_101);
        double[][] distances = new double[300][];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = random.doubles(65).map(x -> StrictMath.exp(40 * x - 20)).toArray();
        }
        List<String> tokens = IntStream.range(0, 300).mapToObj(i -> "token " + i).toList();

        List<List<String>> rows = Csv.parse(text(written(MatrixCsv::writeWide, distances, tokens)));

        assertThat(rows).hasSize(301);
        for (int i = 0; i < 300; i++) {
            assertThat(rows.get(i + 1).stream().skip(2).mapToDouble(Double::parseDouble).toArray()).containsExactly(distances[i]);
        }
    }

    @Test
    void npyHoldsEveryBit() throws IOException {
        byte[] npy = written((m, tokens, out) -> MatrixNpy.write(m, out), AWKWARD, HOSTILE);

        ByteBuffer data = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN)
                .position(10 + ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN).getShort(8));
        for (double[] row : AWKWARD) {
            for (double distance : row) {
                assertThat(Double.doubleToLongBits(data.getDouble())).isEqualTo(Double.doubleToLongBits(distance));
            }
        }
        assertThat(data.hasRemaining()).isFalse();
    }

    @Test
    void npyHeaderFitsLargeShapes() throws IOException {
        double[][] wide = {new double[123_456]};
        byte[] npy = written((m, tokens, out) -> MatrixNpy.write(m, out), wide, List.of(""));

        assertThat(npy.length % 64).isZero();
        assertThat(new String(npy, 10, 70, StandardCharsets.US_ASCII)).contains("'shape': (1, 123456), }");
    }

    @Test
    void jsonSpellsNonNumbersAsStringsAndKeepsTheRest() throws IOException {
        JsonNode json = new ObjectMapper().readTree(text(written(MatrixJson::write, AWKWARD, HOSTILE)));

        JsonNode second = json.get("distance").get(1);
        assertThat(second.get(0).isString()).isTrue();
        assertThat(second.get(0).asString()).isEqualTo("NaN");
        assertThat(second.get(1).asString()).isEqualTo("Infinity");
        assertThat(second.get(2).asDouble()).isEqualTo(1.0 / 3);
        assertThat(json.get("distance").get(0).get(2).asDouble()).isEqualTo(Double.MIN_VALUE);
        assertThat(json.get("non_finite").asLong()).isEqualTo(2);
        assertThat(json.get("reference").asString()).isEqualTo("previous");
    }

    @Test
    void jsonTextsReadBackAndHalvesOfPairsAreReplaced() throws IOException {
        JsonNode tokens = new ObjectMapper().readTree(text(written(MatrixJson::write, AWKWARD, HOSTILE))).get("tokens");

        assertThat(tokens.get(0).asString()).isEqualTo(HOSTILE.get(0));
        assertThat(tokens.get(1).asString()).isEqualTo(HOSTILE.get(1));
        assertThat(tokens.get(2).asString()).isEqualTo("\ud83d\ude00 lone \ufffd \ufffdx");
    }
}
