package io.github.latentconvergence.cli;

import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceFiles;
import io.github.latentconvergence.io.TraceFormatException;
import io.github.latentconvergence.io.TraceOptions;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A reference that stands in another file: an iteration of a trace, or an array of one state per token.
 *
 * @param iteration the iteration; null for the last
 */
record ReferenceFile(Path file, @Nullable Long iteration) {
    /** Names of an array {@code [tokens][hidden]}, which a trace cannot have as its states. */
    private static final List<String> TENSORS = List.of("reference", "states");
    private static final Pattern AT_ITERATION = Pattern.compile("(.+)@(\\d{1,18})");

    /** From {@code FILE[@K]}; a file that has this very name, @ and all, goes before. */
    static ReferenceFile parse(String text) {
        Matcher split = AT_ITERATION.matcher(text);
        if (split.matches() && !Files.exists(Path.of(text))) {
            return new ReferenceFile(Path.of(split.group(1)), Long.valueOf(split.group(2)));
        }
        return new ReferenceFile(Path.of(text), null);
    }

    /** The file, opened; what is measured against it borrows its memory. */
    Trace open(@Nullable DType dtype) throws IOException {
        if (!MatrixFormat.extension(file).equals("safetensors")) {
            return TraceFiles.open(file, dtype == null ? TraceOptions.defaults() : TraceOptions.defaults().withDtype(dtype));
        }
        try {
            return TraceFiles.open(file, TraceOptions.defaults());
        } catch (TraceFormatException noTrace) {
            return openTensor(noTrace);
        }
    }

    /** Not a trace, but perhaps a file of one state per token. */
    private Trace openTensor(TraceFormatException noTrace) throws IOException {
        for (String name : TENSORS) {
            try {
                return TraceFiles.open(file, TraceOptions.defaults().withTensor(name));
            } catch (TraceFormatException neither) {
                noTrace.addSuppressed(neither);
            }
        }
        throw noTrace;
    }

    /** Whether {@code opened}, this file, says that its states are normalised. */
    static boolean isNormalized(Trace opened) {
        return opened.normalized().orElse("normalized".equals(opened.metadata().get("reference_norm")));
    }

    /**
     * The states {@code [tokens][hidden]} that {@code measured} is compared with.
     *
     * @param opened this file
     * @throws IllegalArgumentException if they do not fit
     */
    StateTensor states(Trace opened, Trace measured, @Nullable Long batch) {
        StateTensor all = TraceArguments.sequence(opened, opened.states().hasBatch() ? batch : null).states();
        StateTensor wanted = measured.states();
        if (isOneStatePerToken(all, wanted)) {
            return all.alongside(all.segment(), all.dtype(), Shape.of(wanted.tokens(), all.hidden()));
        }
        if (all.tokens() != wanted.tokens() || all.hidden() != wanted.hidden()) {
            throw new IllegalArgumentException(file + ": a reference of " + all.tokens() + " tokens and hidden size " + all.hidden()
                    + " does not fit " + measured.path() + ": expected " + wanted.tokens() + " tokens and hidden size " + wanted.hidden());
        }
        if (all.shape().rank() == 2) {
            if (iteration != null && iteration != 0) {
                throw new IllegalArgumentException(file + ": holds one state per token: there is no iteration " + iteration);
            }
            return all;
        }
        long k = iteration == null ? all.iterations() - 1 : iteration;
        if (k >= all.iterations()) {
            throw new IllegalArgumentException(
                    file + ": has iterations 0 to " + (all.iterations() - 1) + ": there is no iteration " + k);
        }
        return all.iterations(k, k + 1);
    }

    /** A file of one array {@code [T][D]} is opened as T iterations of one token; beside a trace of T tokens it can only mean one state for each. */
    private boolean isOneStatePerToken(StateTensor all, StateTensor wanted) {
        return iteration == null && wanted.tokens() > 1 && all.shape().rank() == 3 && all.tokens() == 1
                && all.iterations() == wanted.tokens() && all.hidden() == wanted.hidden() && all.iterationStride() == all.hidden();
    }
}
