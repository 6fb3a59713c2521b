package io.github.latentconvergence.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.bench.results.Result;
import io.github.latentconvergence.bench.results.Run;
import io.github.latentconvergence.bench.results.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
    @TempDir
    Path folder;

    private Path json;

    @BeforeEach
    void writeRun() throws IOException {
        json = folder.resolve("results.json");
        Runs.write(SyntheticRuns.whole(1), json);
    }

    /** Rows and columns of known shares and ratios. */
    @Test
    void cellsAreTheMediansOfTheirResults() {
        Result ours = result("Peers.job", Map.of("library", "latent-convergence", "dtype", "f32"), 100, 20e9);
        Result theirs = result("PeersElsewhere.job", Map.of("library", "other | library", "dtype", "f32"), 350, 20e9);
        String markdown = Markdown.of(new Run(SyntheticRuns.environment(), List.of(ours, theirs)));
        assertThat(markdown).contains("| other / library | 3.5 |").doesNotContain("| latent-convergence |");
        Result matrix1 = result("EndToEnd.matrix", Map.of("dtype", "f32", "threads", "1"), 100, 20e9);
        Result matrix2 = result("EndToEnd.matrix", Map.of("dtype", "f32", "threads", "2"), 50, 20e9 / 0.75);
        assertThat(Markdown.of(new Run(SyntheticRuns.environment(), List.of(matrix1, matrix2))))
                .contains("| dtype | 1 thread | 2 threads |\n|---|---|---|\n| f32 | 0.50 | 0.75 |\n");
    }

    @Test
    void itPrintsSharesAndRatios() {
        Ran ran = Ran.of(Table::run, List.of(json.toString()));
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("Synthetic Processor 9000", "EndToEnd.matrix", "| rmsnorm-l2 |", "| Lucene VectorUtil |",
                "| together |", "| avx512 |").doesNotContain("NaN");
    }

    /** Worked by hand: 60 and 200 ns beside 40 of l2 alone; without that, beside the slowest. */
    @Test
    void onePassIsHeldAgainstOneMetric() {
        Map<String, String> params = Map.of("dtype", "f32", "threads", "1");
        Result together = result("OnePass.together", params, 60, 20e9);
        Result separately = result("OnePass.separately", params, 200, 20e9);
        Result alone = result("EndToEnd.matrix", Map.of("dtype", "f32", "threads", "1", "metric", "l2"), 40, 20e9);
        Result other = result("EndToEnd.matrix", Map.of("dtype", "f32", "threads", "1", "metric", "l1"), 45, 20e9);
        assertThat(Markdown.of(new Run(SyntheticRuns.environment(), List.of(together, separately, alone, other))))
                .contains("| together | 1.50 |\n| separately | 5.00 |\n| matrix l2 | 1.00 |\n");
        assertThat(Markdown.of(new Run(SyntheticRuns.environment(), List.of(together, separately, other))))
                .contains("| together | 0.30 |\n| separately | 1.00 |\n");
    }

    @Test
    void tiersStandInTheMachinesOrder() {
        Run whole = SyntheticRuns.whole(1);
        Run backwards = new Run(whole.environment(), whole.results().reversed());
        assertThat(Markdown.of(backwards)).containsSubsequence("| scalar |", "| avx2 |", "| avx512 |");
    }

    /** A row of a table has as many cells as its head. */
    @Test
    void tablesAreSound() {
        List<String> lines = Markdown.of(SyntheticRuns.whole(1)).lines().toList();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).startsWith("|") && lines.get(i - 1).startsWith("|")) {
                assertThat(lines.get(i).chars().filter(c -> c == '|').count()).as(lines.get(i))
                        .isEqualTo(lines.get(i - 1).chars().filter(c -> c == '|').count());
            }
        }
    }

    @Test
    void partialRunsAreTables() {
        Run whole = SyntheticRuns.whole(1);
        for (int i = 0; i <= whole.results().size(); i++) {
            assertThat(Markdown.of(new Run(whole.environment(), whole.results().subList(0, i)))).isNotBlank();
            assertThat(Markdown.of(new Run(whole.environment(), whole.results().subList(i, Math.min(i + 1, whole.results().size())))))
                    .isNotBlank();
        }
        assertThat(Markdown.of(new Run(whole.environment(), List.of()))).contains("This run has neither shares");
    }

    @Test
    void itReplacesWhatStandsBetweenTheMarks() throws IOException {
        Path document = Files.writeString(folder.resolve("README.md"), "before\n<!-- measured -->\nold\n<!-- /measured -->\nafter\n");
        assertThat(Ran.of(Table::run, List.of(json.toString(), "--in", document.toString())).exit()).isZero();
        assertThat(document)
                .hasContent("before\n<!-- measured -->\n" + Markdown.of(SyntheticRuns.whole(1)) + "<!-- /measured -->\nafter\n");
        String once = Files.readString(document);
        Ran.of(Table::run, List.of("--in", document.toString(), json.toString()));
        assertThat(document).as("a second time").hasContent(once);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("nothing unfinished is left").containsExactlyInAnyOrder(json, document);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<!-- measured -->", "<!-- /measured -->", "<!-- /measured --><!-- measured -->",
        "<!-- measured --><!-- measured --><!-- /measured -->"})
    void withoutMarksNothingIsChanged(String content) throws IOException {
        Path document = Files.writeString(folder.resolve("README.md"), content);
        Ran ran = Ran.of(Table::run, List.of(json.toString(), "--in", document.toString()));
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).hasLineCount(1).startsWith(document + ": found ").contains("expected it");
        assertThat(document).hasContent(content);
    }

    @Test
    void missingFilesAreNamed() {
        Ran ran = Ran.of(Table::run, List.of(json.toString(), "--in", folder.resolve("absent.md").toString()));
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).isEqualTo(folder.resolve("absent.md") + ": no such file");
        assertThat(Ran.of(Table::run, List.of()).exit()).isEqualTo(2);
    }

    private static Result result(String benchmark, Map<String, String> params, double nanos, double roofline) {
        return new Result(benchmark, params, 1000,
                List.of(new Result.Sample(nanos, roofline), new Result.Sample(nanos, roofline), new Result.Sample(9 * nanos, roofline)),
                null);
    }
}
