package io.github.latentconvergence.cli;

import io.github.latentconvergence.Metric;
import io.github.latentconvergence.plot.FigureFormat;
import io.github.latentconvergence.plot.Heatmap;
import io.github.latentconvergence.plot.HeatmapPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Draws the convergence matrix. */
@Command(name = "heatmap", sortOptions = false, header = "Draw the convergence matrix: a row for each token, a column for each iteration, coloured by log distance.", footerHeading = "%nExamples:%n", footer = {
    "  latent-convergence heatmap trace.safetensors -o heatmap.png",
    "  latent-convergence heatmap trace.safetensors -o heatmap.svg --overlay step,floor,band,segments",
    "  latent-convergence heatmap trace.safetensors -o steps.png --reference previous",
    "  latent-convergence heatmap trace.safetensors -o heatmap.png --exits latent-diff=0.03 --scale 3.125",
    "  latent-convergence heatmap trace.safetensors -o heatmap.html",
    "  latent-convergence heatmap trace.safetensors -o heatmap.html --also cosine,linf --exits latent-diff --exits cosine",
    "  latent-convergence heatmap trace.safetensors -o heatmap.png --range 1e-3,100 --title \"seed 1\""})
final class HeatmapCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Mixin
    private TraceArguments which = new TraceArguments();

    @Option(names = {"-o",
        "--output"}, paramLabel = "OUT", required = true, description = "A .png or .svg file, or an .html page to explore in a browser, with the analysis and other references.")
    private Path output = Path.of("");

    @Mixin
    private FigureArguments look = new FigureArguments();

    @Mixin
    private OverlayArguments over = new OverlayArguments();

    @Option(names = "--also", paramLabel = "M", split = ",", splitSynopsisLabel = ",", converter = Converters.OfMetric.class, description = "More metrics to choose from on a page, with commas between.")
    private List<Metric> also = new ArrayList<>();

    @Mixin
    private MeasureArguments what = new MeasureArguments();

    private record Result(PageMeasurement measured, HeatmapPage page) {}

    @Override
    public Integer call() throws IOException {
        look.check(output);
        what.options();
        boolean isPage = FigureFormat.of(output) == FigureFormat.HTML;
        over.check(what, isPage);
        if (!also.isEmpty() && !isPage) {
            throw what.wrong("--also contradicts -o " + output + ": only a page has metrics to choose from");
        }
        if (isPage) {
            return writePage();
        }
        OutputFile file = OutputFile.at(output, Inputs.of(which, what));
        Heatmap heatmap = look.on(TraceRun.of(which, what, root, over::measure, OverlayArguments.Drawn::matrix).heatmap());
        file.write(heatmap::write);
        return Cli.DONE;
    }

    private Integer writePage() throws IOException {
        look.requirePage(output);
        over.requirePage(what, output);
        OutputFile file = OutputFile.at(output, Inputs.of(which, what));
        Result result = TraceRun.of(which, what, root, (trace, options) -> {
            PageMeasurement measured = PageMeasurement.of(trace, options, also, over::analysis, over.marksExits());
            return new Result(measured, measured.page().withExits(measured.exits().map(over::replays).orElse(List.of())));
        }, r -> r.measured.shown());
        file.write(look.on(result.page)::write);
        return Cli.DONE;
    }
}
