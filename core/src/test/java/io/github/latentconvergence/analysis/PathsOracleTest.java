package io.github.latentconvergence.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Normalization;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.Seeds;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.tensor.DType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs are held against each other as the definition says. */
class PathsOracleTest {
    private static final int RANDOM_PAIRS = 200;
    private static final List<Metric> METRICS = List.of(Metric.L2, Metric.RMS, Metric.RELATIVE_L2, Metric.L1, Metric.LINF, Metric.COSINE,
            Metric.ANGULAR);

    private final Tally tally = new Tally();

    @TempDir
    Path folder;

    @Test
    void ofTwoInitialStatesOfOneModel() throws IOException {
        try (Trace a = AnalysisTraces.bundled("settling-seed0.safetensors");
                Trace b = AnalysisTraces.shared("tiny-recurrent/settling-seed1.safetensors")) {
            for (Metric metric : METRICS) {
                check("seeds 0 and 1", a, b, ConvergenceOptions.defaults().withMetric(metric));
                check("seeds 0 and 1", a, b, ConvergenceOptions.defaults().withMetric(metric).withNormalization(Normalization.rmsNorm()));
            }
        }
        tally.finish("paths, seeds 0 and 1");
    }

    @Test
    void ofRandomPairs() throws IOException {
        for (int n = 0; n < RANDOM_PAIRS; n++) {
            SplittableRandom random = Seeds.settled("paths " + n);
            double[][][][] pair = pair(random);
            DType dtype = DType.values()[random.nextInt(4)];
            ConvergenceOptions options = ConvergenceOptions.defaults().withMetric(METRICS.get(random.nextInt(METRICS.size())))
                    .withNormalization(random.nextInt(3) > 0 ? Normalization.none() : Normalization.rmsNorm());
            try (Trace a = AnalysisTraces.open(folder, AnalysisTraces.states(dtype, pair[0]));
                    Trace b = AnalysisTraces.open(folder, AnalysisTraces.states(dtype, pair[1]))) {
                check("random " + n, a, b, options);
            }
        }
        tally.finish("paths, random");
    }

    /** Two runs, often to the same place, sometimes to another, sometimes not of one length. */
    private static double[][][][] pair(SplittableRandom random) {
        int tokens = random.nextInt(1, 12);
        int hidden = random.nextInt(1, 30);
        int[] lengths = {random.nextInt(1, 60), random.nextInt(10, 60)};
        if (random.nextBoolean()) {
            lengths[0] = lengths[1];
        }
        double[][][][] pair = {new double[lengths[0]][tokens][hidden], new double[lengths[1]][tokens][hidden]};
        for (int i = 0; i < tokens; i++) {
            double noise = random.nextInt(3) == 0 ? 0 : Math.pow(10, random.nextDouble(-6, -2));
            double rate = random.nextDouble(0.3, 0.98);
            double apart = random.nextInt(4) == 0 ? random.nextDouble() : 0;
            for (int d = 0; d < hidden; d++) {
                double center = 3 * random.nextGaussian();
                for (double[][][] run : pair) {
                    double start = 3 * random.nextGaussian();
                    double goal = center + apart * random.nextGaussian();
                    for (int t = 0; t < run.length; t++) {
                        run[t][i][d] = goal + Math.pow(rate, t) * start + noise * random.nextGaussian();
                    }
                }
            }
        }
        return pair;
    }

    private void check(String name, Trace a, Trace b, ConvergenceOptions options) {
        tally.at(name + ", " + a.states() + " and " + b.states() + ", " + options.metric() + " " + options.normalization());
        SlowTrace first = new SlowTrace(a, options.normalization(), Reference.last());
        SlowTrace second = new SlowTrace(b, options.normalization(), Reference.last());
        TraceComparison found = TraceComparison.of(a, b, options);
        checkOwn(a, b, options, found);
        tally.same("tokens", IntStream.range(0, first.masked.length).boxed().toList(),
                found.tokens().stream().map(PathAnalysis::index).toList(), false);
        for (int i = 0; i < first.masked.length; i++) {
            SlowPath slow = new SlowPath(first, second, i, options);
            PathAnalysis path = found.tokens().get(i);
            boolean close = slow.decisions.wereClose();
            tally.same("columns", slow.distance.length, found.matrix().iterations(), false);
            double relative = 0;
            for (int t = 0; t < slow.distance.length; t++) {
                tally.near("distance", slow.distance[t], found.matrix().distance(i, t), slow.error[t], false);
                // Angles of states of one component are 0, or what rounding leaves of that: their logarithm says nothing.
                close |= slow.error[t] > 0.01 * slow.distance[t] && slow.distance[t] != found.matrix().distance(i, t);
                relative = slow.distance[t] > 0 ? Math.max(relative, slow.error[t] / slow.distance[t]) : relative;
            }
            tally.near("floor", slow.floor, path.floor(), 1e-5 * slow.floor, close);
            tally.near("level", slow.level, path.level(), (2e-6 + relative) * slow.level, close);
            tally.near("rate", slow.rate, path.rate(), 1e-5 + 2 * relative, close);
            tally.same("reached", slow.reached, path.reached(), close);
            tally.same("verdict", slow.verdict, path.verdict(), close);
        }
    }

    /** Each run's own distances are those that are measured of it alone. */
    private static void checkOwn(Trace a, Trace b, ConvergenceOptions options, TraceComparison found) {
        sameDistances(found.ownA(), Convergence.convergenceMatrix(a, options));
        sameDistances(found.ownB(), Convergence.convergenceMatrix(b, options));
        TraceComparison other = TraceComparison.of(a, b, options, Reference.previous(), Reference.iteration(0));
        sameDistances(other.ownA(), Convergence.convergenceMatrix(a, options.withReference(Reference.previous())));
        sameDistances(other.ownB(), Convergence.convergenceMatrix(b, options.withReference(Reference.iteration(0))));
        sameDistances(other.matrix(), found.matrix());
    }

    private static void sameDistances(ConvergenceMatrix found, ConvergenceMatrix expected) {
        assertThat(found.reference().label()).isEqualTo(expected.reference().label());
        assertThat(found.iterations()).isEqualTo(expected.iterations());
        for (int i = 0; i < expected.tokens(); i++) {
            assertThat(found.isMasked(i)).isEqualTo(expected.isMasked(i));
            assertThat(found.distances(i)).as("token %d of %s", i, expected).isEqualTo(expected.distances(i));
        }
    }
}
