package io.github.latentconvergence.cli;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.io.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Work on traces that are open only for it: the sequence is chosen, the reference found, progress shown, and where the work fails the message names the file.
 */
final class TraceRun {
    private final Root root;
    private final List<Trace> traces;

    private TraceRun(Root root, List<Trace> traces) {
        this.root = root;
        this.traces = traces;
    }

    /** What is done with one trace. */
    interface Work<R> {
        R on(Trace trace, ConvergenceOptions options);
    }

    /** What is done with two. */
    interface PairWork<R> {
        R on(Trace a, Trace b, ConvergenceOptions options);
    }

    /**
     * Opens, works and closes.
     *
     * @param matrix the distances in a result, which tell what was measured
     */
    static <R> R of(TraceArguments which, MeasureArguments what, Root root, Work<R> work, Function<R, ConvergenceMatrix> matrix)
            throws IOException {
        ConvergenceOptions options = what.options();
        try (Trace whole = which.open()) {
            Trace trace = which.sequence(whole);
            TraceRun run = new TraceRun(root, List.of(trace));
            ReferenceFile other = what.referenceFile();
            if (other != null) {
                try (Trace elsewhere = other.open(which.dtype())) {
                    Reference reference = Reference.external(other.states(elsewhere, trace, which.batch()),
                            ReferenceFile.isNormalized(elsewhere));
                    return run.done(options.withReference(reference), o -> work.on(trace, o), matrix);
                }
            }
            return run.done(what.isExternal() ? options.withReference(recorded(trace, ", or --reference-file FILE")) : options,
                    o -> work.on(trace, o), matrix);
        }
    }

    /** The same for two traces that are described alike. A sequence is chosen in the one that holds several, or in both. */
    static <R> R ofPair(TraceArguments which, Path other, DistanceArguments what, Root root, PairWork<R> work,
            Function<R, ConvergenceMatrix> matrix) throws IOException {
        try (Trace wholeA = which.open(); Trace wholeB = which.open(other)) {
            boolean chosenInB = wholeB.states().hasBatch();
            Trace a = TraceArguments.sequence(wholeA, wholeA.states().hasBatch() || !chosenInB ? which.batch() : null);
            Trace b = TraceArguments.sequence(wholeB, chosenInB ? which.batch() : null);
            return new TraceRun(root, List.of(a, b)).done(what.options(), o -> work.on(a, b, o), matrix);
        }
    }

    /**
     * The reference that a trace brings.
     *
     * @param instead what to say of where else it could come from, if that is anywhere
     */
    static Reference recorded(Trace trace, String instead) {
        return Reference.external(
                trace.reference().orElseThrow(() -> new IllegalArgumentException(
                        trace.path() + ": has no tensor 'reference': --reference external needs one" + instead)),
                trace.referenceNormalized().orElse(false));
    }

    private <R> R done(ConvergenceOptions options, Function<ConvergenceOptions, R> work, Function<R, ConvergenceMatrix> matrix) {
        long start = System.nanoTime();
        R result;
        try (ProgressDisplay progress = new ProgressDisplay(root.console().err())) {
            result = work.apply(options.withProgress(progress));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(named(String.valueOf(e.getMessage())), e);
        }
        if (root.verbose()) {
            remark(matrix.apply(result), (System.nanoTime() - start) / 1e9);
        }
        return result;
    }

    /** The library knows tensors, not files: people look for the file. */
    private String named(String problem) {
        List<String> files = traces.stream().map(t -> t.path().toString()).toList();
        return files.stream().anyMatch(problem::contains) ? problem : String.join(" and ", files) + ": " + problem;
    }

    private void remark(ConvergenceMatrix matrix, double seconds) {
        double bytes = traces.stream().map(Trace::states).mapToDouble(s -> s.shape().bytes(s.dtype())).sum();
        root.console().remark(String.format(Locale.ROOT,
                "measured %d tokens x %d iterations of %s, %s to %s, normalization %s, with %s: %.3f GB of states in %.3f s, %d cell(s) not finite",
                matrix.tokens(), matrix.iterations(), traces.getFirst().states().dtype().label(), matrix.metric().label(),
                matrix.reference().label(),
                matrix.normalization().label(), matrix.computedBy(), bytes / 1e9, seconds, matrix.nonFinite()));
    }
}
