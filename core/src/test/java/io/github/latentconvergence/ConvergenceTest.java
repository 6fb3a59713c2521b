package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.latentconvergence.internal.kernel.Kernels;
import io.github.latentconvergence.internal.kernel.Plan;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceBytes;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every measurement promises, whatever computes it. */
class ConvergenceTest {
    private static final ConvergenceOptions L2 = ConvergenceOptions.defaults();

    @TempDir
    Path folder;

    @Test
    void distancesOfNumbersThatCanBeCheckedByHand() throws IOException {
        try (Trace trace = Traces.open(folder, Traces.states(new double[][][] {{{3, 4}, {1, 1}}, {{0, 8}, {1, 0}}, {{0, 0}, {1, 1}}}))) {
            ConvergenceMatrix matrix = Convergence.convergenceMatrix(trace.states());
            assertThat(matrix.distances(0)).containsExactly(5, 8, 0);
            assertThat(matrix.distances(1)).containsExactly(0, 1, 0);
            assertThat(matrix.logDistance(1, 1)).isZero();
            assertThat(matrix.distance(0, 1)).isEqualTo(8);
            assertThat(of(trace, L2.withMetric(Metric.NORM)).distances(0)).containsExactly(5, 8, 0);
            assertThat(of(trace, L2.withReference(Reference.previous())).distances(0)).containsExactly(Double.NaN, 5, 8);
            assertThat(of(trace, L2.withReference(Reference.iteration(1)).withMetric(Metric.RELATIVE_L2)).distances(0))
                    .containsExactly(5 / 8.0, 0, 1);
            assertThat(of(trace, L2.withReference(Reference.tailMean(0.7))).distances(0)).containsExactly(3, 4, 4);
        }
    }

    private static ConvergenceMatrix of(Trace trace, ConvergenceOptions options) {
        return Convergence.convergenceMatrix(trace, options);
    }

    @Test
    void aCellThatIsItsOwnReferenceSaysSo() throws IOException {
        try (Trace trace = Traces.open(folder, Traces.states(Traces.random("self", 8, 2, 3).values()));
                Arena arena = Arena.ofConfined()) {
            StateTensor outside = Traces.random("outside", 1, 2, 3).matrix(arena);
            assertSelf(trace, Reference.last(), 7);
            assertSelf(trace, Reference.iteration(3), 3);
            assertSelf(trace, Reference.tailMean(0.2), 7);
            assertSelf(trace, Reference.tailMean(0.25));
            assertSelf(trace, Reference.previous());
            assertSelf(trace, Reference.external(outside));
            assertThat(of(trace, L2.withMetric(Metric.NORM)).isSelfReference(0, 7)).isFalse();
        }
    }

    private static void assertSelf(Trace trace, Reference reference, Integer... columns) {
        ConvergenceMatrix matrix = of(trace, L2.withReference(reference));
        List<Integer> self = new ArrayList<>();
        for (int t = 0; t < matrix.iterations(); t++) {
            if (matrix.isSelfReference(1, t)) {
                self.add(t);
                assertThat(matrix.distance(1, t)).isZero();
            }
        }
        assertThat(self).as(reference.label()).containsExactly(columns);
    }

