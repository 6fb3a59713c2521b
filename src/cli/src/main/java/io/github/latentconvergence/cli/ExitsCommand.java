package io.github.latentconvergence.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Replays exit rules. */
@Command(name = "exits", sortOptions = false, header = "Replay the rules by which models stop iterating: where each would have stopped, and how far from the reference.", footerHeading = "%nExamples:%n", footer = {
    "  latent-convergence exits trace.safetensors",
    "  latent-convergence exits trace.safetensors --exit-rule kl=5e-4 --exit-rule latent-diff",
    "  latent-convergence exits trace.safetensors --json exits.json --sweep thresholds.csv"})
final class ExitsCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private TraceArguments which = new TraceArguments();

    @Option(names = "--exit-rule", paramLabel = "NAME[=E]", converter = Converters.OfExitRule.class, completionCandidates = Converters.ExitRules.class, description = "A rule and its threshold, any number of times: ${COMPLETION-CANDIDATES}. Default: all that the trace has the data for, with their usual thresholds.")
    private List<ExitChoice> rules = new ArrayList<>();

    @Option(names = "--json", paramLabel = "OUT", description = "Write where every token exits as JSON; - for standard output, in place of the table.")
    private @Nullable String json;

    @Option(names = "--sweep", paramLabel = "OUT.csv", description = "Write what all rules do at thresholds from 1e-5 to 1 (argmax-stability: 1 to 20 steps) as CSV; - for standard output, in place of the table.")
    private @Nullable String sweep;

    @Mixin
    private MeasureArguments what = new MeasureArguments();

    @Override
    public Integer call() throws IOException {
        what.options();
        what.requireDistance();
        Results results = new Results(spec, root, Inputs.of(which, what));
        Results.Target jsonTarget = results.target("--json", json);
        Results.Target sweepTarget = results.target("--sweep", sweep);
        ExitReport report = TraceRun.of(which, what, root, (trace, options) -> ExitReport.of(trace, options, rules, sweep != null),
                ExitReport::matrix);
        jsonTarget.write(out -> ExitsJson.write(report.replays(), out));
        sweepTarget.write(out -> ExitSweep.write(report.sweep(), out));
        results.show(() -> new ExitsText(report).lines());
        return Cli.DONE;
    }
}
