package io.github.latentconvergence.cli;

import io.github.latentconvergence.analysis.Analysis;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Says what the convergence matrix means. */
@Command(name = "analyze", sortOptions = false, header = "Say when each token settled, how fast, to which floor and in what shape; which tokens stand out; whether the run was long enough.", footerHeading = "%nExamples:%n", footer = {
    "  latent-convergence analyze trace.safetensors",
    "  latent-convergence analyze trace.safetensors --reference tail-mean:0.25 --threshold 0.02",
    "  latent-convergence analyze trace.safetensors --json analysis.json --csv tokens.csv",
    "  latent-convergence analyze trace.safetensors --json - | python3 -m json.tool",
    "  latent-convergence analyze trace.safetensors --wide | less -S"})
final class AnalyzeCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private TraceArguments which = new TraceArguments();

    @Option(names = "--json", paramLabel = "OUT", description = "Write everything as JSON; - for standard output, in place of the table.")
    private @Nullable String json;

    @Option(names = "--csv", paramLabel = "OUT", description = "Write a line for each token as CSV; - for standard output, in place of the table.")
    private @Nullable String csv;

    @Option(names = "--wide", description = "A table with all columns and longer texts, wider than 100 columns.")
    private boolean wide;

    @Mixin
    private AnalysisArguments settings = new AnalysisArguments();

    @Mixin
    private MeasureArguments what = new MeasureArguments();

    private record Result(TraceFacts trace, Analysis analysis) {}

    @Override
    public Integer call() throws IOException {
        settings.options(what.options());
        Results results = new Results(spec, root, Inputs.of(which, what));
        Results.Target jsonTarget = results.target("--json", json);
        Results.Target csvTarget = results.target("--csv", csv);
        Result result = TraceRun.of(which, what, root,
                (trace, options) -> new Result(TraceFacts.of(trace), Analysis.of(trace, settings.options(options))),
                r -> r.analysis.matrix());
        jsonTarget.write(out -> AnalysisJson.write(result.trace, result.analysis, out));
        csvTarget.write(out -> AnalysisCsv.write(result.analysis.tokens(), out));
        results.show(() -> new AnalysisText(result.trace, result.analysis, wide).lines());
        return Cli.DONE;
    }
}
