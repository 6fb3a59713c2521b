package io.github.latentconvergence.cli;

import io.github.latentconvergence.analysis.TraceComparison;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.plot.ComparisonFigure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Compares two runs of the same tokens. */
@Command(name = "compare", sortOptions = false, header = "Compare two traces of the same tokens: the distance between them, whether each token comes to the same place from another start, and how both settle side by side.", footerHeading = "%nExamples:%n", footer = {
    "  latent-convergence compare seed0.safetensors seed1.safetensors -o difference.csv",
    "  latent-convergence compare seed0.safetensors seed1.safetensors -o paths.json --metric relative-l2",
    "  latent-convergence compare seed0.safetensors seed1.safetensors -o both.png --names \"seed 0,seed 1\"",
    "  latent-convergence compare f32.safetensors bf16.safetensors -o both.html --reference tail-mean",
    "  latent-convergence compare seed0.safetensors seed1.safetensors -o - --format csv | head"})
final class CompareCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private TraceArguments which = new TraceArguments();

    @Parameters(index = "1", paramLabel = "OTHER", description = "Another trace of the same tokens. What options say of TRACE is said of it too.")
    private Path other = Path.of("");

    @Mixin
    private ComparisonOutput output = new ComparisonOutput();

    @Mixin
    private ComparisonArguments each = new ComparisonArguments();

    @Mixin
    private FigureArguments look = new FigureArguments();

    @Mixin
    private DistanceArguments what = new DistanceArguments();

    @Override
    public Integer call() throws IOException {
        check();
        if (output.isFigure()) {
            OutputFile file = OutputFile.at(output.file(), inputs());
            ComparedTraces compared = measured();
            ComparisonFigure bare = ComparisonFigure.of(compared.comparison(), compared.texts());
            ComparisonFigure figure = look.on(each.named(bare, compared.a().path(), compared.b().path()));
            file.write(figure::write);
            print(compared);
            return Cli.DONE;
        }
        Destination destination = output.destination(root, inputs());
        ComparedTraces compared = measured();
        destination.write(
                out -> output.write(compared.comparison().matrix(), compared.texts(), json -> CompareJson.write(compared, json), out));
        if (!output.isStandardOutput()) {
            print(compared);
        }
        return Cli.DONE;
    }

    private void check() {
        output.requireOwn(command.commandLine().getParseResult());
        if (output.isFigure()) {
            look.check(output.file());
        } else {
            output.format();
        }
        what.options();
        what.requireDistance();
    }

    private ComparedTraces measured() throws IOException {
        return TraceRun.ofPair(which, other, what, root,
                (a, b, o) -> new ComparedTraces(TraceFacts.of(a), TraceFacts.of(b), texts(a, b),
                        TraceComparison.of(a, b, o, each.of(a), each.of(b))),
                c -> c.comparison().matrix());
    }

    /** Numbers are those of the first trace's tokens; a figure takes their texts from the trace that has them. */
    private List<String> texts(Trace a, Trace b) {
        return output.isFigure() && !a.hasTokenTexts() ? b.tokens() : a.tokens();
    }

    private void print(ComparedTraces compared) {
        compared.lines().forEach(root.console().text()::println);
    }

    private Path[] inputs() {
        Path[] described = which.inputs();
        Path[] all = Arrays.copyOf(described, described.length + 1);
        all[described.length] = other;
        return all;
    }
}
