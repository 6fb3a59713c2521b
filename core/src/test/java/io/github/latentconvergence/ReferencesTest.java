package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceBytes;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** References that are found in the states (lowest-residual, extrapolated), and the sizes of all of them, against plain loops. */
class ReferencesTest {
    private static final ConvergenceOptions L2 = ConvergenceOptions.defaults();

    @TempDir
    Path folder;

    @Test
    void lowestResidualIsTheStateWithTheSmallestStep() {
        SplittableRandom random = Seeds.random("lowest residual");
        for (int round = 0; round < 60; round++) {
            DType type = DType.values()[round % 4];
            Rows rows = Rows.random(random, Rows.Kind.CLOSE, type, random.nextInt(1, 9), random.nextInt(1, 6), random.nextInt(1, 70));
            Normalization normalization = round % 3 == 0 ? Normalization.rmsNorm() : Normalization.none();
            try (Arena arena = Arena.ofConfined()) {
                StateTensor states = rows.tensor(arena);
                ConvergenceOptions options = L2.withNormalization(normalization).withMetric(Metric.values()[round % 7]);
                ConvergenceMatrix steps = Convergence.convergenceMatrix(states,
                        L2.withNormalization(normalization).withReference(Reference.previous()));
                ConvergenceMatrix lowest = Convergence.convergenceMatrix(states, options.withReference(Reference.lowestResidual()));
                for (int i = 0; i < steps.tokens(); i++) {
                    int k = steps.iterations() - 1;
                    for (int t = steps.iterations() - 1; t >= 1; t--) {
                        k = steps.distance(i, t) <= steps.distance(i, k) || Double.isNaN(steps.distance(i, k)) ? t : k;
                    }
                    assertThat(lowest.referenceIteration(i)).hasValue(k);
                    assertThat(lowest.distances(i)).as("round %s token %s", round, i)
                            .isEqualTo(Convergence.convergenceMatrix(states, options.withReference(Reference.iteration(k))).distances(i));
                    for (int t = 0; t < steps.iterations(); t++) {
                        assertThat(lowest.isSelfReference(i, t)).isEqualTo(t == k);
                        assertThat(lowest.isDefined(i, t)).isEqualTo(t != k);
                    }
                }
            }
        }
    }

    @Test
    void lowestResidualPassesOverWhatIsNoNumberAndWhatIsMasked() throws IOException {
        double[][][] values = {{{1}, {1}, {Double.NaN}}, {{2}, {5}, {Double.NaN}}, {{2.5}, {Double.NaN}, {Double.NaN}}, {{9}, {7}, {1}}};
        TraceBytes bytes = Traces.states(values).tensor("mask", "U8", "[3]", new byte[] {0, 1, 1});
        try (Trace trace = Traces.open(folder, bytes)) {
            List<Double> told = new ArrayList<>();
            ConvergenceMatrix m = Convergence.convergenceMatrix(trace,
                    L2.withReference(Reference.lowestResidual()).withProgress(told::add));
            assertThat(m.distances(0)).containsOnly(Double.NaN);
            assertThat(m.referenceIteration(1)).as("only its first step is a number").hasValue(1);
            assertThat(m.distance(1, 3)).isEqualTo(2);
            assertThat(m.referenceIteration(2)).as("no step is a number").hasValue(3);
            assertThat(told).as("two passes, one end").endsWith(1.0).doesNotHaveDuplicates();
        }
    }

    @Test
    void extrapolatedIsTheAcceleration() {
        SplittableRandom random = Seeds.random("extrapolated");
        for (int round = 0; round < 40; round++) {
            Rows rows = Rows.random(random, Rows.Kind.NORMAL, DType.values()[round % 4], random.nextInt(1, 9), 3, random.nextInt(1, 600));
            try (Arena arena = Arena.ofConfined()) {
                ConvergenceOptions options = L2.withReference(Reference.extrapolated()).withMetric(round % 2 == 0 ? Metric.L2 : Metric.RMS);
                ConvergenceMatrix m = Convergence.convergenceMatrix(rows.tensor(arena), options);
                double[][][] s = rows.values();
                for (int t = 0; t < s.length; t++) {
                    double sum = 0;
                    for (int d = 0; d < s[0][1].length && t > 1; d++) {
                        double a = s[t][1][d] - 2 * s[t - 1][1][d] + s[t - 2][1][d];
                        sum += a * a;
                    }
                    double expected = Math.sqrt(sum / (round % 2 == 0 ? 1 : s[0][1].length));
                    assertThat(m.isDefined(1, t)).isEqualTo(t > 1);
                    if (t > 1) {
                        assertThat(m.distance(1, t)).isCloseTo(expected, within(1e-5 * expected));
                    } else {
                        assertThat(m.distance(1, t)).isNaN();
                    }
                }
            }
        }
    }

    @Test
    void extrapolatedIsRefusedWhereItIsNotDefined() {
        try (Arena arena = Arena.ofConfined()) {
            StateTensor states = Traces.random("refused", 4, 2, 5).tensor(arena);
            for (Metric metric : Metric.values()) {
                if (metric != Metric.L2 && metric != Metric.RMS) {
                    assertThatIllegalArgumentException().isThrownBy(
                            () -> Convergence.convergenceMatrix(states, L2.withMetric(metric).withReference(Reference.extrapolated())))
                            .withMessageContaining(metric.label());
                }
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Convergence.convergenceMatrix(states,
                            L2.withNormalization(Normalization.rmsNorm()).withReference(Reference.extrapolated())))
                    .withMessageContaining("RMSNorm");
        }
    }

