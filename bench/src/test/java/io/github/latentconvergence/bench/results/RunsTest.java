package io.github.latentconvergence.bench.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latentconvergence.bench.report.SyntheticRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunsTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Run run = SyntheticRuns.whole(1);
        Path file = folder.resolve("results.json");
        Runs.write(run, file);
        assertThat(Runs.read(file)).isEqualTo(run);
        assertThat(List.copyOf(Runs.read(file).results().getFirst().params().keySet())).as("the order of parameters")
                .isEqualTo(List.copyOf(run.results().getFirst().params().keySet()));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("nothing unfinished is left").containsExactly(file);
        }
    }

    @Test
    void aSampleWithoutForkIsOfTheFirst() throws IOException {
        Path file = folder.resolve("results.json");
        Runs.write(run(1, 2.0), file);
        Files.writeString(file, Files.readString(file).replaceAll(",\\s*\"fork\" : 0", ""));
        assertThat(Files.readString(file)).doesNotContain("fork");
        assertThat(Runs.read(file)).isEqualTo(run(1, 2.0));
    }

    /** Each is one sentence that names the file, what was found and what was expected. */
    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "nonsense", "{\"schema\": \"latent-convergence/bench/2\"}", "{\"schema\": 1}",
        "{\"a\": 1, \"a\": 2}",
        "{\"schema\": \"latent-convergence/bench/1\"}", "{\"schema\": \"latent-convergence/bench/1\", \"environment\": 3, \"results\": []}",
        "{\"schema\": \"latent-convergence/bench/1\", \"environment\": {}, \"results\": []}"})
    void brokenFilesAreRefused(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("broken.json"), content);
        assertThatThrownBy(() -> Runs.read(file)).isInstanceOf(IOException.class).message().startsWith(file + ": ").hasLineCount(1)
                .contains("expected");
    }

    /** What is put in the place of a part of a sound file, and what is said of it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"nanosPerOp\" : 2.0 | \"nanosPerOp\" : \"NaN\" | B.m p=v has a sample with nanosPerOp NaN",
        "\"nanosPerOp\" : 2.0 | \"nanosPerOp\" : 0 | B.m p=v has a sample with nanosPerOp 0.0",
        "\"nanosPerOp\" : 2.0 | \"nanosPerOp\" : 1e999 | nanosPerOp Infinity",
        "\"nanosPerOp\" : 2.0 | \"nanosPerOp\" : null | expected the JSON of a run",
        "\"rooflineBytesPerSecond\" : 4.0E10 | \"rooflineBytesPerSecond\" : -1 | rooflineBytesPerSecond -1.0",
        "\"bytesPerOp\" : 8 | \"bytesPerOp\" : -8 | B.m p=v has -8 bytesPerOp",
        "\"fork\" : 0 | \"fork\" : -1 | fork -1",
        "\"allocatedBytesPerOp\" : 3.0 | \"allocatedBytesPerOp\" : -3.0 | allocatedBytesPerOp -3.0",
        "\"p\" : \"v\" | \"p\" : null | B.m has no element of params",
        "\"benchmark\" : \"B.m\" | \"benchmark\" : null | a result has no benchmark",
        "\"cpu\" : \"Synthetic Processor 9000\" | \"cpu\" : null | the environment has no cpu"})
    void impossibleValuesAreRefused(String sound, String broken, String said) throws IOException {
        Path file = folder.resolve("results.json");
        Runs.write(run(1, 2.0), file);
        assertThat(Files.readString(file)).contains(sound);
        Files.writeString(file, Files.readString(file).replace(sound, broken));
        assertThatThrownBy(() -> Runs.read(file)).isInstanceOf(IOException.class).message().startsWith(file + ": ").contains(said);
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> Runs.read(folder.resolve("absent.json"))).hasMessage(folder.resolve("absent.json") + ": no such file");
    }

    @Test
    void numbersThatAreNoneAreNotWritten() {
        assertThatThrownBy(() -> Runs.write(run(1, Double.NaN), folder.resolve("results.json")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("NaN");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aResultStandsOnce() {
        Run run = run(1, 2.0);
        Run twice = new Run(run.environment(), List.of(run.results().getFirst(), run.results().getFirst()));
        assertThatThrownBy(() -> Runs.write(twice, folder.resolve("results.json"))).hasMessageContaining("B.m p=v stands twice");
    }

    @Test
    void mergingNumbersForksOn() {
        Run merged = Runs.merge(List.of(run(2, 2.0), run(1, 3.0), run(1, 4.0)));
        assertThat(merged.results()).hasSize(1);
        assertThat(merged.results().getFirst().samples()).extracting(Result.Sample::fork).containsExactly(0, 1, 2, 3);
        assertThat(merged.results().getFirst().samples()).extracting(Result.Sample::nanosPerOp).containsExactly(2.0, 2.0, 3.0, 4.0);
        assertThat(merged.environment().notes()).last().asString().contains("merged from 3 runs");
    }

    @Test
    void runsOfDifferentSourcesAreNotMerged() {
        Run a = run(1, 2.0);
        Environment e = a.environment();
        Environment other = new Environment("another", e.dirty(), e.started(), e.command(), e.jdk(), e.jvmFlags(), e.cpu(), e.processors(),
                e.caches(), e.memoryBytes(),
                e.kernel(), e.hugePages(), e.backend(), e.tiers(), e.compiler(), e.notes());
        assertThatThrownBy(() -> Runs.merge(List.of(a, new Run(other, a.results()))))
                .hasMessage("runs to be merged differ in commit: " + e.commit() + " and another");
    }

    private static Run run(int forks, double nanos) {
        List<Result.Sample> samples = Stream.iterate(0, fork -> fork < forks, fork -> fork + 1)
                .map(fork -> new Result.Sample(nanos, 4e10, fork)).toList();
        return new Run(SyntheticRuns.environment(), List.of(new Result("B.m", Map.of("p", "v"), 8, samples, 3.0)));
    }
}
