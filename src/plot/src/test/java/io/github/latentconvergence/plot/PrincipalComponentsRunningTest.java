package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latentconvergence.Backend;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Principal components of few states and of many: threads, progress and cancelling. */
class PrincipalComponentsRunningTest {
    private static final ConvergenceOptions DEFAULTS = ConvergenceOptions.defaults();
    private static final int[] TOKENS = {2, 0, 1};

    private static StateTensor states(int iterations) {
        SplittableRandom random = Seeds.random("running " + iterations);
        double[][][] values = new double[iterations][3][90];
        for (double[][] iteration : values) {
            for (double[] state : iteration) {
                for (int d = 0; d < state.length; d++) {
                    state[d] = 100 + random.nextGaussian() / (1 + d);
                }
            }
        }
        return Tensors.of(DType.F32, values);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 700})
    void neitherBackendNorThreadsChangeABit(int iterations) {
        StateTensor states = states(iterations);
        PrincipalComponents expected = PrincipalComponents.of(states, TOKENS, 5);
        for (Backend backend : List.of(Backend.AUTO, Backend.JAVA)) {
            for (int threads = 1; threads < 5; threads++) {
                PrincipalComponents found = PrincipalComponents.of(states, TOKENS, 5, DEFAULTS.withBackend(backend).withThreads(threads));
                for (int index = 0; index < 3; index++) {
                    assertThat(found.coordinates(index)).isDeepEqualTo(expected.coordinates(index));
                }
                assertThat(found.explained(4)).isEqualTo(expected.explained(4));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 700})
    void progressGrowsAndEndsAtOne(int iterations) {
        StateTensor states = states(iterations);
        List<Double> told = new ArrayList<>();
        PrincipalComponents.of(states, TOKENS, 5, DEFAULTS.withProgress(fraction -> {
            assertThatIllegalStateException().as("in use").isThrownBy(states::close);
            told.add(fraction);
        }));
        assertThat(told).isSorted().endsWith(1.0).allSatisfy(fraction -> assertThat(fraction).isBetween(0.0, 1.0));
        assertThat(told.stream().filter(fraction -> fraction == 1).count()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 700})
    void interruptingCancels(int iterations) {
        StateTensor states = states(iterations);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> PrincipalComponents.of(states, TOKENS, 5, DEFAULTS)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        assertThat(PrincipalComponents.of(states, TOKENS, 5, DEFAULTS).components()).isEqualTo(5);
    }

    @Test
    void passesAreExpectedFromThoseThatWereMade() {
        List<Double> told = new ArrayList<>();
        PassProgress progress = new PassProgress(told::add);
        for (int pass = 1; pass <= 50; pass++) {
            progress.accept(0.5);
            progress.passed(pass, pass < 5 ? 0 : pass / 60.0);
        }
        progress.end();
        assertThat(told).isSorted().endsWith(1.0).allSatisfy(fraction -> assertThat(fraction).isBetween(0.0, 1.0));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> progress.accept(1)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
