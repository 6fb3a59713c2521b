package io.github.latentconvergence.cli;

import io.github.latentconvergence.plot.FigureFormat;
import io.github.latentconvergence.plot.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Writes everything that is known of a trace on one page. */
@Command(name = "report", sortOptions = false, header = "Write one page with everything about a trace: the interactive heatmap, all charts, the analysis and exit rules.", footerHeading = "%nExamples:%n", footer = {
    "  latent-convergence report trace.safetensors -o report.html",
    "  latent-convergence report trace.safetensors -o report.html --reference external --threshold 0.02",
    "  latent-convergence report trace.safetensors -o report.html --title \"seed 1\""})
final class ReportCommand implements Callable<Integer> {
    /** Share of the work, for the progress bar, after which only trajectories are left. */
    private static final double MEASURED = 0.9;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Mixin
    private TraceArguments which = new TraceArguments();

    @Option(names = {"-o",
        "--output"}, paramLabel = "OUT.html", required = true, description = "The page: one file that needs no network.")
    private Path output = Path.of("");

    @Option(names = "--title", paramLabel = "TEXT", description = "Stands above the page.")
    private @Nullable String title;

    @Mixin
    private AnalysisArguments settings = new AnalysisArguments();

    @Mixin
    private MeasureArguments what = new MeasureArguments();

    private record Result(PageMeasurement measured, Report report) {}

    @Override
    public Integer call() throws IOException {
        check();
        OutputFile file = OutputFile.at(output, Inputs.of(which, what));
        Report report = TraceRun.of(which, what, root, (trace, options) -> {
            DoubleConsumer progress = options.progress();
            PageMeasurement measured = PageMeasurement.of(trace, options.withProgress(done -> progress.accept(MEASURED * done)), List.of(),
                    settings::options, true);
            return new Result(measured,
                    Report.of(trace, measured.analysis().orElseThrow(), measured.others(), measured.exits().orElseThrow(),
                            options.withProgress(done -> progress.accept(MEASURED + (1 - MEASURED) * done))));
        }, result -> result.measured.shown()).report;
        String above = title;
        file.write((above == null ? report : report.withTitle(above))::write);
        return Cli.DONE;
    }

    private void check() {
        if (!output.toString().toLowerCase(Locale.ROOT).endsWith(FigureFormat.HTML.extension())) {
            throw what.wrong("report file " + output + ": expected a name that ends in " + FigureFormat.HTML.extension());
        }
        what.options();
        what.requireDistance();
        settings.options(what.options());
    }
}
