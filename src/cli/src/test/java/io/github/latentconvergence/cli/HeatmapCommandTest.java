package io.github.latentconvergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
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

    private String page(Object... options) throws IOException {
        Path file = folder.resolve("h.html");
        Object[] args = new Object[4 + options.length];
        System.arraycopy(new Object[] {"heatmap", BundledTrace.FIGURE_LIKE, "-o", file}, 0, args, 0, 4);
        System.arraycopy(options, 0, args, 4, options.length);
        Run.of(args).succeeds();
        return Files.readString(file);
    }

    private static List<String> views(String page) {
        return Pattern.compile("\"metric\":\"([^\"]*)\",\"reference\":\"([^\"]*)\"").matcher(page).results()
                .map(view -> view.group(1) + " " + view.group(2)).toList();
    }

    @Test
    void aPageHasEveryMetricToEveryReference() throws IOException {
        assertThat(views(page("--also", "cosine, norm", "--also", "l2", "--reference", "iteration:40"))).containsExactly("l2 iteration:40",
                "l2 last", "l2 tail-mean:0.25", "l2 external", "l2 previous", "cosine iteration:40", "cosine last",
                "cosine tail-mean:0.25", "cosine external", "cosine previous", "norm none");
        assertThat(views(page("--metric", "norm", "--also", "linf"))).containsExactly("norm none", "linf last", "linf tail-mean:0.25",
                "linf external", "linf previous");
        assertThat(views(page("--reference", "external"))).containsExactly("l2 external", "l2 last", "l2 tail-mean:0.25", "l2 previous");
    }

    @Test
    void aPageHasTheExitsOfAllRulesThatAreNamed() throws IOException {
        assertThat(page("--exits", "cosine=1e-4", "--exits", "latent-diff"))
                .containsSubsequence("\"name\":\"cosine at 1.0E-4\"", "\"name\":\"latent-diff at 0.03\"", "\"exitsShown\":true");
        assertThat(page()).contains("\"exits\":[],\"exitsShown\":false");
        Run.of("heatmap", BundledTrace.SETTLING, "-o", folder.resolve("none.html"), "--exits", "kl").fails(Cli.FAILED,
                "the trace has no logits");
        assertThat(folder.resolve("none.html")).doesNotExist();
    }

    @Test
    void aPageBeginsWithTheColorsThatAreAskedFor() throws IOException {
        assertThat(page("--colors", "cividis")).contains("\"map\":\"cividis\"");
        assertThat(page()).contains("\"map\":\"viridis\"");
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
        assertThat(svg("--colors", "cividis")).contains("fill=\"#00224e\"", "fill=\"#fee838\"").doesNotContain("#440154");
        assertThat(svg()).contains("fill=\"#440154\"", "fill=\"#fde725\"");
    }
}
