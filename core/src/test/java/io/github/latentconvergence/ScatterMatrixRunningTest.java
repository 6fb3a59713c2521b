package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latentconvergence.internal.kernel.Kernels;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scatter matrices: what is refused, threads, progress and cancelling. */
class ScatterMatrixRunningTest {
    private static final ConvergenceOptions DEFAULTS = ConvergenceOptions.defaults();
    private static final Rows ROWS = Traces.random("scatter, running", 6, 3, 40);

    @Test
    void whatDoesNotFitIsRefused() {
        try (Arena arena = Arena.ofConfined()) {
            StateTensor states = ROWS.tensor(arena);
            refused(() -> scatter(states, DEFAULTS), "no tokens");
            refused(() -> scatter(states, DEFAULTS, 0, 3), "token 3 is outside the states, whose tokens are 0 to 2");
            refused(() -> scatter(states, DEFAULTS, -1), "token -1 is outside");
            ScatterMatrix found = scatter(states, DEFAULTS, 2, 0);
            assertThat(found.size()).isEqualTo(40);
            assertThat(found.states()).isEqualTo(12);
            refused(() -> found.times(new double[0][]), "no vectors");
            refused(() -> found.times(new double[][] {new double[40], new double[39]}), "39 components; the states have 40");
            refused(() -> found.coordinates(new double[][] {new double[41]}), "41 components; the states have 40");
        }
        try (StateTensor batches = StateTensor.allocate(DType.F32, Shape.of(2, 2, 1, 3))) {
            assertThatIllegalStateException().isThrownBy(() -> scatter(batches, DEFAULTS, 0)).withMessageContaining("batch(b)");
        }
    }

    @Test
    void closedStatesAreSeen() {
        StateTensor states = StateTensor.allocate(DType.F32, Shape.of(2, 1, 3));
        ScatterMatrix found = scatter(states, DEFAULTS, 0);
        states.close();
        assertThatIllegalStateException().isThrownBy(() -> scatter(states, DEFAULTS, 0));
        assertThatIllegalStateException().isThrownBy(() -> found.times(new double[1][3]));
        assertThatIllegalStateException().isThrownBy(() -> found.coordinates(new double[1][3]));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aStateThatIsNotFiniteIsNamed(double bad) {
        for (DType dtype : DType.values()) {
            double[][][] values = new double[5][4][33];
            values[3][2][32] = bad;
            try (Arena arena = Arena.ofConfined()) {
                StateTensor states = new Rows(dtype, values).tensor(arena);
                for (Kernels kernels : AllKernels.all()) {
                    refused(() -> scatter(states, AllKernels.on(kernels, DEFAULTS), 1, 2),
                            "token 2 has the component " + bad + " at iteration 3");
                    assertThat(scatter(states, AllKernels.on(kernels, DEFAULTS), 1, 3).trace()).isZero();
                }
            }
        }
    }

    @Test
    void threadsDoNotMatterAndProgressEndsAtOne() {
        Rows rows = Traces.random("scatter, threads", 70, 30, 600);
        int[] tokens = IntStream.range(0, 30).toArray();
        double[][] vectors = {Seeds.random("scatter, vector").doubles(600).toArray(), new double[600]};
        try (Arena arena = Arena.ofShared()) {
            StateTensor states = rows.tensor(arena);
            double[][] expected = scatter(states, DEFAULTS.withThreads(1), tokens).times(vectors);
            for (Kernels kernels : AllKernels.all()) {
                List<Double> told = new ArrayList<>();
                Thread caller = Thread.currentThread();
                ScatterMatrix found = scatter(states, AllKernels.on(kernels, DEFAULTS).withThreads(3).withProgress(fraction -> {
                    assertThat(Thread.currentThread()).isSameAs(caller);
                    told.add(fraction);
                }), tokens);
                assertThat(told).isSorted().endsWith(1.0);
                told.clear();
                assertThat(found.times(vectors)).isDeepEqualTo(expected);
                assertThat(told).isSorted().endsWith(1.0);
            }
        }
    }

    @Test
    void interruptingCancelsAndATensorInUseStaysOpen() {
        StateTensor states = StateTensor.allocate(DType.F32, Shape.of(100, 2, 3));
        ScatterMatrix found = scatter(states,
                DEFAULTS.withProgress(fraction -> assertThatIllegalStateException().isThrownBy(states::close)), 0, 1);
        for (ThrowingCallable use : List.<ThrowingCallable>of(() -> scatter(states, DEFAULTS, 0, 1), () -> found.times(new double[1][3]),
                () -> found.coordinates(new double[1][3]))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(use).isInstanceOf(CancellationException.class).hasMessageMatching(".* after \\d+ of .*");
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        }
        assertThat(found.times(new double[1][3])).isDeepEqualTo(new double[1][3]);
        states.close();
        assertThat(states.isOpen()).isFalse();
    }

    private static ScatterMatrix scatter(StateTensor states, ConvergenceOptions options, int... tokens) {
        return Convergence.scatterMatrix(states, tokens, options);
    }

    private static void refused(ThrowingCallable use, String phrase) {
        assertThatIllegalArgumentException().isThrownBy(use).withMessageContaining(phrase);
    }
}
