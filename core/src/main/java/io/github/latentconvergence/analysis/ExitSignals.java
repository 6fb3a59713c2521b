package io.github.latentconvergence.analysis;

import io.github.latentconvergence.BackendUnavailableException;
import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Normalization;
import io.github.latentconvergence.Predictions;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.analysis.ExitReplay.TokenExit;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * What exit rules watch, measured once for all tokens and iterations of a trace, so that any rule can be replayed at any threshold. Immutable; masked tokens take part in
 * nothing. A NaN is never below a threshold, and makes the mean over the sequence NaN, as it does in the code that is replayed.
 */
public final class ExitSignals {
    private final ConvergenceMatrix remaining;
    private final Map<ExitRule, double[]> watched;
    private final int[] tokens;
    private final int iterations;

    private ExitSignals(ConvergenceMatrix remaining, Map<ExitRule, double[]> watched) {
        this.remaining = remaining;
        this.watched = watched;
        this.iterations = remaining.iterations();
        this.tokens = IntStream.range(0, remaining.tokens()).filter(i -> !remaining.isMasked(i)).toArray();
    }

    /**
     * Measures one sequence in one pass over its states, and one over its logits where it has any.
     *
     * @param options metric, reference and normalisation of the distance that remains at an exit, and what computes; the rules themselves look at the states as they are
     * @throws IllegalArgumentException if the options do not fit the trace
     * @throws IllegalStateException if the trace is closed, or holds several sequences: choose one with {@code trace.batch(b)}
     * @throws BackendUnavailableException if a backend or tier was named that is not to be had
     * @throws CancellationException if the calling thread is interrupted
     */
    public static ExitSignals of(Trace trace, ConvergenceOptions options) {
        try (Arena arena = Arena.ofShared()) {
            return from(Convergence.convergenceMatrices(trace, wanted(trace, options, arena)), trace, options);
        }
    }

    /** The matrices that are to be measured; the first options' progress is told. The arena is closed after that. */
    static List<ConvergenceOptions> wanted(Trace trace, ConvergenceOptions options, Arena arena) {
        ConvergenceOptions raw = options.withNormalization(Normalization.none()).withReferenceSizes(false)
                .withReference(Reference.previous());
        StateTensor states = trace.states();
        states.requireNoBatch();
        // Distances to the origin are sizes: max |s_t|. One row of zeros stands for all tokens.
        StateTensor origin = StateTensor.of(arena.allocate(states.hidden() * states.dtype().bytes(), Double.BYTES), states.dtype(),
                Shape.of(states.tokens(), states.hidden()), 0, 1);
        return List.of(options, raw.withMetric(Metric.L2), raw.withMetric(Metric.NORM), raw.withMetric(Metric.COSINE),
                raw.withMetric(Metric.LINF), raw.withMetric(Metric.LINF).withReference(Reference.external(origin)),
                raw.withMetric(Metric.L2).withReference(Reference.extrapolated()));
    }

    /** Of these matrices, and of the trace's logits. */
    static ExitSignals from(List<ConvergenceMatrix> all, Trace trace, ConvergenceOptions options) {
        Map<ExitRule, double[]> watched = new EnumMap<>(ExitRule.class);
        double[] latent = ratios(all.get(1), all.get(2));
        watched.put(ExitRule.LATENT_DIFF, latent);
        watched.put(ExitRule.CONSECUTIVE, latent);
        watched.put(ExitRule.COSINE, distances(all.get(3)));
        watched.put(ExitRule.LINF, ratios(all.get(4), all.get(5)));
        watched.put(ExitRule.ACCELERATION, ratios(all.get(6), all.get(2)));
        Convergence.predictions(trace, options.withProgress(fraction -> {})).ifPresent(p -> watch(p, watched));
        return new ExitSignals(all.getFirst(), watched);
    }

    private static void watch(Predictions predictions, Map<ExitRule, double[]> watched) {
        watched.put(ExitRule.KL, cells(predictions, predictions::klFromPrevious));
        watched.put(ExitRule.KL_REVERSE, cells(predictions, predictions::klToPrevious));
        watched.put(ExitRule.ENTROPY_DIFF,
                cells(predictions, (i, t) -> t == 0 ? Double.NaN : Math.abs(predictions.entropy(i, t) - predictions.entropy(i, t - 1))));
        watched.put(ExitRule.ARGMAX_STABILITY, cells(predictions, (i, t) -> changed(predictions, i, t)));
    }

    /** 1 where the most probable token is another than before, 0 where it is the same. */
    private static double changed(Predictions predictions, int token, int t) {
        if (t == 0 || predictions.argmax(token, t) < 0 || predictions.argmax(token, t - 1) < 0) {
            return Double.NaN;
        }
        return predictions.argmax(token, t) == predictions.argmax(token, t - 1) ? 0 : 1;
    }

