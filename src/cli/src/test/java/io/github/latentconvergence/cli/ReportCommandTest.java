package io.github.latentconvergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report from end to end; what is on it is tested where it is written. */
class ReportCommandTest {
    @TempDir
    Path folder = Path.of("");

    private String report(Path trace, Object... options) throws IOException {
        Path file = folder.resolve("r.html");
        Object[] args = new Object[4 + options.length];
        System.arraycopy(new Object[] {"report", trace, "-o", file}, 0, args, 0, 4);
        System.arraycopy(options, 0, args, 4, options.length);
        assertThat(Run.of(args).succeeds().out()).isEmpty();
        assertThat(folder).isDirectoryContaining("glob:**r.html").isDirectoryNotContaining("glob:**unfinished*");
        return Files.readString(file);
    }

    @Test
    void aTraceBecomesOnePageWithAllChartsAndReferences() throws IOException {
        String html = report(BundledTrace.SETTLING);
        assertThat(html).startsWith("<!DOCTYPE html>").contains("settling-seed0.safetensors", "38 tokens × 33 iterations", "l2 to last",
                "below 0.05 relative", "Latent State Convergence", "Step Norms", "Convergence Steps", "Convergence Step by Reference s*",
                "What Exit Rules Gain and Lose", "latent-diff", "\"reference\":\"tail-mean:0.25\"", "\"reference\":\"previous\"",
                "\"name\":\"linf at 0.03\"", "\"exitsShown\":false");
        assertThat(html.split("<figure>", -1)).hasSize(7);
    }

    @Test
    void optionsOfMeasurementAndAnalysisArriveOnThePage() throws IOException {
        String html = report(BundledTrace.SETTLING, "--metric", "cosine", "--reference", "tail-mean:0.5", "--threshold", "0.01",
                "--rule", "first", "--title", "One <run>");
        assertThat(html).contains("<h1>One &lt;run&gt;</h1>", "cosine to tail-mean:0.5", "below 0.01 relative, rule first");
    }

    @Test
    void maskedTokensAndLogitsAreHandled() throws IOException {
        Path trace = TraceFixture.states(16, 3, 8).tokens("a", "<script>", "pad").tensor("mask", "U8", List.of(3), new byte[] {1, 1, 0})
                .f32("logits", List.of(16, 3, 5), e -> e % 5 == 2 ? 4 : StrictMath.scalb(1.0, -(e / 15)))
                .write(folder.resolve("masked.safetensors"));
        assertThat(report(trace)).contains("1 token, left out of everything", "1 masked token left out", "kl-reverse", "argmax-stability",
                "<bdi>&lt;script&gt;</bdi>").doesNotContain("Not replayed");
    }

    @Test
    void aFailureLeavesNoPage() throws IOException {
        Run.of("report", BundledTrace.SETTLING, "-o", folder.resolve("r.html"), "--reference", "external").fails(Cli.FAILED, "no tensor");
        Run.of("report", folder.resolve("none.safetensors"), "-o", folder.resolve("r.html")).fails(Cli.FAILED, "none.safetensors");
        assertThat(folder).isEmptyDirectory();
    }
}
