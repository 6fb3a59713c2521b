package io.github.latentconvergence.cli;

import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceFiles;
import io.github.latentconvergence.io.TraceOptions;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which trace, and what its file does not say about itself. */
final class TraceArguments {
    @Parameters(index = "0", paramLabel = "TRACE", description = "Recorded states: .safetensors, .npy, .npz, or raw bytes with --shape and --dtype.")
    private Path file = Path.of("");

    @Option(names = "--tensor", paramLabel = "NAME", description = "The tensor that holds the states; default: states, or the only one that can.")
    private @Nullable String tensor;

    @Option(names = "--batch", paramLabel = "B", description = "The sequence to measure, counted from 0, where the trace holds several.")
    private @Nullable Long batch;

    @Option(names = "--dtype", paramLabel = "TYPE", converter = Converters.OfDType.class, description = "bf16, f16, f32 or f64: how raw bytes, or an .npy of bf16 bits, are to be read.")
    private @Nullable DType dtype;

    @Option(names = "--shape", paramLabel = "R,T,D", converter = Converters.OfShape.class, description = "Iterations, tokens and hidden size of raw bytes (R,B,T,D with a batch).")
    private @Nullable Shape shape;

    @Option(names = "--has-s0", paramLabel = "yes|no", arity = "1", converter = Converters.OfYesNo.class, description = "Whether the first recorded state is the random initial one, where the file does not say.")
    private Converters.@Nullable YesNo hasS0;

    @Option(names = "--tokens", paramLabel = "FILE", description = "Token texts: a JSON array (.json) or one text per line (.txt).")
    private @Nullable Path tokens;

    Path file() {
        return file;
    }

    /** Files that are read besides the trace. */
    Path[] inputs() {
        return tokens == null ? new Path[] {file} : new Path[] {file, tokens};
    }

    /** The sequence that was chosen, if one was. */
    @Nullable
    Long batch() {
        return batch;
    }

    /** How the bits of a file without types are read, if that was said. */
    @Nullable
    DType dtype() {
        return dtype;
    }

    /** The whole trace: with several sequences, all of them. */
    Trace open() throws IOException {
        return open(file);
    }

    /** Another trace, of which the same is said. */
    Trace open(Path trace) throws IOException {
        TraceOptions options = TraceOptions.defaults();
        if (tensor != null) {
            options = options.withTensor(tensor);
        }
        if (dtype != null) {
            options = options.withDtype(dtype);
        }
        if (shape != null) {
            options = options.withShape(shape);
        }
        if (hasS0 != null) {
            options = options.withHasS0(hasS0 == Converters.YesNo.YES);
        }
        if (tokens != null) {
            options = options.withTokens(tokens);
        }
        return TraceFiles.open(trace, options);
    }

    /** The one sequence of {@code trace} that is to be measured: a view of it. */
    Trace sequence(Trace trace) {
        return sequence(trace, batch);
    }

    /**
     * Sequence {@code batch} of {@code trace}; the trace itself where it has no batch axis.
     *
     * @throws IllegalArgumentException if a sequence has to be chosen and was not, or the other way round
     */
    static Trace sequence(Trace trace, @Nullable Long batch) {
        if (!trace.states().hasBatch()) {
            if (batch != null) {
                throw new IllegalArgumentException(trace.path() + ": states of shape " + trace.states().shape()
                        + " have no batch axis: leave out --batch");
            }
            return trace;
        }
        String found = trace.path() + ": states of shape " + trace.states().shape() + " hold " + trace.batches() + " sequence(s)";
        if (batch == null) {
            throw new IllegalArgumentException(found + ": choose one with --batch 0 to --batch " + (trace.batches() - 1));
        }
        if (batch < 0 || batch >= trace.batches()) {
            throw new IllegalArgumentException(found + ", 0 to " + (trace.batches() - 1) + ": there is no --batch " + batch);
        }
        return trace.batch(batch);
    }
}
