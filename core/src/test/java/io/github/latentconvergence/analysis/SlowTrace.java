package io.github.latentconvergence.analysis;

import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Normalization;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.analysis.SlowDistances.Point;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.Optional;

/** All states of a trace as doubles, and rows of distances by their definition. */
final class SlowTrace {
    final double[][][] states;
    final boolean[] masked;
    final DType dtype;
    final SlowDistances distances;
    private final Optional<StateTensor> external;
    private final boolean externalNormalized;

    /** One row of a convergence matrix; NaN where a cell has no reference. */
    record Row(double[] distance, double[] error, double[] size, boolean[] self) {
        /** Whether the cell has another state as its reference. */
        boolean counts(int t, Reference reference) {
            return !self[t] && !(reference instanceof Reference.Previous && t == 0);
        }
    }

    SlowTrace(Trace trace, Normalization normalization, Reference reference) {
        StateTensor tensor = trace.states();
        states = new double[(int) tensor.iterations()][(int) tensor.tokens()][(int) tensor.hidden()];
        for (int t = 0; t < states.length; t++) {
            for (int i = 0; i < states[t].length; i++) {
                for (int d = 0; d < states[t][i].length; d++) {
                    states[t][i][d] = tensor.get(t, i, d);
                }
            }
        }
        masked = new boolean[states[0].length];
        for (int i = 0; i < masked.length; i++) {
            masked[i] = trace.mask().isPresent() && !trace.mask().orElseThrow()[i];
        }
        dtype = tensor.dtype();
        distances = new SlowDistances(trace, normalization);
        boolean given = reference instanceof Reference.External;
        external = given ? Optional.of(((Reference.External) reference).states()) : trace.reference();
        externalNormalized = (given && ((Reference.External) reference).normalized()) || trace.referenceNormalized().orElse(false);
    }

    int last() {
        return states.length - 1;
    }

    /** Step norms of a token: l2 to the state before, NaN at 0. */
    Row steps(int i) {
        return row(i, Metric.L2, Reference.previous(), new Decisions());
    }

    /** l2 between two states of a token. */
    double between(int i, int a, int b) {
        return distances.distance(Metric.L2, states[a][i], Point.raw(states[b][i]));
    }

    /** The external reference that was asked for, or that the trace has. */
    Optional<Reference> external() {
        return external.map(states -> Reference.external(states, externalNormalized));
    }

    Row row(int i, Metric metric, Reference reference, Decisions decisions) {
        int columns = states.length;
        Row row = new Row(new double[columns], new double[columns], new double[columns], new boolean[columns]);
        int k = reference instanceof Reference.LowestResidual ? lowest(i, decisions) : -1;
        for (int t = 0; t < columns; t++) {
            int at = switch (reference) {
                case Reference.Last last -> last();
                case Reference.Iteration iteration -> (int) iteration.k();
                case Reference.LowestResidual lowest -> k;
                case Reference.TailMean tail -> tail.length(columns) == 1 ? last() : -1;
                case Reference.Previous previous -> t - 1;
                case Reference.External outside -> -1;
                case Reference.Extrapolated extrapolated -> throw new AssertionError("no reference of an analysis");
            };
            if (reference instanceof Reference.Previous && t == 0) {
                row.distance[t] = metric == Metric.NORM ? distances.distance(metric, states[0][i], Point.raw(states[0][i])) : Double.NaN;
                row.error[t] = metric == Metric.NORM ? 1e-6 * row.distance[t] : 0;
                row.size[t] = metric == Metric.COSINE || metric == Metric.ANGULAR || metric == Metric.RELATIVE_L2 ? 1 : Double.NaN;
                continue;
            }
            Point point = reference instanceof Reference.External
                    ? outside(i)
                    : Point.raw(reference instanceof Reference.TailMean tail ? tailMean(i, tail.fraction()) : states[at][i]);
            row.distance[t] = distances.distance(metric, states[t][i], point);
            row.error[t] = distances.error(metric, states[t][i], point);
            row.size[t] = distances.size(metric, point);
            row.self[t] = at == t && metric != Metric.NORM;
        }
        return row;
    }

    private Point outside(int i) {
        double[] components = new double[states[0][0].length];
        for (int d = 0; d < components.length; d++) {
            components[d] = external.orElseThrow().get(0, i, d);
        }
        return new Point(components, externalNormalized);
    }

    private double[] tailMean(int i, double fraction) {
        int length = Math.max(1, (int) Math.floor(fraction * states.length));
        double[] mean = new double[states[0][0].length];
        for (int d = 0; d < mean.length; d++) {
            double sum = 0;
            for (int t = states.length - length; t < states.length; t++) {
                sum += states[t][i][d];
            }
            mean[d] = dtype == DType.F64 ? sum / length : (float) (sum / length);
        }
        return mean;
    }

    /** The first of the smallest step norms; the last state where none is a number. */
    private int lowest(int i, Decisions decisions) {
        double[] r = steps(i).distance;
        int best = -1;
        for (int t = 1; t < r.length; t++) {
            if (best < 0 ? !Double.isNaN(r[t]) : decisions.below(r[t], r[best])) {
                best = t;
            }
        }
        return best < 0 ? last() : best;
    }
}
