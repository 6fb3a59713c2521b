package io.github.latentconvergence.cli;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.plot.Heatmap;
import io.github.latentconvergence.plot.HeatmapPage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Draws the convergence matrix. */
@Command(name = "heatmap", sortOptions = false, header = "Draw the convergence matrix: a row for each token, a column for each iteration, coloured by log distance.", footerHeading = "%nExamples:%n", footer = {
    "  latent-convergence heatmap trace.safetensors -o heatmap.png",
    "  latent-convergence heatmap trace.safetensors -o steps.png --reference previous",
    "  latent-convergence heatmap trace.safetensors -o heatmap.html",
    "  latent-convergence heatmap trace.safetensors -o heatmap.png --range 1e-3,100 --title \"seed 1\""})
final class HeatmapCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private TraceArguments which = new TraceArguments();

    @Option(names = {"-o",
        "--output"}, paramLabel = "OUT", required = true, description = "A .png file, or an .html page to explore in a browser, with the analysis and other references.")
    private Path output = Path.of("");

    @Option(names = "--range", paramLabel = "LO,HI", converter = Converters.OfRange.class, description = "Distances at the ends of the colour bar, so that two figures compare; default the data's own.")
    private @Nullable ColorRange range;

    @Option(names = "--title", paramLabel = "TEXT", description = "Stands above the figure.")
    private @Nullable String title;

    @Option(names = "--width", paramLabel = "PX", description = "Width in pixels; default chosen for the number of iterations.")
    private @Nullable Integer width;

    @Option(names = "--height", paramLabel = "PX", description = "Height in pixels; default chosen for the number of tokens.")
    private @Nullable Integer height;

    @Mixin
    private MeasureArguments what = new MeasureArguments();

    @Override
    public Integer call() throws IOException {
        String format = MatrixFormat.extension(output);
        if (!List.of("png", "html").contains(format)) {
            throw new ParameterException(spec.commandLine(), "-o " + output + ": expected a name that ends in .png or .html");
        }
        what.options();
        checkStyle();
        if (format.equals("html")) {
            return writePage();
        }
        OutputFile file = OutputFile.at(output, Inputs.of(which, what));
        Measurement measurement = Measurement.of(which, what, root);
        Heatmap heatmap = styled(Heatmap.of(measurement.matrix(), measurement.tokens()));
        file.write(heatmap::write);
        return Cli.DONE;
    }

    private Integer writePage() throws IOException {
        if (width != null || height != null) {
            throw new ParameterException(spec.commandLine(),
                    "--width and --height contradict -o " + output + ": a page is as large as its window");
        }
        OutputFile file = OutputFile.at(output, Inputs.of(which, what));
        HeatmapPage page = PageMeasurement.of(which, what, root).page();
        page = title == null ? page : page.withTitle(title);
        file.write((range == null ? page : page.withRange(range.lo(), range.hi()))::write);
        return Cli.DONE;
    }

    /** A size or range that cannot be drawn is wrong usage, and is said before anything is measured. */
    private void checkStyle() {
        try {
            styled(Heatmap.of(ConvergenceMatrix.of(new double[][] {{1}}, Metric.L2, Reference.last()), List.of("")));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Heatmap styled(Heatmap heatmap) {
        Heatmap styled = title == null ? heatmap : heatmap.withTitle(title);
        if (range != null) {
            styled = styled.withRange(range.lo(), range.hi());
        }
        if (width != null && height != null) {
            return styled.withSize(width, height);
        }
        if (width != null || height != null) {
            // The side that was not given is as it would have been.
            BufferedImage own = styled.toImage();
            return styled.withSize(Objects.requireNonNullElse(width, own.getWidth()), Objects.requireNonNullElse(height, own.getHeight()));
        }
        return styled;
    }
}
