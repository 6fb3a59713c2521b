package io.github.latentconvergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** An analysis from end to end; what its numbers are worth is tested in the library. */
class AnalyzeCommandTest {
    @TempDir
    Path folder = Path.of("");

    private static JsonNode json(String text) {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void tableHasALineForEachTokenAndFits() {
        Run run = Run.of("analyze", BundledTrace.SETTLING).succeeds();

        assertThat(run.out().lines()).allSatisfy(line -> assertThat(Texts.width(line)).isLessThanOrEqualTo(100));
        assertThat(run.words()).contains("38 tokens x 33 iterations x 256 hidden, f32", "l2 to last",
                "converged below 0.05 relative, rule stays");
        assertThat(run.out().lines().filter(line -> line.matches(" *[*^]?\\d+ +\".*"))).hasSizeGreaterThanOrEqualTo(BundledTrace.TOKENS);
    }

    @Test
    void wideTableHasAllColumns() {
        assertThat(Run.of("analyze", BundledTrace.SETTLING, "--wide").succeeds().out()).containsPattern(
                "(?m)^ *index +token +step +last +tail +ext +rate +error +floor +at +log10 +excess +z +shape +among$")
                .doesNotContain("no room");
    }

    @Test
    void filesHoldWhatTheTableShows() throws IOException {
        Path json = folder.resolve("a.json");
        Path csv = folder.resolve("a.csv");

        Run run = Run.of("analyze", BundledTrace.SETTLING, "--json", json, "--csv", csv).succeeds();

        assertThat(run.out()).isEqualTo(Run.of("analyze", BundledTrace.SETTLING).out());
        JsonNode tokens = json(Files.readString(json)).get("tokens");
        List<List<String>> rows = Csv.parse(Files.readString(csv));
        assertThat(tokens.size()).isEqualTo(BundledTrace.TOKENS);
        assertThat(rows).hasSize(1 + BundledTrace.TOKENS);
        for (int i = 0; i < BundledTrace.TOKENS; i++) {
            assertThat(tokens.get(i).get("index").asInt()).isEqualTo(i);
            assertThat(rows.get(i + 1)).startsWith(Integer.toString(i), tokens.get(i).get("text").asString());
        }
    }

    @Test
    void standardOutputTakesOneOfThemInPlaceOfTheTable() throws IOException {
        Path json = folder.resolve("a.json");
        Path csv = folder.resolve("a.csv");
        Run.of("analyze", BundledTrace.SETTLING, "--json", json, "--csv", csv).succeeds();

        assertThat(Run.of("analyze", BundledTrace.SETTLING, "--json", "-").succeeds().bytes()).isEqualTo(Files.readAllBytes(json));
        assertThat(Run.of("analyze", BundledTrace.SETTLING, "--csv", "-").succeeds().bytes()).isEqualTo(Files.readAllBytes(csv));
    }

    @Test
    void optionsAreThoseThatWereGiven() {
        JsonNode options = json(Run.of("analyze", BundledTrace.SETTLING, "--json", "-", "--metric", "rms", "--reference", "tail-mean:0.5",
                "--threshold", "0.25", "--threshold-kind", "of-start", "--rule", "consecutive:2").succeeds().out()).get("options");

        assertThat(options.toString()).isEqualTo("{\"metric\":\"rms\",\"reference\":\"tail-mean:0.5\",\"normalization\":\"none\","
                + "\"threshold\":0.25,\"threshold_kind\":\"of-start\",\"rule\":\"consecutive:2\",\"band_z\":3.5,\"band_excess\":0.3}");
    }

    @Test
    void externalReferenceHasAColumnOfItsOwn() {
        Run run = Run.of("analyze", BundledTrace.SETTLING, "--reference-file", BundledTrace.SETTLING + "@30");

        assertThat(run.succeeds().words()).contains("l2 to external");
        assertThat(run.out()).containsPattern("(?m)^ *index .* ext ");
    }

    @Test
    void maskedTokensAreCountedNotShown() throws IOException {
        Path trace = TraceFixture.states(12, 3, 8).tokens("a", "b", "padding")
                .tensor("mask", "U8", List.of(3), new byte[] {1, 1, 0}).write(folder.resolve("masked.safetensors"));

        Run run = Run.of("analyze", trace).succeeds();

        assertThat(run.words()).contains("1 masked token(s) left out");
        assertThat(run.out().lines().filter(line -> line.matches(" *[*^]?\\d+ +\".*")).map(line -> line.strip().split(" +", 3)[1]))
                .containsExactly("\"a\"", "\"b\"");
    }

    @Test
    void verboseSaysWhatWasDone() {
        Run run = Run.of("analyze", BundledTrace.SETTLING, "--verbose", "--csv", "-");

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("measured 38 tokens x 33 iterations of f32, l2 to last").hasLineCount(1);
    }
}