    @Test
    void maskedRowsAreNaNAndAreNotCounted() throws IOException {
        double[][][] values = Traces.random("mask", 5, 4, 20).values();
        values[1][0][3] = Double.NaN; // padding: not counted
        values[2][1][0] = Double.POSITIVE_INFINITY;
        values[3][3][19] = Double.NaN;
        TraceBytes bytes = Traces.states(values).tensor("mask", "U8", "[4]", (byte) 0, (byte) 1, (byte) 0, (byte) 1).meta("has_s0", "true");
        for (Kernels kernels : AllKernels.all()) {
            try (Trace trace = Traces.open(folder, bytes)) {
                ConvergenceMatrix matrix = of(trace, AllKernels.on(kernels, L2));
                assertThat(matrix.distances(0)).containsOnly(Double.NaN);
                assertThat(matrix.distances(2)).containsOnly(Double.NaN);
                assertThat(matrix.logDistance(2, 1)).isNaN();
                assertThat(matrix.isMasked(0)).isTrue();
                assertThat(matrix.isMasked(1)).isFalse();
                assertThat(matrix.distance(1, 2)).isInfinite();
                assertThat(matrix.logDistance(1, 2)).isEqualTo(Double.POSITIVE_INFINITY);
                assertThat(matrix.distance(3, 3)).isNaN();
                assertThat(matrix.nonFinite()).as("infinity and NaN, not the zeros").isEqualTo(2);
                assertThat(matrix.logDistance(1, 4)).isEqualTo(Double.NEGATIVE_INFINITY);
                assertThat(matrix.hasS0()).contains(true);
                assertThat(of(trace, AllKernels.on(kernels, L2.withReference(Reference.previous()))).nonFinite())
                        .as("column 0 of two tokens, and two columns for each number").isEqualTo(6);
                assertThat(Convergence.convergenceMatrix(trace.states(), AllKernels.on(kernels, L2)).isMasked(0)).as("bare states")
                        .isFalse();
            }
        }
    }

    @Test
    void aTraceThatIsAllPaddingHasOnlyNaN() throws IOException {
        try (Trace trace = Traces.open(folder,
                Traces.states(Traces.random("padding", 3, 2, 4).values()).tensor("mask", "U8", "[2]", (byte) 0, (byte) 0))) {
            for (Kernels kernels : AllKernels.all()) {
                ConvergenceMatrix matrix = of(trace, AllKernels.on(kernels, L2));
                assertThat(matrix.distances(0)).containsOnly(Double.NaN);
                assertThat(matrix.nonFinite()).isZero();
            }
        }
    }

