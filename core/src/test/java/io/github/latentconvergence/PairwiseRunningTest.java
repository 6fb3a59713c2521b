package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latentconvergence.internal.kernel.Kernels;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceBytes;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Distances between pairs: what is refused, what a trace knows, threads, progress and cancelling. */
class PairwiseRunningTest {
    private static final int HIDDEN = 40;
    private static final ConvergenceOptions L2 = ConvergenceOptions.defaults();
    private static final ConvergenceOptions RMS = L2.withNormalization(Normalization.rmsNorm());
    private static final Rows ROWS = Traces.random("pairs, running", 6, 3, HIDDEN);

    @TempDir
    Path folder;

    @Test
    void whatDoesNotFitIsRefused() {
        try (Arena arena = Arena.ofConfined()) {
            StateTensor states = ROWS.tensor(arena);
            refused(() -> pairs(states, L2.withMetric(Metric.COSINE), 0), "metric cosine");
            refused(() -> pairs(states, L2, 0, 3), "token 3 is outside the states, whose tokens are 0 to 2");
            refused(() -> pairs(states, L2, -1), "token -1 is outside");
            refused(() -> pairs(states, L2.withNormalization(Normalization.rmsNorm(new double[41], 0)), 0),
                    "41 components; the states have 40");
            refused(() -> pairs(StateTensor.of(arena.allocate(4L * 4097), DType.F32, Shape.of(4097, 1, 1)), L2, 0),
                    "4097 iterations: at most 4096");
            PairwiseDistances six = pairs(states, L2, 0).getFirst();
            for (int outside : new int[] {-1, 6}) {
                assertThatThrownBy(() -> six.distance(outside, 0)).isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> six.distance(0, outside)).isInstanceOf(IndexOutOfBoundsException.class);
            }
            assertThat(pairs(states, L2)).isEmpty();
        }
        StateTensor closed = StateTensor.allocate(DType.F32, Shape.of(2, 1, 3));
        closed.close();
        assertThatIllegalStateException().isThrownBy(() -> pairs(closed, L2, 0));
        try (StateTensor batches = StateTensor.allocate(DType.F32, Shape.of(2, 2, 1, 3))) {
            assertThatIllegalStateException().isThrownBy(() -> pairs(batches, L2, 0)).withMessageContaining("batch(b)");
        }
    }

    /** As many as are allowed: the first and the last differ, and every two neighbours. */
    @Test
    void theLargestNumberOfIterationsIsDone() {
        try (StateTensor states = StateTensor.allocate(DType.F32, Shape.of(4096, 1, 1))) {
            for (int t = 0; t < 4096; t++) {
                states.segment().setAtIndex(ValueLayout.JAVA_FLOAT, t, t);
            }
            PairwiseDistances pairs = pairs(states, L2, 0).getFirst();
            assertThat(pairs.distance(0, 4095)).isEqualTo(4095);
            assertThat(IntStream.range(1, 4096)).allMatch(t -> pairs.distance(t, t - 1) == 1);
        }
    }

    @Test
    void whatATraceKnowsIsHeeded() throws IOException {
        double[] weight = Seeds.random("pairs, weight").doubles(HIDDEN).map(v -> (float) v).toArray();
        TraceBytes bytes = Traces.states(ROWS.values()).tensor("norm_weight", "F32", "[" + HIDDEN + "]", TraceBytes.f32(weight))
                .tensor("mask", "U8", "[3]", (byte) 1, (byte) 0, (byte) 1);
        ConvergenceOptions given = L2.withNormalization(Normalization.rmsNorm(weight, Normalization.DEFAULT_EPS));
        try (Trace trace = Traces.open(folder, bytes)) {
            refused(() -> Convergence.pairwiseDistances(trace, new int[] {0, 1}, L2), "token 1 is padding");
            double own = Convergence.pairwiseDistances(trace, new int[] {2}, RMS).getFirst().distance(1, 4);
            assertThat(own).isEqualTo(pairs(trace.states(), given, 2).getFirst().distance(1, 4))
                    .isNotEqualTo(pairs(trace.states(), RMS, 2).getFirst().distance(1, 4));
            assertThat(Convergence.pairwiseDistances(trace, new int[] {0}, L2.withReference(Reference.iteration(77)))).as("not used")
                    .hasSize(1);
        }
        try (Trace trace = Traces.open(folder, Traces.states(ROWS.values()).meta("norm", "normalized"))) {
            refused(() -> Convergence.pairwiseDistances(trace, new int[] {0}, RMS), "normalised already");
            assertThat(Convergence.pairwiseDistances(trace, new int[] {0}, L2)).hasSize(1);
        }
    }

    @Test
    void threadsDoNotMatterAndProgressEndsAtOne() {
        Rows rows = Traces.random("pairs, threads", 20, 30, 1000);
        int[] tokens = IntStream.range(0, 30).toArray();
        try (Arena arena = Arena.ofShared()) {
            StateTensor states = rows.tensor(arena);
            for (ConvergenceOptions options : List.of(L2, RMS)) {
                List<PairwiseDistances> expected = pairs(states, options.withThreads(1), tokens);
                for (Kernels kernels : AllKernels.all()) {
                    List<Double> told = new ArrayList<>();
                    Thread caller = Thread.currentThread();
                    List<PairwiseDistances> found = pairs(states, AllKernels.on(kernels, options).withThreads(3).withProgress(fraction -> {
                        assertThat(Thread.currentThread()).isSameAs(caller);
                        told.add(fraction);
                    }), tokens);
                    assertThat(told).isSorted().endsWith(1.0);
                    for (int n = 0; n < tokens.length; n++) {
                        assertThat(found.get(n).token()).isEqualTo(n);
                        for (int j = 0; j < 20; j++) {
                            assertThat(found.get(n).distance(19 - j, j)).isEqualTo(expected.get(n).distance(19 - j, j));
                        }
                    }
                }
            }
        }
    }

    @Test
    void interruptingCancelsAndATensorInUseStaysOpen() {
        StateTensor states = StateTensor.allocate(DType.F32, Shape.of(5, 2, 3));
        for (ConvergenceOptions options : List.of(L2, RMS)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> pairs(states, options, 0, 1)).isInstanceOf(CancellationException.class)
                    .hasMessageContaining("after 0 of 2 tokens");
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            assertThat(pairs(states, options.withProgress(fraction -> assertThatIllegalStateException().isThrownBy(states::close)), 0, 1))
                    .hasSize(2);
        }
        states.close();
        assertThat(states.isOpen()).isFalse();
    }

    private static List<PairwiseDistances> pairs(StateTensor states, ConvergenceOptions options, int... tokens) {
        return Convergence.pairwiseDistances(states, tokens, options);
    }

    private static void refused(ThrowingCallable use, String phrase) {
        assertThatIllegalArgumentException().isThrownBy(use).withMessageContaining(phrase);
    }
}
