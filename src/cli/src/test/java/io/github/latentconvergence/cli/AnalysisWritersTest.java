package io.github.latentconvergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.ExitRule;
import io.github.latentconvergence.analysis.TokenAnalysis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Results as programs read them: field by field, in the order that is promised. */
class AnalysisWritersTest {

    private static String written(Destination.Content content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        content.writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonNode json(Destination.Content content) throws IOException {
        return new ObjectMapper().readTree(written(content));
    }

    private static JsonNode analysis() throws IOException {
        return json(out -> AnalysisJson.write(Analyses.FACTS, Analyses.analysis(), out));
    }

    /** The properties, each with its value as JSON. */
    private static void has(JsonNode object, String... nameAndValue) {
        assertThat(object.propertyNames()).containsExactly(
                IntStream.range(0, nameAndValue.length / 2).mapToObj(i -> nameAndValue[2 * i]).toArray(String[]::new));
        for (int i = 0; i < nameAndValue.length; i += 2) {
            assertThat(object.get(nameAndValue[i]).toString()).as(nameAndValue[i]).isEqualTo(nameAndValue[i + 1]);
        }
    }

    @Test
    void analysisHasItsParts() throws IOException {
        JsonNode json = analysis();

        assertThat(json.propertyNames()).containsExactly("schema", "trace", "options", "gradient", "tokens", "bands", "segments",
                "summary");
        assertThat(json.get("schema").asString()).isEqualTo("latent-convergence/analysis/1");
        assertThat(json.get("trace").get("path").asString()).isEqualTo(Analyses.FACTS.path().toString());
        assertThat(json.get("trace").propertyNames()).containsExactly("path", "iterations", "tokens", "hidden", "dtype");
        assertThat(json.get("trace").toString()).endsWith("\"iterations\":33,\"tokens\":5,\"hidden\":256,\"dtype\":\"bf16\"}");
        has(json.get("options"), "metric", "\"rms\"", "reference", "\"iteration:30\"", "normalization", "\"none\"", "threshold", "0.01",
                "threshold_kind", "\"of-start\"", "rule", "\"consecutive:3\"", "band_z", "3.5", "band_excess", "0.3");
        has(json.get("gradient"), "spearman_median", "-0.875", "falling_share", "\"NaN\"", "decades", "2.5");
        has(json.get("summary"), "median_step", "31.0", "converged", "2", "not_converged", "2", "at_floor", "1", "still_contracting", "1",
                "floor", "1.25E-6", "text", "\"Two of 4 tokens converged; row 3 is no number.\"");
    }

    @Test
    void analysisHasBandsAndSegments() throws IOException {
        JsonNode json = analysis();

        assertThat(json.get("bands").propertyNames()).containsExactly("slow", "fast");
        has(json.get("bands").get("slow").get(0), "first", "1", "last", "1", "texts", "[\"a,b \\\"c\\\"\"]", "z", "\"Infinity\"", "excess",
                "3.25");
        has(json.get("bands").get("fast").get(0), "first", "0", "last", "0", "texts", "[\"<s>\"]", "z", "-4.25", "excess", "-0.75");
        assertThat(json.get("segments").size()).isEqualTo(2);
        has(json.get("segments").get(0), "first", "1", "last", "1", "texts", "[\"a,b \\\"c\\\"\"]", "median_step", "null", "median_rate",
                "1.25", "slowest", "1");
        has(json.get("segments").get(1), "first", "3", "last", "4", "texts", "[\"x\\r\\n\\u001B[31my\",\" word\"]", "median_step", "31.5",
                "median_rate", "null", "slowest", "null");
    }

    @Test
    void tokensHaveTheirFields() throws IOException {
        JsonNode tokens = analysis().get("tokens");

        assertThat(tokens.size()).isEqualTo(4);
        has(tokens.get(0), "index", "0", "text", "\"<s>\"", "step", "7", "step_late_in_run", "false", "step_by_reference",
                "{\"last\":7,\"tail_mean\":6,\"external\":8}", "rate", "0.5", "half_life", "1.0", "error_bar", "\"at floor\"", "floor",
                "1.25E-6", "floor_step", "21", "mean_log10", "-3.5", "excess", "-0.75", "z", "-4.25", "early", "true", "late", "false",
                "shape", "\"settling\"", "period", "null", "evidence", tokens.get(0).get("evidence").toString());
        has(tokens.get(0).get("evidence"), "window", "16", "step_share", "1.0E-6", "step_slope", "-0.001", "slope_noise", "0.01",
                "efficiency", "0.25", "recurrence", "\"NaN\"", "recurrence_at_one", "\"NaN\"", "lag", "0");
        has(tokens.get(1), "index", "1", "text", "\"a,b \\\"c\\\"\"", "step", "null", "step_late_in_run", "false", "step_by_reference",
                "{\"last\":null,\"tail_mean\":null,\"external\":null}", "rate", "1.25", "half_life", "null", "error_bar", "null", "floor",
                "null", "floor_step", "null", "mean_log10", "0.5", "excess", "3.25", "z", "\"Infinity\"", "early", "false", "late", "true",
                "shape", "\"orbiting\"", "period", "12", "evidence", tokens.get(1).get("evidence").toString());
        assertThat(tokens.get(2).get("mean_log10").asString()).isEqualTo("NaN");
        assertThat(tokens.get(3).get("error_bar").asDouble()).isEqualTo(0.03125);
        assertThat(tokens.get(3).get("step_late_in_run").asBoolean()).isTrue();
        assertThat(tokens.get(3).get("z").asString()).isEqualTo("-Infinity");
    }

    @Test
    void csvHasALineForEachTokenThatIsNotMasked() throws IOException {
        List<List<String>> rows = Csv.parse(written(out -> AnalysisCsv.write(Analyses.analysis().tokens(), out)));

        assertThat(rows).containsExactly(
                List.of("index", "text", "step", "step_late_in_run", "step_last", "step_tail_mean", "step_external", "rate", "half_life",
                        "error_bar", "floor", "floor_step", "mean_log10", "excess", "z", "early", "late", "shape", "period",
                        "evidence_window", "evidence_step_share", "evidence_step_slope", "evidence_slope_noise", "evidence_efficiency",
                        "evidence_recurrence", "evidence_recurrence_at_one", "evidence_lag"),
                List.of("0", "<s>", "7", "false", "7", "6", "8", "0.5", "1.0", "at floor", "1.25E-6", "21", "-3.5", "-0.75", "-4.25",
                        "true",
                        "false", "settling", "", "16", "1.0E-6", "-0.001", "0.01", "0.25", "NaN", "NaN", "0"),
                List.of("1", "a,b \"c\"", "", "false", "", "", "", "1.25", "", "", "", "", "0.5", "3.25", "Infinity", "false", "true",
                        "orbiting", "12", "16", "0.875", "0.001", "0.01", "0.125", "0.96875", "0.5", "12"),
                List.of("3", "x\r\n\u001b[31my", "", "false", "", "", "", "", "", "", "", "", "NaN", "NaN", "NaN", "false", "true",
                        "unresolved", "", "16", "NaN", "NaN", "NaN", "NaN", "NaN", "NaN", "0"),
                List.of("4", " word", "31", "true", "31", "30", "", "0.9375", "10.75", "0.03125", "", "", "-1.5", "0.5", "-Infinity",
                        "false",
                        "false", "drifting", "", "16", "0.25", "-0.0625", "0.01", "0.9375", "0.25", "0.125", "3"));
    }

    @Test
    void anyNumbersAndTextsReadBack() throws IOException {
        SplittableRandom random = Seeds.random("analysis reads back");
        for (int i = 0; i < 200; i++) {
            RandomAnalyses any = new RandomAnalyses(random);
            Analysis analysis = any.analysis();
            JsonNode json = json(out -> AnalysisJson.write(any.facts(), analysis, out)).get("tokens");
            List<List<String>> csv = Csv.parse(written(out -> AnalysisCsv.write(analysis.tokens(), out)));

            assertThat(csv).hasSize(1 + analysis.tokens().size()).allSatisfy(row -> assertThat(row).hasSize(27));
            for (int t = 0; t < analysis.tokens().size(); t++) {
                TokenAnalysis token = analysis.tokens().get(t);
                assertThat(json.get(t).get("text").asString()).isEqualTo(Texts.wellFormed(token.text())).isEqualTo(csv.get(t + 1).get(1));
                assertThat(number(json.get(t).get("excess"))).isEqualTo(Double.valueOf(token.slowness().excess()));
                assertThat(Double.parseDouble(csv.get(t + 1).get(13))).isEqualTo(Double.valueOf(token.slowness().excess()));
            }
        }
    }

    private static double number(JsonNode node) {
        return node.isString() ? Double.parseDouble(node.asString()) : node.asDouble();
    }

    @Test
    void exitsHaveTheirFields() throws IOException {
        JsonNode json = json(out -> ExitsJson.write(Exits.report().replays(), out));

        has(json, "schema", "\"latent-convergence/exits/1\"", "rules", json.get("rules").toString());
        assertThat(json.get("rules").size()).isEqualTo(2);
        has(json.get("rules").get(0), "rule", "\"latent-diff\"", "threshold", "0.03", "reduction", "\"token\"", "tokens",
                "[{\"index\":0,\"exit\":4,\"remaining\":0.125},{\"index\":1,\"exit\":5,\"remaining\":0.0},{\"index\":3,\"exit\":null,\"remaining\":0.25}]",
                "mean_exit", "6.5", "worst_remaining", "0.25");
        has(json.get("rules").get(1), "rule", "\"latent-diff\"", "threshold", "0.03", "reduction", "\"sequence\"", "tokens",
                "[{\"index\":0,\"exit\":4,\"remaining\":\"NaN\"},{\"index\":1,\"exit\":4,\"remaining\":\"Infinity\"}]", "mean_exit", "4.0",
                "worst_remaining", "\"NaN\"");
    }

    @Test
    void sweepIsALineForEachThreshold() throws IOException {
        assertThat(Csv.parse(written(out -> ExitSweep.write(Exits.report().sweep(), out)))).containsExactly(
                List.of("rule", "threshold", "reduction", "mean_exit", "never", "worst_remaining"),
                List.of("latent-diff", "0.03", "token", "6.5", "1", "0.25"),
                List.of("latent-diff", "0.03", "sequence", "4.0", "0", "NaN"));
    }

    @Test
    void sweptThresholdsAreThoseThatPeopleWrite() {
        assertThat(ExitSweep.thresholds(ExitRule.COSINE)).containsExactly(1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02,
                0.05,
                0.1, 0.2, 0.5, 1.0);
        assertThat(ExitSweep.thresholds(ExitRule.ARGMAX_STABILITY)).hasSize(20).startsWith(1.0, 2.0).endsWith(20.0);
    }

    @Test
    void comparedTracesHaveTheirFields() throws IOException {
        ConvergenceMatrix matrix = Compared.traces().comparison().matrix();
        JsonNode json = json(out -> CompareJson.write(Compared.traces(), out));

        has(json, "schema", "\"latent-convergence/compare/1\"", "a", "\"a.safetensors\"", "b", "\"b.safetensors\"", "metric",
                "\"relative-l2\"", "normalization", "\"none\"", "tokens", "[\"a\",\"\\t\"]", "iterations", "3", "distance",
                "[[2.0,1.0,1.0E-6],[1.0,\"NaN\",\"Infinity\"]]", "paths", json.get("paths").toString(), "text",
                "\"Token 0 is independent.\"");
        assertThat(json.get("paths").size()).isEqualTo(matrix.tokens());
        has(json.get("paths").get(0), "index", "0", "text", "\"a\"", "verdict", "\"independent\"", "rate", "0.5", "level", "1.0E-6",
                "floor", "2.0E-6", "reached", "2");
        has(json.get("paths").get(1), "index", "1", "text", "\"\\t\"", "verdict", "\"unresolved\"", "rate", "null", "level", "\"NaN\"",
                "floor", "\"NaN\"", "reached", "null");
    }
}