    @Test
    void thereIsOneNaN() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(3 * 20 * 4, 4);
            memory.setAtIndex(ValueLayout.JAVA_INT, 5, 0xffc0dead);
            memory.setAtIndex(ValueLayout.JAVA_INT, 25, 0x7f800001);
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, 40, Float.NEGATIVE_INFINITY);
            StateTensor states = StateTensor.of(memory, DType.F32, Shape.of(3, 1, 20));
            for (Kernels kernels : AllKernels.all()) {
                for (Reference reference : List.of(Reference.last(), Reference.previous(), Reference.tailMean(1))) {
                    for (Metric metric : List.of(Metric.L2, Metric.RELATIVE_L2)) {
                        ConvergenceMatrix matrix = Convergence.convergenceMatrix(states,
                                AllKernels.on(kernels, L2.withReference(reference).withMetric(metric)));
                        assertThat(Double.doubleToRawLongBits(matrix.distance(0, 0))).isEqualTo(0x7ff8000000000000L);
                        assertThat(Double.doubleToRawLongBits(matrix.logDistance(0, 0))).isEqualTo(0x7ff8000000000000L);
                    }
                }
                assertThat(Convergence.convergenceMatrix(states, AllKernels.on(kernels, L2)).distance(0, 2)).as("infinity minus itself")
                        .isNaN();
            }
        }
    }

    @Test
    void manyMatricesInOnePassAreTheSameAsEachAlone() throws IOException {
        Rows rows = Traces.random("together", 12, 5, 130);
        try (Trace trace = Traces.open(folder, Traces.states(rows.values())); Arena arena = Arena.ofConfined()) {
            StateTensor outside = Traces.random("together, outside", 1, 5, 130).matrix(arena);
            List<ConvergenceOptions> options = new ArrayList<>();
            List<Normalization> normalizations = List.of(Normalization.none(), Normalization.rmsNorm(), Normalization.rmsNorm(0.5),
                    Normalization.rmsNorm(Seeds.random("together, weight").doubles(130).toArray(), 0));
            for (Reference reference : List.of(Reference.external(outside), Reference.last(), Reference.tailMean(), Reference.previous(),
                    Reference.iteration(2))) {
                for (Normalization normalization : normalizations) {
                    for (Metric metric : Metric.values()) {
                        options.add(L2.withReference(reference).withNormalization(normalization).withMetric(metric));
                    }
                }
            }
            Collections.shuffle(options, new Random(Seeds.random("order").nextLong()));
            options.add(options.getFirst());
            for (Kernels kernels : AllKernels.all()) {
                List<ConvergenceOptions> here = options.stream().map(o -> AllKernels.on(kernels, o)).toList();
                List<ConvergenceMatrix> together = Convergence.convergenceMatrices(trace, here);
                assertThat(together).hasSameSizeAs(here);
                for (int o = 0; o < here.size(); o++) {
                    ConvergenceMatrix alone = of(trace, here.get(o));
                    assertThat(together.get(o).metric()).isEqualTo(here.get(o).metric());
                    assertThat(together.get(o).reference()).isEqualTo(here.get(o).reference());
                    assertThat(together.get(o).normalization()).isEqualTo(here.get(o).normalization());
                    for (int i = 0; i < 5; i++) {
                        assertThat(together.get(o).distances(i)).as("%s", here.get(o)).isEqualTo(alone.distances(i));
                    }
                }
            }
            assertThat(Convergence.convergenceMatrices(trace, List.of())).isEmpty();
        }
    }

    /** A reference that several matrices share is widened once, and equal sums are made once. */
    @Test
    void matricesToOneReferenceShareItsRows() {
        try (StateTensor states = StateTensor.allocate(DType.BF16, Shape.of(8, 2, 3)); Arena arena = Arena.ofConfined()) {
            Reference outside = Reference.external(Traces.random("shared", 1, 2, 3).matrix(arena));
            Planner planner = new Planner(states);
            for (Reference reference : List.of(Reference.last(), Reference.iteration(7), outside, Reference.tailMean(),
                    Reference.tailMean(0.3))) {
                for (Metric metric : Metric.values()) {
                    planner.add(metric, reference, Normalization.none());
                }
            }
            Plan plan = planner.plan(Normalization.none());
            assertThat(plan.sources()).as("last, external, tail-mean").hasSize(3);
            assertThat(plan.ofStates())
                    .as("to each: diff2, abs_diff, max_diff, and along and the state's own length for the angles; and the norm")
                    .hasSize(16);
            assertThat(plan.ofSources()).hasSize(3);
        }
    }

    @Test
    void optionsOfOnePassMustAgreeOnWhatComputes() throws IOException {
        try (Trace trace = Traces.open(folder, Traces.states(Traces.random("agree", 2, 1, 2).values()))) {
            for (ConvergenceOptions other : List.of(L2.withBackend(Backend.JAVA), L2.withThreads(3), L2.withTier(Backend.Tier.SCALAR))) {
                assertThatIllegalArgumentException().isThrownBy(() -> Convergence.convergenceMatrices(trace, List.of(L2, other)))
                        .withMessageContaining("different backends, tiers, devices or numbers of threads");
            }
        }
    }

    @Test
    void aTraceOfSeveralSequencesMustBeChosenFrom() throws IOException {
        TraceBytes bytes = TraceBytes.safetensors().tensor("states", "F32", "[2,2,1,2]", TraceBytes.f32(3, 4, 1, 1, 0, 0, 0, 0));
        try (Trace trace = Traces.open(folder, bytes)) {
            assertThatIllegalStateException().isThrownBy(() -> of(trace, L2)).withMessageContaining("choose one with batch(b)");
            assertThat(of(trace.batch(0), L2).distances(0)).containsExactly(5, 0);
            assertThat(of(trace.batch(1), L2).distance(0, 0)).isEqualTo(Math.sqrt(2));
        }
    }
}
