package io.github.latentconvergence;

import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Measures how far the state of every token at every iteration is from where it ends.
 *
 * <p><b>Threads</b>: any number of measurements may run at once, over the same tensors too. Results do not depend on the backend, the number of threads or how the work is
 * cut: the same bits come out. <b>Ownership</b>: a tensor or trace that is being measured cannot be closed. <b>Cancelling</b>: interrupting the calling thread ends the
 * measurement with a {@link CancellationException}. <b>NaN</b>: goes in and comes out; see {@link ConvergenceMatrix}.
 */
public final class Convergence {
    private Convergence() {}

    /** Euclidean distance of bare states to their last iteration; see {@link #convergenceMatrix(StateTensor, ConvergenceOptions)}. */
    public static ConvergenceMatrix convergenceMatrix(StateTensor states) {
        return convergenceMatrix(states, ConvergenceOptions.defaults());
    }

    /**
     * Of bare states, of which nothing more is known: no mask, no weight, not whether they are normalised.
     *
     * @param states {@code [iterations][tokens][hidden]}
     * @throws IllegalArgumentException if the options do not fit the states: no such iteration, a reference or weight of another size
     * @throws IllegalStateException if the states are closed, or have a batch axis of which none was chosen
     * @throws BackendUnavailableException if a backend or tier was named that is not to be had
     * @throws CancellationException if the calling thread is interrupted
     */
    public static ConvergenceMatrix convergenceMatrix(StateTensor states, ConvergenceOptions options) {
        return new Measurement(states, Optional.empty(), List.of(options)).run().getFirst();
    }

    /**
     * Of a trace: masked tokens are left out, RMSNorm takes the trace's own weight unless one is given, and states or a recorded reference that are normalised already
     * are known to be.
     *
     * @throws IllegalArgumentException as for bare states, and if RMSNorm is asked for of states that are normalised already
     * @throws IllegalStateException if the trace is closed, or holds several sequences: choose one with {@code trace.batch(b)}
     * @throws BackendUnavailableException if a backend or tier was named that is not to be had
     * @throws CancellationException if the calling thread is interrupted
     */
    public static ConvergenceMatrix convergenceMatrix(Trace trace, ConvergenceOptions options) {
        return convergenceMatrices(trace, List.of(options)).getFirst();
    }

    /** Several matrices of bare states in one pass; see {@link #convergenceMatrices(Trace, List)}. */
    public static List<ConvergenceMatrix> convergenceMatrices(StateTensor states, List<ConvergenceOptions> options) {
        return new Measurement(states, Optional.empty(), options).run();
    }

    /**
     * Several matrices of a trace in one pass: every state is read from memory once for any mix of metrics and of the references {@code last}, {@code iteration},
     * {@code external} and {@code previous}; {@code tail-mean} reads the tail a second time. Options must agree on backend, tier, device and threads; those with different
     * RMSNorms take a pass each. The first options' progress is told.
     *
     * @return a matrix for each of {@code options}, in their order
     * @throws IllegalArgumentException as for one matrix, and if the options name different backends, tiers, devices or numbers of threads
     * @throws IllegalStateException as for one matrix
     * @throws BackendUnavailableException as for one matrix
     * @throws CancellationException as for one matrix
     */
    public static List<ConvergenceMatrix> convergenceMatrices(Trace trace, List<ConvergenceOptions> options) {
        return new Measurement(trace.states(), Optional.of(trace), options).run();
    }

    /** One matrix of states that are on a CUDA device; see {@link #convergenceMatrices(DeviceStates, List)}. */
    public static ConvergenceMatrix convergenceMatrix(DeviceStates states, ConvergenceOptions options) {
        return states.measure(List.of(options)).getFirst();
    }

    /**
     * Several matrices, in one pass, of states that are on a CUDA device: measured there, with the same bits, and with what their trace knows if they are a trace's.
     *
     * @return a matrix for each of {@code options}, in their order
     * @throws IllegalArgumentException as for a trace, and if the options name a backend or device other than the one the states are on
     * @throws IllegalStateException if the states have been closed; or if a call of the driver fails: the message names the call, the device and the error
     * @throws CancellationException as for a trace
     */
    public static List<ConvergenceMatrix> convergenceMatrices(DeviceStates states, List<ConvergenceOptions> options) {
        return states.measure(options);
    }

