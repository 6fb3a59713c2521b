package io.github.latentconvergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Exit rules from end to end; where they exit is tested in the library. */
class ExitsCommandTest {
    private static final List<String> WITHOUT_LOGITS = List.of("latent-diff", "cosine", "acceleration", "consecutive", "linf");

    @TempDir
    Path folder = Path.of("");

    private static JsonNode rules(String text) {
        return new ObjectMapper().readTree(text).get("rules");
    }

    @Test
    void tableShowsAllRulesThatTheTraceHasTheDataFor() {
        Run run = Run.of("exits", BundledTrace.SETTLING).succeeds();
        String out = run.out();

        assertThat(out.lines()).allSatisfy(line -> assertThat(Texts.width(line)).isLessThanOrEqualTo(100));
        for (String rule : WITHOUT_LOGITS) {
            assertThat(out).containsPattern("(?m)^" + rule + " .* token ").containsPattern("(?m)^" + rule + " .* sequence ")
                    .containsPattern("(?m)^" + rule + " below .*: the sequence mean");
        }
        assertThat(run.words()).contains("not replayed, as the trace has no logits: kl, kl-reverse, entropy-diff, argmax-stability");
    }

    @Test
    void jsonHasEveryTokenOfEveryReplay() {
        JsonNode rules = rules(Run.of("exits", BundledTrace.SETTLING, "--json", "-").succeeds().out());

        assertThat(rules.values()).extracting(r -> r.get("rule").asString() + " " + r.get("reduction").asString())
                .isEqualTo(WITHOUT_LOGITS.stream().flatMap(r -> List.of(r + " token", r + " sequence").stream()).toList());
        for (JsonNode rule : rules.values()) {
            assertThat(rule.get("tokens").values()).extracting(t -> t.get("index").asInt())
                    .isEqualTo(IntStream.range(0, BundledTrace.TOKENS).boxed().toList());
        }
    }

    @Test
    void rulesAndThresholdsMayBeChosen() {
        JsonNode rules = rules(Run.of("exits", BundledTrace.SETTLING, "--json", "-", "--exit-rule", "linf=0.5", "--exit-rule", "cosine",
                "--exit-rule", "linf=1e-9").succeeds().out());

        assertThat(rules.values()).extracting(r -> r.get("rule").asString() + " " + r.get("threshold").asDouble()).containsExactly(
                "linf 0.5", "linf 0.5", "cosine 0.001", "cosine 0.001", "linf 1.0E-9", "linf 1.0E-9");
    }

    @Test
    void sweepHasAllRulesAtAllThresholds() throws IOException {
        Path sweep = folder.resolve("sweep.csv");
        Run run = Run.of("exits", BundledTrace.SETTLING, "--sweep", sweep).succeeds();
        List<List<String>> rows = Csv.parse(Files.readString(sweep));

        assertThat(run.out()).isEqualTo(Run.of("exits", BundledTrace.SETTLING).out());
        assertThat(rows).hasSize(1 + WITHOUT_LOGITS.size() * 16 * 2);
        assertThat(rows.get(1)).startsWith("latent-diff", "1.0E-5", "token");
        assertThat(Run.of("exits", BundledTrace.SETTLING, "--sweep", "-").succeeds().out()).isEqualTo(Files.readString(sweep));
        // A looser threshold never makes a token exit later.
        for (int i = 1; i + 2 < rows.size(); i++) {
            if (rows.get(i).get(0).equals(rows.get(i + 2).get(0))) {
                assertThat(Double.parseDouble(rows.get(i + 2).get(3))).isLessThanOrEqualTo(Double.parseDouble(rows.get(i).get(3)));
            }
        }
    }

    @Test
    void logitsBringTheRulesThatLookAtPredictions() throws IOException {
        Path trace = TraceFixture.states(8, 3, 4).f32("logits", List.of(8, 3, 5), e -> e % 5 == 2 ? 4 : StrictMath.scalb(1.0, -(e / 15)))
                .write(folder.resolve("logits.safetensors"));

        Run run = Run.of("exits", trace, "--sweep", folder.resolve("sweep.csv")).succeeds();

        assertThat(run.out()).contains("kl-reverse", "entropy-diff", "argmax-stability").doesNotContain("not replayed");
        List<List<String>> rows = Csv.parse(Files.readString(folder.resolve("sweep.csv")));
        assertThat(rows).hasSize(1 + 8 * 16 * 2 + 20 * 2);
        assertThat(rows.getLast()).startsWith("argmax-stability", "20.0", "sequence");
        JsonNode kl = rules(Run.of("exits", trace, "--exit-rule", "kl=0.5", "--json", "-").succeeds().out());
        assertThat(kl.values()).extracting(r -> r.get("rule").asString()).containsExactly("kl", "kl");
    }

    @Test
    void ruleThatNeedsLogitsNamesTheFileThatHasNone() {
        Run.of("exits", BundledTrace.SETTLING, "--exit-rule", "kl").fails(Cli.FAILED, BundledTrace.SETTLING.toString(), "kl", "no logits");
    }
}
