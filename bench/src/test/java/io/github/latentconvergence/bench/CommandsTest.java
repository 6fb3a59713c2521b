package io.github.latentconvergence.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.bench.results.Result;
import io.github.latentconvergence.bench.results.Run;
import io.github.latentconvergence.bench.results.Runs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(String... words) {
        return new Commands(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(List.of(words));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "share 1 2 | 2 | share takes nothing, or 3 or 4 numbers above 0: ITERATIONS TOKENS HIDDEN [ROUNDS]; found [1, 2]",
        "share 1 2 x | 2 | share takes nothing, or 3 or 4 numbers above 0: ITERATIONS TOKENS HIDDEN [ROUNDS]; found [1, 2, x]",
        "cuda 1 2 | 2 | cuda takes nothing, or 3 or 4 numbers above 0: ITERATIONS TOKENS HIDDEN [ROUNDS]; found [1, 2]",
        "report -o | 2 | -o needs a folder",
        "--no-such-option | 2 | no-such-option is not a recognized option",
        "NoSuchBenchmark | 1 | nothing was measured: -l lists the benchmarks"})
    void wrongWordsAreSaidInALine(String words, int code, String line) {
        assertThat(run(words.split(" ", -1))).isEqualTo(code);
        assertThat(err.toString(StandardCharsets.UTF_8).strip()).isEqualTo(line);
    }

    @Test
    void commandsOfTheReportAreReached() {
        for (String command : List.of("page", "table", "compare", "merge")) {
            assertThat(run(command)).as(command).isEqualTo(2);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("page ", "table ", "compare ", "merge ");
    }

    /** The whole path, in this JVM and with as little as JMH can do: measured, written, read again, drawn. */
    @Test
    void aReportHoldsWhatWasMeasured() throws IOException {
        List<String> words = new ArrayList<>(List.of("report", "EndToEnd", "-o", folder.resolve("new").toString()));
        words.addAll(List.of("-f", "0", "-wi", "1", "-w", "10ms", "-i", "3", "-r", "10ms", "-v", "SILENT"));
        words.addAll(List.of("-p", "dtype=bf16", "-p", "threads=1", "-p", "shape=5x16x64"));
        assertThat(run(words.toArray(String[]::new))).as(() -> err.toString(StandardCharsets.UTF_8)).isZero();

        Run run = Runs.read(folder.resolve("new/results.json"));
        assertThat(run.environment().command()).startsWith("java -jar benchmarks.jar report EndToEnd -o ").endsWith(" shape=5x16x64");
        assertThat(run.environment().backend()).isNotEqualTo("java");
        Result result = run.results().getFirst();
        assertThat(run.results()).hasSize(1);
        assertThat(result.benchmark()).isEqualTo("EndToEnd.matrix");
        assertThat(result.params()).containsEntry("dtype", "bf16").containsEntry("threads", "1").containsEntry("shape", "5x16x64");
        assertThat(result.bytesPerOp()).isEqualTo(5 * 16 * 64 * 2);
        assertThat(result.samples()).hasSize(3).allSatisfy(sample -> {
            assertThat(sample.nanosPerOp()).isPositive();
            assertThat(sample.rooflineBytesPerSecond()).isPositive();
            assertThat(sample.fork()).isZero();
        });
        assertThat(result.allocatedBytesPerOp()).as("two arrays of distances and logarithms at least").isGreaterThan(2 * 8 * 5 * 16);
        assertThat(Files.readString(folder.resolve("new/report.html"))).contains("EndToEnd.matrix");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("EndToEnd.matrix            dtype=bf16 metric=l2 shape=5x16x64 threads=1");
    }
}
