package io.github.latentconvergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a trace holds, and what a machine can do. */
class InfoCommandTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void everythingThatATraceMayCarry() throws IOException {
        Path trace = TraceFixture.states(5, 3, 4).f32("reference", List.of(3, 4), e -> 0).f32("norm_weight", List.of(4), e -> 1)
                .f32("logits", List.of(5, 3, 7), e -> 0).tensor("mask", "BOOL", List.of(3), new byte[] {0, 1, 1})
                .tokens("<|begin|>", " a\n", "say \"x\"\u001b").metadata("has_s0", "true").metadata("model", "tiny")
                .write(folder.resolve("t.safetensors"));

        assertThat(Run.of("info", trace).succeeds().out().lines())
                .anySatisfy(l -> assertThat(l).matches("states +\\[5\\]\\[3\\]\\[4\\] \\(iterations, tokens, hidden\\)"))
                .anySatisfy(l -> assertThat(l).matches("dtype +f32")).anySatisfy(l -> assertThat(l).matches("bytes +240"))
                .anySatisfy(l -> assertThat(l).endsWith("3: \"<|begin|>\" \" a\\n\" \"say \\\"x\\\"\\u001b\""))
                .anySatisfy(l -> assertThat(l).matches("s_0 recorded +yes"))
                .anySatisfy(l -> assertThat(l).contains("2 of 3 tokens are real, 1 are padding"))
                .anySatisfy(l -> assertThat(l).matches("reference +\\[3\\]\\[4\\] f32.*"))
                .anySatisfy(l -> assertThat(l).matches("norm_weight +\\[4\\]"))
                .anySatisfy(l -> assertThat(l).matches("logits +\\[5\\]\\[3\\]\\[7\\] f32"))
                .anySatisfy(l -> assertThat(l).matches("metadata model +\"tiny\""));
    }

    @Test
    void whatIsNotThereIsSaid() throws IOException {
        Path trace = TraceFixture.states(5, 3, 4).write(folder.resolve("t.safetensors"));

        assertThat(Run.of("info", trace).succeeds().out()).contains("unknown", "without texts", "none");
        assertThat(Run.of("info", trace, "--has-s0", "no").succeeds().out()).containsPattern("s_0 recorded +no");
        Path tokens = Files.writeString(folder.resolve("tokens.txt"), "x\ny\nz\n");
        assertThat(Run.of("info", trace, "--tokens", tokens).succeeds().out()).contains("3: \"x\" \"y\" \"z\"");
    }

    @Test
    void valuesStandInOneColumn() throws IOException {
        Path trace = TraceFixture.states(5, 3, 4).tokens("a", "b", "c").write(folder.resolve("t.safetensors"));

        List<String> lines = Run.of("info", trace).succeeds().out().lines().filter(l -> l.startsWith("states  ") || l.startsWith("dtype"))
                .toList();
        assertThat(lines).extracting(l -> l.indexOf(l.split(" +", 2)[1])).containsOnly(lines.getFirst().indexOf('['));
    }

    @Test
    void doctorReportsBackendAndBandwidth() {
        assertThat(Run.of("doctor").succeeds().out()).containsPattern("backend +\\S").contains("CPU kernels", "CUDA", "library")
                .containsPattern("read bandwidth +\\d+\\.\\d GB/s");
    }

    @Test
    void heatmapIsAPngOfTheSizeThatWasAskedFor() throws IOException {
        Path trace = TraceFixture.states(5, 3, 4).tokens("a", "b", "c").write(folder.resolve("t.safetensors"));
        Path png = folder.resolve("h.png");

        Run.of("heatmap", trace, "-o", png, "--width", 640, "--height", 480, "--range", "0.1,10", "--title", "a title").succeeds();
        assertThat(javax.imageio.ImageIO.read(png.toFile())).extracting(i -> i.getWidth(), i -> i.getHeight()).containsExactly(640, 480);
        Run.of("heatmap", trace, "-o", png, "--width", 700).succeeds();
        assertThat(javax.imageio.ImageIO.read(png.toFile()).getWidth()).isEqualTo(700);
        assertThat(folder).isDirectoryNotContaining("glob:**unfinished*");
    }

    /** A matrix as a page names it. */
    private static String view(String metric, String reference) {
        return "\"metric\":\"" + metric + "\",\"reference\":\"" + reference + "\"";
    }

    @Test
    void heatmapIsAPageOfTheReferencesThereAre() throws IOException {
        Path trace = TraceFixture.states(5, 3, 4).tokens("a", "</script>", "c").write(folder.resolve("t.safetensors"));
        Path page = folder.resolve("h.html");

        Run.of("heatmap", trace, "-o", page, "--title", "a title", "--range", "0.1,10").succeeds();
        String html = Files.readString(page);
        assertThat(html)
                .contains(view("l2", "last"), view("l2", "tail-mean:0.25"), view("l2", "previous"), "[\"a title\"]",
                        "\"low\":-1.0,\"high\":1.0", "\"analysis\":{", "\\u003c/script\\u003e")
                .doesNotContain("external\"");
        Run.of("heatmap", trace, "-o", page, "--metric", "cosine", "--reference", "previous").succeeds();
        assertThat(Files.readString(page)).containsSubsequence(view("cosine", "previous"), view("cosine", "last"),
                view("cosine", "tail-mean:0.25"));
        Run.of("heatmap", trace, "-o", page, "--metric", "norm").succeeds();
        assertThat(Files.readString(page)).contains(view("norm", "none")).doesNotContain("tail-mean:", "\"analysis\"");
        assertThat(folder).isDirectoryNotContaining("glob:**unfinished*");
    }

    @Test
    void aPageHasTheRecordedReferenceToo() throws IOException {
        Path page = folder.resolve("h.html");
        Path figureLike = BundledTrace.SETTLING.resolveSibling("figure-like.safetensors");

        Run.of("heatmap", figureLike, "-o", page).succeeds();
        assertThat(Files.readString(page)).containsSubsequence(view("l2", "last"), view("l2", "tail-mean:0.25"), view("l2", "external"),
                view("l2", "previous"));
        Run.of("heatmap", figureLike, "-o", page, "--reference", "external").succeeds();
        assertThat(Files.readString(page)).containsSubsequence(view("l2", "external"), view("l2", "last"), view("l2", "tail-mean:0.25"),
                view("l2", "previous"));
    }
}
