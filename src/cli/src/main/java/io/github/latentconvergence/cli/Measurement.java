package io.github.latentconvergence.cli;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.io.Trace;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A measured trace.
 *
 * @param tokens a text for each row of the matrix
 */
record Measurement(ConvergenceMatrix matrix, List<String> tokens) {

    /** Opens, measures and closes. */
    static Measurement of(TraceArguments which, MeasureArguments what, Root root) throws IOException {
        ConvergenceOptions options = what.options();
        try (Trace whole = which.open()) {
            Trace trace = which.sequence(whole);
            ReferenceFile other = what.referenceFile();
            if (other != null) {
                try (Trace elsewhere = other.open(which.dtype())) {
                    Reference reference = Reference.external(other.states(elsewhere, trace, which.batch()),
                            ReferenceFile.isNormalized(elsewhere));
                    return measured(trace, options.withReference(reference), root);
                }
            }
            return measured(trace, what.isExternal() ? options.withReference(recorded(trace)) : options, root);
        }
    }

    private static Reference recorded(Trace trace) {
        return Reference.external(
                trace.reference().orElseThrow(() -> new IllegalArgumentException(trace.path()
                        + ": has no tensor 'reference': --reference external needs one, or --reference-file FILE")),
                trace.referenceNormalized().orElse(false));
    }

    private static Measurement measured(Trace trace, ConvergenceOptions options, Root root) {
        long start = System.nanoTime();
        ConvergenceMatrix matrix;
        try (ProgressDisplay progress = new ProgressDisplay(root.console().err())) {
            matrix = Convergence.convergenceMatrix(trace, options.withProgress(progress));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(named(trace, e.getMessage()), e);
        }
        if (root.verbose()) {
            remark(root.console(), trace, matrix, (System.nanoTime() - start) / 1e9);
        }
        return new Measurement(matrix, trace.tokens());
    }

    /** The library knows tensors, not files: people look for the file. */
    private static String named(Trace trace, @Nullable String problem) {
        String text = String.valueOf(problem);
        return text.contains(trace.path().toString()) ? text : trace.path() + ": " + text;
    }

    private static void remark(Console console, Trace trace, ConvergenceMatrix matrix, double seconds) {
        double bytes = (double) trace.states().shape().bytes(trace.states().dtype());
        console.remark(String.format(Locale.ROOT,
                "measured %d tokens x %d iterations of %s, %s to %s, normalization %s, with %s in %.3f s (%.2f GB/s), %d cell(s) not finite",
                matrix.tokens(), matrix.iterations(), trace.states().dtype().label(), matrix.metric().label(), matrix.reference().label(),
                matrix.normalization().label(), matrix.computedBy(), seconds, bytes / seconds / 1e9, matrix.nonFinite()));
    }
}
