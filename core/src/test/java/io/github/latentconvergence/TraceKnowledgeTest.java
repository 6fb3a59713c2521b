package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceBytes;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a trace says about itself is heeded, and options that do not fit it are refused in words. */
class TraceKnowledgeTest {
    private static final int HIDDEN = 40;
    private static final ConvergenceOptions L2 = ConvergenceOptions.defaults();
    private static final ConvergenceOptions RMS = L2.withNormalization(Normalization.rmsNorm());

    @TempDir
    Path folder;

    private static final Rows ROWS = Traces.random("knowledge", 6, 3, HIDDEN);

    @Test
    void normalisedStatesAreNotNormalisedAgain() throws IOException {
        try (Trace trace = Traces.open(folder, Traces.states(ROWS.values()).meta("norm", "normalized"))) {
            assertThatIllegalArgumentException().isThrownBy(() -> Convergence.convergenceMatrix(trace, RMS))
                    .withMessageContaining(trace.path().toString()).withMessageContaining("normalised already");
            assertThat(Convergence.convergenceMatrix(trace, L2).nonFinite()).isZero();
            assertThat(Convergence.convergenceMatrix(trace.states(), RMS).nonFinite()).as("of bare states nothing is known").isZero();
        }
        try (Trace trace = Traces.open(folder, Traces.states(ROWS.values()).meta("norm", "raw"))) {
            assertThat(Convergence.convergenceMatrix(trace, RMS).nonFinite()).isZero();
        }
    }

    @Test
    void theWeightOfTheTraceIsUsedUnlessOneIsGiven() throws IOException {
        double[] weight = Arrays.stream(Seeds.random("weight").doubles(HIDDEN).toArray()).map(v -> (float) v).toArray();
        TraceBytes bytes = Traces.states(ROWS.values()).tensor("norm_weight", "F32", "[" + HIDDEN + "]", TraceBytes.f32(weight));
        try (Trace trace = Traces.open(folder, bytes)) {
            double[] own = Convergence.convergenceMatrix(trace, RMS).distances(1);
            assertThat(own).isEqualTo(Convergence.convergenceMatrix(trace.states(),
                    L2.withNormalization(Normalization.rmsNorm(weight, Normalization.DEFAULT_EPS))).distances(1));
            double[] ones = new double[HIDDEN];
            Arrays.fill(ones, 1);
            double[] given = Convergence.convergenceMatrix(trace, L2.withNormalization(Normalization.rmsNorm(ones, 1e-6))).distances(1);
            double[] without = Convergence.convergenceMatrix(trace.states(), RMS).distances(1);
            assertThat(given).isNotEqualTo(own).as("ones are as none, but for rounding").containsExactly(without, within(1e-9));
        }
    }

    @Test
    void theTraceKnowsWhetherItsReferenceIsNormalised() throws IOException {
        for (String said : new String[] {"normalized", "raw"}) {
            TraceBytes bytes = Traces.states(ROWS.values())
                    .tensor("reference", "F32", "[3," + HIDDEN + "]", TraceBytes.f32(flat(ROWS.values()[5]))).meta("reference_norm", said);
            try (Trace trace = Traces.open(folder, bytes); Arena arena = Arena.ofConfined()) {
                StateTensor copy = new Rows(DType.F32, new double[][][] {ROWS.values()[5]}).matrix(arena);
                double[] expected = Convergence
                        .convergenceMatrix(trace, RMS.withReference(Reference.external(copy, said.equals("normalized"))))
                        .distances(2);
                double[] other = Convergence
                        .convergenceMatrix(trace, RMS.withReference(Reference.external(copy, !said.equals("normalized"))))
                        .distances(2);
                StateTensor own = trace.reference().orElseThrow();
                assertThat(expected).isNotEqualTo(other);
                for (boolean claimed : new boolean[] {true, false}) {
                    assertThat(Convergence.convergenceMatrix(trace, RMS.withReference(Reference.external(own, claimed))).distances(2))
                            .as(said).isEqualTo(expected);
                }
            }
        }
    }