    private interface Cell {
        double at(int token, int iteration);
    }

    private static double[] cells(Predictions predictions, Cell cell) {
        double[] all = new double[predictions.tokens() * predictions.iterations()];
        Arrays.setAll(all, c -> cell.at(c / predictions.iterations(), c % predictions.iterations()));
        return all;
    }

    private static double[] distances(ConvergenceMatrix matrix) {
        double[] all = new double[matrix.tokens() * matrix.iterations()];
        for (int i = 0; i < matrix.tokens(); i++) {
            System.arraycopy(matrix.distances(i), 0, all, i * matrix.iterations(), matrix.iterations());
        }
        return all;
    }

    private static double[] ratios(ConvergenceMatrix changes, ConvergenceMatrix sizes) {
        double[] all = distances(changes);
        double[] by = distances(sizes);
        Arrays.setAll(all, c -> all[c] / by[c]);
        return all;
    }

    /** The rules that the trace has the data for. */
    public List<ExitRule> rules() {
        return List.copyOf(watched.keySet());
    }

    /** The distances that remain. */
    public ConvergenceMatrix matrix() {
        return remaining;
    }

    /**
     * The number that a rule watches; NaN where a state before is missing.
     *
     * @throws IllegalArgumentException if the trace has no data for the rule
     */
    public double value(ExitRule rule, int token, int iteration) {
        return watched(rule)[Objects.checkIndex(token, remaining.tokens()) * iterations + Objects.checkIndex(iteration, iterations)];
    }

    private double[] watched(ExitRule rule) {
        double[] values = watched.get(rule);
        if (values == null) {
            throw new IllegalArgumentException("the exit rule " + rule.label() + " looks at predictions, and the trace has no logits");
        }
        return values;
    }

    /**
     * Where a rule would have stopped.
     *
     * @throws IllegalArgumentException if the threshold is not above 0, or the trace has no data for the rule
     */
    public ExitReplay replay(ExitRule rule, double threshold, Reduction reduction) {
        if (!(threshold > 0)) {
            throw new IllegalArgumentException("threshold " + threshold + " of " + rule.label() + ": expected a number above 0");
        }
        double[] values = watched(rule);
        OptionalInt together = reduction == Reduction.SEQUENCE ? exit(rule, threshold, sequenceMeans(values), 0) : OptionalInt.empty();
        List<TokenExit> exits = new ArrayList<>();
        double sum = 0;
        double worst = Double.NEGATIVE_INFINITY;
        for (int i : tokens) {
            OptionalInt exit = reduction == Reduction.SEQUENCE ? together : exit(rule, threshold, values, i * iterations);
            int position = exit.orElse(iterations - 1);
            double left = remaining.distance(i, position);
            exits.add(new TokenExit(i, exit, left));
            sum += position;
            worst = Math.max(worst, left);
        }
        return new ExitReplay(rule, threshold, reduction, List.copyOf(exits), tokens.length == 0 ? Double.NaN : sum / tokens.length,
                tokens.length == 0 ? Double.NaN : worst);
    }

    private double[] sequenceMeans(double[] values) {
        double[] means = new double[iterations];
        for (int t = 0; t < iterations; t++) {
            for (int i : tokens) {
                means[t] += values[i * iterations + t];
            }
            means[t] /= tokens.length;
        }
        return means;
    }

    /** The first position at which the number has been below the threshold as many times running as the rule asks for. */
    private OptionalInt exit(ExitRule rule, double threshold, double[] values, int from) {
        boolean counts = rule == ExitRule.ARGMAX_STABILITY;
        double limit = counts ? Double.MIN_VALUE : threshold;
        long wanted = counts ? (long) Math.ceil(threshold) : rule.running();
        int running = 0;
        for (int t = 0; t < iterations; t++) {
            running = values[from + t] < limit ? running + 1 : 0;
            if (running >= wanted) {
                return OptionalInt.of(t);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * Indices of the tokens that the mean over the sequence stops before their own number would: what it hides.
     *
     * @throws IllegalArgumentException as {@link #replay}
     */
    public List<Integer> hiddenBySequence(ExitRule rule, double threshold) {
        List<TokenExit> own = replay(rule, threshold, Reduction.TOKEN).tokens();
        OptionalInt together = replay(rule, threshold, Reduction.SEQUENCE).tokens().stream().map(TokenExit::exit).findFirst()
                .orElse(OptionalInt.empty());
        return own.stream().filter(t -> together.isPresent() && t.exit().orElse(iterations) > together.getAsInt()).map(TokenExit::index)
                .toList();
    }
}
