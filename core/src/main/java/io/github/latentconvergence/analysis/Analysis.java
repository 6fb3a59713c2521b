package io.github.latentconvergence.analysis;

import io.github.latentconvergence.BackendUnavailableException;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.io.Trace;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * What a trace says about how its tokens settle. Every number is defined in the handbook, under analysis. Masked tokens take part in nothing and are not in {@link #tokens};
 * all indices are rows of the trace, all iterations positions in it. Immutable.
 *
 * @param options what was analysed, by which rules
 * @param matrix distances to the reference that was asked for, with the references' sizes
 * @param stepNorms l2 distances to the state before
 * @param tokens what is said of each token that is not masked, in order
 * @param words tokens that are read as one word; for reading only
 * @param slowBands neighbouring tokens that stay far from their reference for unusually long
 * @param fastBands neighbouring tokens that come near it unusually soon
 * @param segments tokens between special tokens and ends of sentences
 * @param gradient the overall trend
 * @param summary the whole in a few numbers and a paragraph
 */
public record Analysis(AnalysisOptions options, ConvergenceMatrix matrix, ConvergenceMatrix stepNorms, List<TokenAnalysis> tokens,
        List<Word> words, List<Band> slowBands, List<Band> fastBands, List<Segment> segments, Gradient gradient, Summary summary) {

    /** Copies the lists. */
    public Analysis {
        tokens = List.copyOf(tokens);
        words = List.copyOf(words);
        slowBands = List.copyOf(slowBands);
        fastBands = List.copyOf(fastBands);
        segments = List.copyOf(segments);
    }

    /**
     * Analyses one sequence. The states are read once for everything (twice for the reference {@code lowest-residual}); then, for tokens that may orbit, half of their states
     * once more.
     *
     * @param trace {@code [iterations][tokens][hidden]}; held while this runs
     * @throws IllegalArgumentException if the options do not fit the trace
     * @throws IllegalStateException if the trace is closed, or holds several sequences: choose one with {@code trace.batch(b)}
     * @throws BackendUnavailableException if a backend or tier was named that is not to be had
     * @throws CancellationException if the calling thread is interrupted
     */
    public static Analysis of(Trace trace, AnalysisOptions options) {
        return new Analyzer(trace, options).run();
    }
}
