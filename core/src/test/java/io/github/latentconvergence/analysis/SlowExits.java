package io.github.latentconvergence.analysis;

import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Normalization;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** What exit rules watch and where they stop, by their definitions, in plain doubles. */
final class SlowExits {
    final List<Integer> tokens = new ArrayList<>();
    final SlowTrace.Row[] remaining;
    /** Whether rounding may choose another reference. */
    final Decisions references = new Decisions();
    private final SlowTrace raw;
    private final Trace trace;

    SlowExits(Trace trace, ConvergenceOptions options) {
        this.trace = trace;
        raw = new SlowTrace(trace, Normalization.none(), Reference.last());
        SlowTrace measured = new SlowTrace(trace, options.normalization(), options.reference());
        remaining = new SlowTrace.Row[raw.masked.length];
        for (int i = 0; i < raw.masked.length; i++) {
            if (!raw.masked[i]) {
                tokens.add(i);
                remaining[i] = measured.row(i, options.metric(), options.reference(), references);
            }
        }
    }

    /** The number that a rule watches. */
    double value(ExitRule rule, int i, int t) {
        if (t == 0 || (rule == ExitRule.ACCELERATION && t == 1)) {
            return Double.NaN;
        }
        double[] x = raw.states[t][i];
        double[] y = raw.states[t - 1][i];
        return switch (rule) {
            case LATENT_DIFF, CONSECUTIVE -> length(minus(x, y)) / length(x);
            case COSINE -> cosine(x, y);
            case ACCELERATION -> length(minus(minus(x, y), minus(y, raw.states[t - 2][i]))) / length(x);
            case LINF -> largest(minus(x, y)) / largest(x);
            case KL -> divergence(probabilities(i, t - 1), probabilities(i, t));
            case KL_REVERSE -> divergence(probabilities(i, t), probabilities(i, t - 1));
            case ENTROPY_DIFF -> Math.abs(entropy(probabilities(i, t)) - entropy(probabilities(i, t - 1)));
            case ARGMAX_STABILITY -> likeliest(i, t) == likeliest(i, t - 1) ? 0 : 1;
        };
    }

    /** The first position at which the rule is met: its number has been below so many times running. */
    OptionalInt exit(ExitRule rule, double threshold, double[] values, Decisions decisions) {
        boolean stable = rule == ExitRule.ARGMAX_STABILITY;
        double wanted = stable ? threshold : rule.running();
        int running = 0;
        for (int t = 0; t < values.length; t++) {
            boolean below = stable ? values[t] == 0 : decisions.below(values[t], threshold);
            running = below ? running + 1 : 0;
            if (running >= wanted) {
                return OptionalInt.of(t);
            }
        }
        return OptionalInt.empty();
    }

    double[] values(ExitRule rule, int i) {
        double[] values = new double[raw.states.length];
        Arrays.setAll(values, t -> value(rule, i, t));
        return values;
    }

    /** The mean over all tokens, position by position. */
    double[] means(ExitRule rule) {
        double[] means = new double[raw.states.length];
        for (int i : tokens) {
            double[] values = values(rule, i);
            for (int t = 0; t < means.length; t++) {
                means[t] += values[t] / tokens.size();
            }
        }
        return means;
    }

    int last() {
        return raw.last();
    }

    private double[] probabilities(int i, int t) {
        StateTensor logits = trace.logits().orElseThrow();
        double[] p = new double[(int) logits.hidden()];
        for (int v = 0; v < p.length; v++) {
            p[v] = logits.get(t, i, v);
        }
        double top = Arrays.stream(p).max().orElseThrow();
        double sum = Arrays.stream(p).map(v -> Math.exp(v - top)).sum();
        return Arrays.stream(p).map(v -> Math.exp(v - top) / sum).toArray();
    }

    private int likeliest(int i, int t) {
        StateTensor logits = trace.logits().orElseThrow();
        int best = 0;
        for (int v = 1; v < logits.hidden(); v++) {
            best = logits.get(t, i, v) > logits.get(t, i, best) ? v : best;
        }
        return best;
    }

    private static double divergence(double[] p, double... q) {
        double sum = 0;
        for (int v = 0; v < p.length; v++) {
            sum += p[v] * Math.log(p[v] / q[v]);
        }
        return sum;
    }

    private static double entropy(double... p) {
        return -Arrays.stream(p).map(v -> v * Math.log(v)).sum();
    }

    /** How far off the library's number may be. */
    double error(ExitRule rule, int i, int t) {
        double relative = 1e-5 * Math.abs(value(rule, i, t));
        return switch (rule) {
            case COSINE -> t == 0 ? 0 : raw.distances.error(Metric.COSINE, raw.states[t][i], SlowDistances.Point.raw(raw.states[t - 1][i]));
            case LATENT_DIFF, CONSECUTIVE, LINF -> relative;
            // A difference of differences.
            case ACCELERATION -> relative + 3e-6 * (value(ExitRule.LATENT_DIFF, i, t)
                    + (t < 2 ? 0 : length(minus(raw.states[t - 1][i], raw.states[t - 2][i])) / length(raw.states[t][i])));
            // These sums of plain doubles cancel here.
            case KL, KL_REVERSE, ENTROPY_DIFF -> relative + 1e-12;
            case ARGMAX_STABILITY -> 0;
        };
    }

    private static double[] minus(double[] x, double... y) {
        double[] difference = new double[x.length];
        Arrays.setAll(difference, d -> x[d] - y[d]);
        return difference;
    }

    private static double length(double... x) {
        return Math.sqrt(SlowDistances.sum2(x));
    }

    private static double largest(double... x) {
        return Arrays.stream(x).map(Math::abs).reduce(0, Math::max);
    }

    private double cosine(double[] x, double... y) {
        return raw.distances.distance(Metric.COSINE, x, SlowDistances.Point.raw(y));
    }
}