    private static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    @Test
    void optionsThatDoNotFitAreRefused() {
        try (Arena arena = Arena.ofConfined()) {
            StateTensor states = ROWS.tensor(arena);
            StateTensor wide = StateTensor.of(arena.allocate(4L * 3 * 41), DType.F32, Shape.of(3, 41));
            StateTensor few = StateTensor.of(arena.allocate(4L * 2 * HIDDEN), DType.F32, Shape.of(2, HIDDEN));
            refused(() -> measure(states, L2.withReference(Reference.iteration(6))),
                    "iteration 6 is outside the trace, whose iterations are 0 to 5");
            refused(() -> measure(states, L2.withReference(Reference.external(wide))), "[3][41]; expected [3][40]");
            refused(() -> measure(states, L2.withReference(Reference.external(few))), "[2][40]; expected [3][40]");
            refused(() -> measure(states, L2.withNormalization(Normalization.rmsNorm(new double[41], 0))),
                    "41 components; the states have 40");
            refused(() -> measure(few, L2), "[2][40]: expected [iterations][tokens][hidden]");
            refused(() -> Reference.external(states), "holds 6 states per token");
        }
        refused(() -> Reference.iteration(-1), "iteration -1");
        refused(() -> Reference.tailMean(0), "fraction 0.0");
        refused(() -> Reference.tailMean(1.01), "fraction 1.01");
        refused(() -> Reference.tailMean(Double.NaN), "fraction NaN");
        refused(() -> Normalization.rmsNorm(-1e-9), "eps -1.0E-9");
        refused(() -> Normalization.rmsNorm(Double.NaN), "eps NaN");
        refused(() -> Normalization.rmsNorm(Double.POSITIVE_INFINITY), "eps Infinity");
        refused(() -> L2.withThreads(-1), "threads -1");
        refused(() -> new ConvergenceOptions(Metric.L2, Reference.last(), Normalization.none(), Backend.JAVA,
                L2.withTier(Backend.Tier.SCALAR).tier(), OptionalInt.empty(), 0, fraction -> {}, false), "contradicts backend java");
        refused(() -> new ConvergenceOptions(Metric.L2, Reference.last(), Normalization.none(), Backend.AUTO, Optional.empty(),
                OptionalInt.of(1), 0, fraction -> {}, false), "CUDA device 1 contradicts backend auto");
        refused(() -> L2.withDevice(-1), "CUDA device -1");
    }

    @Test
    void aMatrixFromElsewhereIsCheckedAndCopied() {
        double[][] distances = {{1, 0}, {Double.longBitsToDouble(0xfff8000000000001L), 10}};
        ConvergenceMatrix matrix = ConvergenceMatrix.of(distances, Metric.L2, Reference.last());
        distances[0][0] = 7;
        assertThat(matrix.distances(0)).containsExactly(1, 0);
        assertThat(matrix.logDistance(0, 1)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(matrix.logDistance(1, 1)).isEqualTo(1);
        assertThat(Double.doubleToRawLongBits(matrix.distance(1, 0))).isEqualTo(0x7ff8000000000000L);
        assertThat(matrix.nonFinite()).isEqualTo(1);
        refused(() -> ConvergenceMatrix.of(new double[0][], Metric.L2, Reference.last()), "at least one token");
        refused(() -> ConvergenceMatrix.of(new double[1][0], Metric.L2, Reference.last()), "at least one token and one iteration");
        refused(() -> ConvergenceMatrix.of(new double[][] {{1}, {1, 2}}, Metric.L2, Reference.last()),
                "row 1 has 2 iterations; row 0 has 1");
    }

    private static ConvergenceMatrix measure(StateTensor states, ConvergenceOptions options) {
        return Convergence.convergenceMatrix(states, options);
    }

    private static void refused(ThrowingCallable use, String phrase) {
        assertThatIllegalArgumentException().isThrownBy(use).withMessageContaining(phrase);
    }
}
