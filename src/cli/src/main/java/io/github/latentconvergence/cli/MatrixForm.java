package io.github.latentconvergence.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import io.github.latentconvergence.ConvergenceMatrix;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** In which format a matrix is written. Where it is written, commands say in their own words. */
abstract class MatrixForm {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(names = "--format", paramLabel = "F", converter = Converters.OfFormat.class, description = "csv, json or npy, where OUT does not say.")
    private @Nullable MatrixFormat format;

    @Option(names = "--wide", description = "CSV with one line per token and one column per iteration, not one line per cell.")
    private boolean wide;

    /** The value of {@code --output}. */
    abstract String output();

    /** The names of files that can be written, as they end. */
    String endings() {
        return ".csv, .npy or .json";
    }

    final boolean isStandardOutput() {
        return output().equals(Destination.STANDARD_OUTPUT);
    }

    /** See {@link Destination#of}. */
    final Destination destination(Root root, Path... inputs) throws IOException {
        return Destination.of(output(), root, inputs);
    }

    /**
     * The format, from the file's name or {@code --format}.
     *
     * @throws ParameterException if neither says it, or they contradict each other
     */
    final MatrixFormat format() {
        MatrixFormat chosen = isStandardOutput() ? formatOfStandardOutput() : formatOfFile();
        if (wide && chosen != MatrixFormat.CSV) {
            throw wrong("--wide is a form of CSV: it contradicts " + chosen.label());
        }
        return chosen;
    }

    /** Writes the matrix, in JSON what {@code json} writes. */
    final void write(ConvergenceMatrix matrix, List<String> tokens, Destination.Content json, OutputStream out) throws IOException {
        switch (format()) {
            case CSV -> {
                if (wide) {
                    MatrixCsv.writeWide(matrix, tokens, out);
                } else {
                    MatrixCsv.writeLong(matrix, tokens, out);
                }
            }
            case NPY -> MatrixNpy.write(matrix, out);
            case JSON -> json.writeTo(out);
        }
    }

    private MatrixFormat formatOfStandardOutput() {
        if (format == null) {
            throw wrong("-o - needs --format csv, --format json or --format npy");
        }
        return format;
    }

    private MatrixFormat formatOfFile() {
        Optional<MatrixFormat> named = MatrixFormat.ofExtension(Path.of(output()));
        if (format == null) {
            return named.orElseThrow(() -> wrong("-o " + output() + ": expected a name that ends in " + endings() + ", or --format"));
        }
        if (named.isPresent() && named.get() != format) {
            throw wrong("--format " + format.label() + " contradicts -o " + output());
        }
        return format;
    }

    /** Wrong usage of the command that has these options. */
    final ParameterException wrong(String problem) {
        return new ParameterException(command.commandLine(), problem);
    }
}
