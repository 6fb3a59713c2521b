package io.github.latentconvergence.cli;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.plot.ColorMap;
import io.github.latentconvergence.plot.ComparisonFigure;
import io.github.latentconvergence.plot.FigureFormat;
import io.github.latentconvergence.plot.Heatmap;
import io.github.latentconvergence.plot.HeatmapPage;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a figure looks like. */
final class FigureArguments {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(names = "--range", paramLabel = "LO,HI", converter = Converters.OfRange.class, description = "Distances at the ends of the colour bar, so that two figures compare; default the data's own.")
    private @Nullable ColorRange range;

    @Option(names = "--colors", paramLabel = "MAP", converter = Converters.OfColorMap.class, completionCandidates = Converters.ColorMaps.class, description = "Colours from near to far: ${COMPLETION-CANDIDATES}. Default viridis. A page offers all, this one at first.")
    private ColorMap colors = ColorMap.VIRIDIS;

    @Option(names = "--title", paramLabel = "TEXT", description = "Stands above the figure.")
    private @Nullable String title;

    @Option(names = "--width", paramLabel = "PX", description = "Width in pixels, before --scale; default chosen for the number of iterations.")
    private @Nullable Integer width;

    @Option(names = "--height", paramLabel = "PX", description = "Height in pixels, before --scale; default chosen for the number of tokens.")
    private @Nullable Integer height;

    @Option(names = "--scale", paramLabel = "F", description = "That many times the pixels in each direction, for print: 3.125 is 300 dots per inch. Default 1.")
    private double scale = 1;

    /**
     * Checks what can be checked before anything is measured.
     *
     * @throws ParameterException if no figure is written by that name, or none can look so
     */
    void check(Path output) {
        try {
            FigureFormat.of(output);
            on(Heatmap.of(ConvergenceMatrix.of(new double[][] {{1}}, Metric.L2, Reference.last()), List.of("")));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Checks that nothing is asked for that a page has not.
     *
     * @throws ParameterException if something is
     */
    void requirePage(Path output) {
        if (width != null || height != null || scale != 1) {
            throw new ParameterException(command.commandLine(),
                    "--width, --height and --scale contradict -o " + output + ": a page is as large as its window");
        }
    }

    /** A page that looks so. */
    HeatmapPage on(HeatmapPage page) {
        HeatmapPage titled = (title == null ? page : page.withTitle(title)).withColors(colors);
        return range == null ? titled : titled.withRange(range.lo(), range.hi());
    }

    /** A heatmap that looks so. */
    Heatmap on(Heatmap heatmap) {
        Heatmap titled = (title == null ? heatmap : heatmap.withTitle(title)).withColors(colors);
        Heatmap styled = range == null ? titled : titled.withRange(range.lo(), range.hi());
        return size(styled::toImage).map(s -> styled.withSize(s.width, s.height)).orElse(styled).withScale(scale);
    }

    /** Two runs that look so. */
    ComparisonFigure on(ComparisonFigure figure) {
        ComparisonFigure titled = (title == null ? figure : figure.withTitle(title)).withColors(colors);
        ComparisonFigure styled = range == null ? titled : titled.withRange(range.lo(), range.hi());
        return size(styled::toImage).map(s -> styled.withSize(s.width, s.height)).orElse(styled).withScale(scale);
    }

    private record Size(int width, int height) {}

    /** What was asked for; a side that was not given is as it would have been. */
    private Optional<Size> size(Supplier<BufferedImage> drawn) {
        if (width == null && height == null) {
            return Optional.empty();
        }
        if (width != null && height != null) {
            return Optional.of(new Size(width, height));
        }
        BufferedImage own = drawn.get();
        return Optional
                .of(new Size(Objects.requireNonNullElse(width, own.getWidth()), Objects.requireNonNullElse(height, own.getHeight())));
    }
}