    /**
     * Euclidean distances between every two states of some tokens, of bare states; see {@link #pairwiseDistances(Trace, int[], ConvergenceOptions)}. Fewer iterations are
     * chosen with {@code states.iterations(a, b)}: of a trace that way too, whose weight is then given with the options.
     *
     * @throws IllegalArgumentException as for a trace
     * @throws IllegalStateException if the states are closed, or have a batch axis of which none was chosen
     * @throws BackendUnavailableException if a backend or tier was named that is not to be had
     * @throws CancellationException if the calling thread is interrupted
     */
    public static List<PairwiseDistances> pairwiseDistances(StateTensor states, int[] tokens, ConvergenceOptions options) {
        return new PairwiseMeasurement(states, Optional.empty(), tokens, options).run();
    }

    /**
     * Euclidean distances between every two states of some tokens of a trace, each the same bits as a convergence matrix to {@code Reference.iteration(i)} has at
     * {@code j > i}. Tokens are done in parallel; without RMSNorm they take a quarter to a third of the time that such matrices take. RMSNorm takes the trace's own
     * weight unless one is given. The options' reference is not used.
     *
     * @param tokens positions of the tokens, in any order
     * @return the distances of each of {@code tokens}, in their order; {@code iterations^2 / 2} numbers each
     * @throws IllegalArgumentException if the metric is not {@link Metric#L2}, a token is masked or not there, the weight has another size than the states, RMSNorm is asked for
     *         of states that are normalised already, or there are more than 4096 iterations: each thread keeps a square of sums, 128 MiB for so many
     * @throws IllegalStateException if the trace is closed, or holds several sequences: choose one with {@code trace.batch(b)}
     * @throws BackendUnavailableException if a backend or tier was named that is not to be had
     * @throws CancellationException if the calling thread is interrupted
     */
    public static List<PairwiseDistances> pairwiseDistances(Trace trace, int[] tokens, ConvergenceOptions options) {
        return new PairwiseMeasurement(trace.states(), Optional.of(trace), tokens, options).run();
    }

    /**
     * What bare logits predict: entropies, divergences from one iteration to the next, and the likeliest token. Every row is read from memory once, but for those where
     * the work is cut, and no probability is kept. Of the options only backend, tier, threads and progress are used.
     *
     * @param logits {@code [iterations][tokens][vocabulary]}
     * @throws IllegalArgumentException if the logits are of another rank, or their cells are more than an array holds
     * @throws IllegalStateException if the logits are closed, or have a batch axis of which none was chosen
     * @throws BackendUnavailableException if a backend or tier was named that is not to be had
     * @throws CancellationException if the calling thread is interrupted
     */
    public static Predictions predictions(StateTensor logits, ConvergenceOptions options) {
        return Predicting.of(logits).run(options);
    }

    /**
     * What the logits of a trace predict; masked tokens are left out.
     *
     * @return empty where the trace has no logits
     * @throws IllegalStateException if the trace is closed, or holds several sequences: choose one with {@code trace.batch(b)}
     * @throws BackendUnavailableException as for bare logits
     * @throws CancellationException as for bare logits
     */
    public static Optional<Predictions> predictions(Trace trace, ConvergenceOptions options) {
        trace.states().requireNoBatch();
        return trace.logits().map(logits -> trace.mask().map(real -> Predicting.of(logits, real))
                .orElseGet(() -> Predicting.of(logits)).run(options));
    }

    /**
     * The scatter matrix of the states of some tokens, which multiplies vectors without being formed: what principal components are made of. Their mean and the matrix's
     * trace are worked out at once, in three light passes. Of the options only backend, tier, threads and progress are used, now and by each product, which tells its progress
     * from 0 to 1.
     *
     * @param states {@code [iterations][tokens][hidden]}
     * @param tokens positions of the tokens, in any order
     * @throws IllegalArgumentException if there is no token, one is not there, a state of one has a NaN or an infinity, or all have over 2^31 states
     * @throws IllegalStateException if the states are closed, or have a batch axis of which none was chosen
     * @throws BackendUnavailableException if a backend or tier was named that is not to be had
     * @throws CancellationException if the calling thread is interrupted
     */
    public static ScatterMatrix scatterMatrix(StateTensor states, int[] tokens, ConvergenceOptions options) {
        return new ScatterMatrix(states, tokens, options);
    }
}
