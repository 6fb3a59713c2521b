package io.github.latentconvergence.analysis;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Normalization;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/** One call of {@link TraceComparison#of}: checks that the runs belong together, measures, and concludes. */
final class Comparer {
    /** Of the progress that is told, for the distances between the runs; the rest is for the floors of each. */
    private static final double BETWEEN = 0.5;

    private final Trace a;
    private final Trace b;
    private final ConvergenceOptions options;
    private final int tokens;
    private final int iterations;

    Comparer(Trace a, Trace b, ConvergenceOptions options) {
        this.a = a;
        this.b = b;
        CommonGround.check(a, b, options);
        this.options = options.withNormalization(CommonGround.normalization(a, b, options.normalization()));
        this.tokens = Math.toIntExact(a.states().tokens());
        this.iterations = Math.toIntExact(Math.min(a.states().iterations(), b.states().iterations()));
    }

    TraceComparison run(Reference referenceA, Reference referenceB) {
        DoubleConsumer progress = options.progress();
        boolean[] masked = new boolean[tokens];
        a.mask().ifPresent(real -> leaveOut(real, masked));
        b.mask().ifPresent(real -> leaveOut(real, masked));
        ConvergenceMatrix between = between(masked, progress);
        double each = (1 - BETWEEN) / 2;
        OneRun runA = OneRun.of(a, options.withReference(referenceA).withProgress(f -> progress.accept(BETWEEN + each * f)));
        OneRun runB = OneRun.of(b, options.withReference(referenceB).withProgress(f -> progress.accept(BETWEEN + each + each * f)));
        List<PathAnalysis> paths = new ArrayList<>();
        for (int i = 0; i < tokens; i++) {
            if (!masked[i]) {
                double floor = Math.max(runA.floor(i), runB.floor(i));
                paths.add(PathFinder.find(i, texts().get(i), between.distances(i), floor));
            }
        }
        return new TraceComparison(between, runA.own, runB.own, paths, PathText.of(paths, iterations));
    }

    private List<String> texts() {
        return a.hasTokenTexts() ? a.tokens() : b.tokens();
    }

    private static void leaveOut(boolean[] real, boolean[] masked) {
        for (int i = 0; i < real.length; i++) {
            masked[i] |= !real[i];
        }
    }

    /** The reference of an iteration is the same iteration of the other run, so that each is measured by itself. */
    private ConvergenceMatrix between(boolean[] masked, DoubleConsumer progress) {
        double[][] distances = new double[tokens][iterations];
        String computedBy = "";
        Reference last = Reference.last();
        for (int t = 0; t < iterations; t++) {
            last = Reference.external(b.states().iterations(t, t + 1));
            StateTensor states = a.states().iterations(t, t + 1);
            ConvergenceMatrix column = Convergence.convergenceMatrix(states, options.withReference(last).withProgress(f -> {}));
            for (int i = 0; i < tokens; i++) {
                distances[i][t] = column.distance(i, 0);
            }
            computedBy = column.computedBy();
            progress.accept(BETWEEN * (t + 1) / iterations);
        }
        return ConvergenceMatrix.of(distances, masked, options.metric(), last, options.normalization(), a.hasS0().or(b::hasS0), computedBy);
    }

    /**
     * One run by itself, measured in one pass.
     *
     * @param own distances to its own reference
     * @param floors the distances that its arithmetic leaves between states that have settled, in the metric's unit
     */
    private record OneRun(ConvergenceMatrix own, double[] floors) {
        static OneRun of(Trace trace, ConvergenceOptions options) {
            ConvergenceOptions sized = options.withReferenceSizes(true).withReference(Reference.last());
            ConvergenceOptions steps = options.withReference(Reference.previous());
            List<ConvergenceOptions> asked = new ArrayList<>(
                    List.of(sized, sized.withMetric(Metric.L2), steps, steps.withMetric(Metric.L2)));
            boolean toLast = options.reference() instanceof Reference.Last;
            if (!toLast) {
                asked.add(options);
            }
            List<ConvergenceMatrix> all = Convergence.convergenceMatrices(trace, asked);
            double u = LogDistances.roundoff(trace.states().dtype());
            double[] floors = new double[all.getFirst().tokens()];
            int last = all.getFirst().iterations() - 1;
            Arrays.setAll(floors, i -> {
                StepNorms l2 = StepNorms.of(all.get(3), i, u * all.get(1).referenceSize(i, last));
                double rounding = LogDistances.unit(options.metric(), u) * all.getFirst().referenceSize(i, last);
                Optional<Integer> tail = FloorFinder.tail(l2);
                double level = tail.map(from -> new StepNorms(all.get(2).distances(i), 0).median(from)).orElse(0.0);
                return Math.max(level, rounding);
            });
            return new OneRun(toLast ? all.getFirst() : all.getLast(), floors);
        }

        double floor(int token) {
            return floors[token];
        }
    }
}
