package io.github.latentconvergence.analysis;

import io.github.latentconvergence.BackendUnavailableException;
import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.io.Trace;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * An analysis and whatever else is wanted of the same trace, as a page shows it: together they read the states once, as {@link Analysis#of} does alone. Immutable.
 *
 * @param analysis the same as alone
 * @param exits what exit rules watch, the same as alone; empty where that was not asked for
 * @param others more matrices, in the order they were asked for in
 */
public record Survey(Analysis analysis, Optional<ExitSignals> exits, List<ConvergenceMatrix> others) {

    /** Copies the list. */
    public Survey {
        others = List.copyOf(others);
    }

    /**
     * Analyses one sequence and measures more matrices of it.
     *
     * @param trace {@code [iterations][tokens][hidden]}; held while this runs
     * @param options of the analysis, whose progress is told
     * @param others more matrices to measure, of the same backend, tier and number of threads; those with another RMSNorm take a pass of their own
     * @throws IllegalArgumentException if any of the options do not fit the trace or each other
     * @throws IllegalStateException if the trace is closed, or holds several sequences: choose one with {@code trace.batch(b)}
     * @throws BackendUnavailableException if a backend or tier was named that is not to be had
     * @throws CancellationException if the calling thread is interrupted
     */
    public static Survey of(Trace trace, AnalysisOptions options, List<ConvergenceOptions> others) {
        return of(trace, options, others, false);
    }

    /**
     * The same and what exit rules watch, for which the logits are read once where the trace has any.
     *
     * @throws IllegalArgumentException as without
     * @throws IllegalStateException as without
     * @throws BackendUnavailableException as without
     * @throws CancellationException as without
     */
    public static Survey withExits(Trace trace, AnalysisOptions options, List<ConvergenceOptions> others) {
        return of(trace, options, others, true);
    }

    private static Survey of(Trace trace, AnalysisOptions options, List<ConvergenceOptions> others, boolean withExits) {
        Analyzer analyzer = new Analyzer(trace, options);
        try (Arena arena = Arena.ofShared()) {
            List<ConvergenceOptions> analysis = Measures.wanted(trace, analyzer.measuring());
            List<ConvergenceOptions> exits = withExits ? ExitSignals.wanted(trace, options.measure(), arena) : List.of();
            List<ConvergenceOptions> wanted = new ArrayList<>(analysis);
            wanted.addAll(exits);
            wanted.addAll(others);
            List<ConvergenceMatrix> all = Convergence.convergenceMatrices(trace, wanted);
            int measured = analysis.size() + exits.size();
            Optional<ExitSignals> signals = withExits
                    ? Optional.of(ExitSignals.from(all.subList(analysis.size(), measured), trace, options.measure()))
                    : Optional.empty();
            return new Survey(analyzer.run(Measures.from(all.subList(0, analysis.size()))), signals, all.subList(measured, all.size()));
        }
    }
}
