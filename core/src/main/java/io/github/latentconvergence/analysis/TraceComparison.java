package io.github.latentconvergence.analysis;

import io.github.latentconvergence.BackendUnavailableException;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.io.Trace;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Two runs of the same tokens, held against each other position by position: other initial states, checkpoints or precisions. Where the runs started does not matter to a
 * token whose distance between them falls to what arithmetic alone leaves: it is <em>path independent</em>. Immutable.
 *
 * @param matrix distance between the runs for each token and each iteration that both have; its reference is the second run
 * @param ownA distances of the first run to its own reference, over all its iterations
 * @param ownB those of the second run
 * @param tokens what is concluded of each token that is masked in neither, in order
 * @param text the whole in a few sentences, made from the numbers
 */
public record TraceComparison(ConvergenceMatrix matrix, ConvergenceMatrix ownA, ConvergenceMatrix ownB, List<PathAnalysis> tokens,
        String text) {
    /** Copies the list. */
    public TraceComparison {
        tokens = List.copyOf(tokens);
    }

    /**
     * Compares two sequences; iterations that only one of them has are left out.
     *
     * @param options metric, normalisation and what computes, and the reference that each run's own distances are measured to. RMSNorm takes the traces' own weight unless one is
     *        given
     * @throws IllegalArgumentException if the traces have other tokens, another hidden size, a first state that is s_0 in one alone, or states normalised in one alone; or if the
     *         metric is norm
     * @throws IllegalStateException if a trace is closed, or holds several sequences: choose one with {@code trace.batch(b)}
     * @throws BackendUnavailableException if a backend or tier was named that is not to be had
     * @throws CancellationException if the calling thread is interrupted
     */
    public static TraceComparison of(Trace a, Trace b, ConvergenceOptions options) {
        return of(a, b, options, options.reference(), options.reference());
    }

    /**
     * As {@link #of(Trace, Trace, ConvergenceOptions)}, with a reference for each run, as where each trace has recorded one.
     *
     * @param referenceA what the first run's own distances are measured to, in place of the options' reference
     * @param referenceB what those of the second are measured to
     */
    public static TraceComparison of(Trace a, Trace b, ConvergenceOptions options, Reference referenceA, Reference referenceB) {
        return new Comparer(a, b, options).run(referenceA, referenceB);
    }

    /** As {@link #of(Trace, Trace, ConvergenceOptions)}, by the measurements of an analysis. */
    public static TraceComparison of(Trace a, Trace b, AnalysisOptions options) {
        return of(a, b, options.measure());
    }
}
