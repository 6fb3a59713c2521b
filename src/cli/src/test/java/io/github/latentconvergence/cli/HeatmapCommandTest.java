package io.github.latentconvergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options of the heatmap from end to end; what they draw is tested where it is drawn. */
class HeatmapCommandTest {
    @TempDir
    Path folder = Path.of("");

    private String svg(Object... options) throws IOException {
        Path file = folder.resolve("h.svg");
        Object[] args = new Object[4 + options.length];
        System.arraycopy(new Object[] {"heatmap", BundledTrace.SETTLING, "-o", file}, 0, args, 0, 4);
        System.arraycopy(options, 0, args, 4, options.length);
        Run.of(args).succeeds();
        assertThat(folder).isDirectoryContaining("glob:**h.svg").isDirectoryNotContaining("glob:**unfinished*");
        return Files.readString(file);
    }

    @Test
    void overlaysAreDrawnByTheOptionsOfTheAnalysis() throws IOException {
        String all = svg("--overlay", "step,floor,band,segments", "--threshold", "0.02", "--threshold-kind", "of-start", "--rule", "first");
        assertThat(all).contains("class=\"step\"", "class=\"floor\"", "class=\"segments\"", "convergence step (first below 0.02 of-start)",
                "at the arithmetic floor", "between segments", "no slow or fast band").doesNotContain("class=\"exits\"");
        assertThat(svg("--overlay", "step, step")).contains("class=\"step\"").doesNotContain("class=\"floor\"");
        assertThat(svg()).doesNotContain("class=\"step\"", "class=\"floor\"", "class=\"segments\"");
    }

    @Test
    void theSlowPairOfThePublishedFigureIsTheOneBand() throws IOException {
        Path file = folder.resolve("h.svg");
        Run.of("heatmap", BundledTrace.FIGURE_LIKE, "-o", file, "--reference", "external", "--overlay", "band").succeeds();
        String svg = Files.readString(file);
        assertThat(svg).contains(">slow band<").containsOnlyOnce(">z ");
        assertThat(Files.size(file)).isLessThan(300_000);
    }

    @Test
    void exitsAreThoseOfTheRuleAndThreshold() throws IOException {
        assertThat(svg("--exits", "latent-diff")).contains("class=\"exits\"", "exit (latent-diff at 0.03, by token)");
        assertThat(svg("--exits", "cosine=1e-4", "--overlay", "step")).contains("exit (cosine at 1.0E-4, by token)", "class=\"step\"");
        Run.of("heatmap", BundledTrace.SETTLING, "-o", folder.resolve("none.svg"), "--exits", "kl").fails(Cli.FAILED,
                "the trace has no logits");
        assertThat(folder.resolve("none.svg")).doesNotExist();
    }

    @Test
    void scaleMultipliesThePixelsOfAnySize() throws IOException {
        Path png = folder.resolve("h.png");
        Run.of("heatmap", BundledTrace.SETTLING, "-o", png, "--width", 640, "--height", 480, "--scale", 2.5).succeeds();
        assertThat(ImageIO.read(png.toFile())).extracting(i -> i.getWidth(), i -> i.getHeight()).containsExactly(1600, 1200);
        Run.of("heatmap", BundledTrace.SETTLING, "-o", png).succeeds();
        int height = ImageIO.read(png.toFile()).getHeight();
        Run.of("heatmap", BundledTrace.SETTLING, "-o", png, "--width", 640, "--scale", 2).succeeds();
        assertThat(ImageIO.read(png.toFile())).extracting(i -> i.getWidth(), i -> i.getHeight()).containsExactly(1280, 2 * height);
    }

    @Test
    void colorsAreThoseOfTheMap() throws IOException {
        assertThat(svg("--colors", "gray")).contains("fill=\"#000000\"", "fill=\"#a3a3a3\"").doesNotContain("#440154");
        assertThat(svg()).contains("fill=\"#440154\"", "fill=\"#fde725\"");
    }
}
