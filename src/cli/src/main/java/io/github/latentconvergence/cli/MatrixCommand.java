package io.github.latentconvergence.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Writes the convergence matrix as numbers. */
@Command(name = "matrix", sortOptions = false, header = "Write the convergence matrix: the distance of every token at every iteration from its reference.", footerHeading = "%nExamples:%n", footer = {
    "  latent-convergence matrix trace.safetensors -o matrix.csv",
    "  latent-convergence matrix trace.safetensors -o matrix.npy --reference previous",
    "  latent-convergence matrix short.safetensors -o matrix.json --reference-file long.safetensors@128",
    "  latent-convergence matrix trace.safetensors -o - --format csv --wide | head"})
final class MatrixCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private TraceArguments which = new TraceArguments();

    @Option(names = {"-o",
        "--output"}, paramLabel = "OUT", required = true, description = "A .csv, .npy or .json file; - for standard output, which needs --format.")
    private String output = "";

    @Option(names = "--format", paramLabel = "F", converter = Converters.OfFormat.class, description = "csv, json or npy, where OUT does not say.")
    private @Nullable MatrixFormat format;

    @Option(names = "--wide", description = "CSV with one line per token and one column per iteration, not one line per cell.")
    private boolean wide;

    @Mixin
    private MeasureArguments what = new MeasureArguments();

    @Override
    public Integer call() throws IOException {
        MatrixFormat chosen = chosenFormat();
        what.options();
        if (output.equals(STANDARD_OUTPUT)) {
            write(Measurement.of(which, what, root), chosen, root.console().out());
            return Cli.DONE;
        }
        OutputFile file = OutputFile.at(Path.of(output), inputs());
        Measurement measurement = Measurement.of(which, what, root);
        file.write(path -> {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16)) {
                write(measurement, chosen, out);
            }
        });
        return Cli.DONE;
    }

    private Path[] inputs() {
        return Inputs.of(which, what);
    }

    private void write(Measurement measurement, MatrixFormat chosen, OutputStream out) throws IOException {
        switch (chosen) {
            case CSV -> {
                if (wide) {
                    MatrixCsv.writeWide(measurement.matrix(), measurement.tokens(), out);
                } else {
                    MatrixCsv.writeLong(measurement.matrix(), measurement.tokens(), out);
                }
            }
            case NPY -> MatrixNpy.write(measurement.matrix(), out);
            case JSON -> MatrixJson.write(measurement.matrix(), measurement.tokens(), out);
        }
    }

    private MatrixFormat chosenFormat() {
        MatrixFormat chosen = output.equals(STANDARD_OUTPUT) ? formatOfStandardOutput() : formatOfFile();
        if (wide && chosen != MatrixFormat.CSV) {
            throw new ParameterException(spec.commandLine(), "--wide is a form of CSV: it contradicts " + chosen.label());
        }
        return chosen;
    }

    private MatrixFormat formatOfStandardOutput() {
        if (format == null) {
            throw new ParameterException(spec.commandLine(), "-o - needs --format csv, --format json or --format npy");
        }
        return format;
    }

    private MatrixFormat formatOfFile() {
        Optional<MatrixFormat> named = MatrixFormat.ofExtension(Path.of(output));
        if (format == null) {
            return named.orElseThrow(() -> new ParameterException(spec.commandLine(),
                    "-o " + output + ": expected a name that ends in .csv, .npy or .json, or --format"));
        }
        if (named.isPresent() && named.get() != format) {
            throw new ParameterException(spec.commandLine(), "--format " + format.label() + " contradicts -o " + output);
        }
        return format;
    }
}
