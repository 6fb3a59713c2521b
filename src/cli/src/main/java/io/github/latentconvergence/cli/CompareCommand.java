package io.github.latentconvergence.cli;

import io.github.latentconvergence.analysis.AnalysisOptions;
import io.github.latentconvergence.analysis.TraceComparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Compares two runs of the same tokens. */
@Command(name = "compare", sortOptions = false, header = "Compare two traces of the same tokens: the distance between them, and whether each token comes to the same place from another start.", footerHeading = "%nExamples:%n", footer = {
    "  latent-convergence compare seed0.safetensors seed1.safetensors -o difference.csv",
    "  latent-convergence compare seed0.safetensors seed1.safetensors -o paths.json --metric relative-l2",
    "  latent-convergence compare seed0.safetensors seed1.safetensors -o - --format csv | head"})
final class CompareCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Mixin
    private TraceArguments which = new TraceArguments();

    @Parameters(index = "1", paramLabel = "OTHER", description = "Another trace of the same tokens. What options say of TRACE is said of it too.")
    private Path other = Path.of("");

    @Mixin
    private MatrixOutput output = new MatrixOutput();

    @Mixin
    private DistanceArguments what = new DistanceArguments();

    @Override
    public Integer call() throws IOException {
        output.format();
        what.options();
        what.requireDistance();
        Destination destination = output.destination(root, inputs());
        ComparedTraces compared = TraceRun.ofPair(which, other, what, root,
                (a, b, o) -> new ComparedTraces(TraceFacts.of(a), TraceFacts.of(b), a.tokens(),
                        TraceComparison.of(a, b, AnalysisOptions.defaults().withMeasure(o))),
                c -> c.comparison().matrix());
        destination.write(
                out -> output.write(compared.comparison().matrix(), compared.texts(), json -> CompareJson.write(compared, json), out));
        if (!output.isStandardOutput()) {
            compared.lines().forEach(root.console().text()::println);
        }
        return Cli.DONE;
    }

    private Path[] inputs() {
        Path[] described = which.inputs();
        Path[] all = Arrays.copyOf(described, described.length + 1);
        all[described.length] = other;
        return all;
    }
}
