package io.github.latentconvergence.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Writes the convergence matrix as numbers. */
@Command(name = "matrix", sortOptions = false, header = "Write the convergence matrix: the distance of every token at every iteration from its reference.", footerHeading = "%nExamples:%n", footer = {
    "  latent-convergence matrix trace.safetensors -o matrix.csv",
    "  latent-convergence matrix trace.safetensors -o matrix.npy --reference previous",
    "  latent-convergence matrix short.safetensors -o matrix.json --reference-file long.safetensors@128",
    "  latent-convergence matrix trace.safetensors -o - --format csv --wide | head"})
final class MatrixCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Mixin
    private TraceArguments which = new TraceArguments();

    @Mixin
    private MatrixOutput output = new MatrixOutput();

    @Mixin
    private MeasureArguments what = new MeasureArguments();

    @Override
    public Integer call() throws IOException {
        output.format();
        what.options();
        Destination destination = output.destination(root, Inputs.of(which, what));
        Measurement measurement = Measurement.of(which, what, root);
        destination.write(out -> output.write(measurement.matrix(), measurement.tokens(),
                json -> MatrixJson.write(measurement.matrix(), measurement.tokens(), json), out));
        return Cli.DONE;
    }
}