    @Test
    void sizesOfReferencesAreTheirNorms() {
        SplittableRandom random = Seeds.random("sizes");
        for (int round = 0; round < 160; round++) {
            Rows rows = Rows.random(random, Rows.Kind.NORMAL, DType.values()[round % 4], random.nextInt(1, 9), 3, random.nextInt(1, 600));
            int hidden = rows.values()[0][0].length;
            double[] weight = random.doubles(hidden).map(v -> (float) v + 0.5f).toArray();
            Normalization normalization = switch (round / 4 % 4) {
                case 0 -> Normalization.none();
                case 1 -> Normalization.rmsNorm();
                case 2 -> Normalization.rmsNorm(weight, 0);
                default -> Normalization.rmsNorm(weight, 0.25);
            };
            try (Arena arena = Arena.ofConfined()) {
                StateTensor states = rows.tensor(arena);
                StateTensor outside = new Rows(DType.F32,
                        new double[][][] {Rows.random(random, Rows.Kind.NORMAL, DType.F32, 1, 3, hidden).values()[0]})
                        .matrix(arena);
                int last = rows.values().length - 1;
                List<Reference> references = List.of(Reference.last(), Reference.iteration(last / 2), Reference.previous(),
                        Reference.tailMean(0.6), Reference.lowestResidual(), Reference.external(outside),
                        Reference.external(outside, true));
                for (Metric metric : Metric.values()) {
                    for (Reference reference : references) {
                        ConvergenceMatrix m = Convergence.convergenceMatrix(states, L2.withMetric(metric).withReference(reference)
                                .withNormalization(normalization).withReferenceSizes(true));
                        for (int t = 0; t <= last; t++) {
                            Optional<double[]> y = reference(rows, reference, m.referenceIteration(2), t, outside);
                            boolean ready = reference instanceof Reference.External external && external.normalized();
                            double expected = metric == Metric.NORM || y.isEmpty()
                                    ? Double.NaN
                                    : size(metric, ready ? y.get() : normalized(y.get(), normalization));
                            boolean isUnit = metric == Metric.RELATIVE_L2 || metric == Metric.COSINE || metric == Metric.ANGULAR;
                            double wanted = isUnit ? 1 : expected;
                            String where = "round " + round + " " + metric + " " + reference.label() + " " + t;
                            if (Double.isNaN(wanted)) {
                                assertThat(m.referenceSize(2, t)).as(where).isNaN();
                            } else {
                                assertThat(m.referenceSize(2, t)).as(where).isCloseTo(wanted, within(1e-6 * wanted + Double.MIN_VALUE));
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void sizesAreMeasuredOnlyIfAskedFor() {
        try (Arena arena = Arena.ofConfined()) {
            ConvergenceMatrix m = Convergence.convergenceMatrix(Traces.random("unasked", 4, 2, 5).tensor(arena));
            assertThatIllegalStateException().isThrownBy(() -> m.referenceSize(0, 0)).withMessageContaining("withReferenceSizes");
            assertThat(m.referenceIteration(1)).isEqualTo(OptionalInt.of(3));
        }
    }

    private static Optional<double[]> reference(Rows rows, Reference reference, OptionalInt chosen, int t, StateTensor outside) {
        double[][][] s = rows.values();
        return switch (reference) {
            case Reference.Last last -> Optional.of(s[s.length - 1][2]);
            case Reference.Iteration at -> Optional.of(s[(int) at.k()][2]);
            case Reference.LowestResidual lowest -> Optional.of(s[chosen.getAsInt()][2]);
            case Reference.Previous previous -> t == 0 ? Optional.empty() : Optional.of(s[t - 1][2]);
            case Reference.Extrapolated extrapolated -> Optional.empty();
            case Reference.External external -> {
                double[] row = new double[s[0][2].length];
                Arrays.setAll(row, d -> outside.get(0, 2, d));
                yield Optional.of(row);
            }
            case Reference.TailMean tail -> {
                int count = (int) tail.length(s.length);
                double[] mean = new double[s[0][2].length];
                Arrays.setAll(mean, d -> {
                    double sum = 0;
                    for (int k = s.length - count; k < s.length; k++) {
                        sum += s[k][2][d];
                    }
                    return sum / count;
                });
                yield Optional.of(mean);
            }
        };
    }

    private static double[] normalized(double[] row, Normalization normalization) {
        if (!normalization.isRmsNorm()) {
            return row;
        }
        double mean = Arrays.stream(row).map(v -> v * v).sum() / row.length + normalization.eps();
        double[] result = new double[row.length];
        Arrays.setAll(result, d -> row[d] / Math.sqrt(mean) * normalization.weight().map(w -> w[d]).orElse(1.0));
        return result;
    }

    private static double size(Metric metric, double[] row) {
        double squares = Arrays.stream(row).map(v -> v * v).sum();
        return switch (metric) {
            case L1 -> Arrays.stream(row).map(Math::abs).sum();
            case LINF -> Arrays.stream(row).map(Math::abs).max().orElse(0);
            case RMS -> Math.sqrt(squares / row.length);
            default -> Math.sqrt(squares);
        };
    }
}
