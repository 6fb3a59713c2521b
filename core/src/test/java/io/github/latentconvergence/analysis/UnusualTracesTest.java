package io.github.latentconvergence.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.Seeds;
import io.github.latentconvergence.analysis.Trajectory.Shape;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceBytes;
import io.github.latentconvergence.tensor.DType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Short runs, still states, numbers that are none, and padding. */
class UnusualTracesTest {
    @TempDir
    Path folder;

    private Analysis analyse(TraceBytes bytes) throws IOException {
        try (Trace trace = AnalysisTraces.open(folder, bytes)) {
            ExitSignals.of(trace, AnalysisOptions.defaults().measure()).replay(ExitRule.LATENT_DIFF, 0.03, Reduction.SEQUENCE);
            return Analysis.of(trace, AnalysisOptions.defaults());
        }
    }

    private static TraceBytes tokens(double[][]... tokens) {
        return AnalysisTraces.states(DType.F32, Dynamics.trace(tokens));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 20, 38})
    void anExactFixedPointIsAFloorOfZero(int reached) throws IOException {
        SplittableRandom random = Seeds.settled("fixed " + reached);
        double[][] token = Dynamics.settling(random, 40, 12, 0.8, 1, 0);
        for (int t = reached; t < token.length; t++) {
            token[t] = token[reached];
        }
        TokenAnalysis found = analyse(tokens(token)).tokens().getFirst();
        assertThat(found.trajectory().shape()).isEqualTo(Shape.SETTLING);
        assertThat(found.floor().level()).hasValue(0);
        assertThat(found.floor().step()).as("the first step that is 0").hasValue(reached + 1);
        assertThat(found.floor().plateau().orElse(0)).isZero();
        assertThat(found.contraction().errorBar()).isEmpty();
        assertThat(found.contraction().rate().isPresent()).isEqualTo(reached >= 4);
    }

    @Test
    void statesThatNeverMoveHaveConvergedAtOnce() throws IOException {
        SplittableRandom random = Seeds.settled("equal");
        Analysis analysis = analyse(tokens(Dynamics.constant(random, 20, 8), Dynamics.constant(random, 20, 8)));
        for (TokenAnalysis token : analysis.tokens()) {
            assertThat(token.step()).hasValue(0);
            assertThat(token.trajectory().shape()).isEqualTo(Shape.SETTLING);
            assertThat(token.floor().level()).hasValue(0);
            assertThat(token.floor().step()).hasValue(1);
            assertThat(token.contraction().rate()).isEmpty();
            assertThat(token.slowness().meanLog10()).isFinite();
        }
        assertThat(analysis.slowBands()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aRunOfAFewIterationsSaysNothing(int iterations) throws IOException {
        SplittableRandom random = Seeds.settled("few " + iterations);
        Analysis analysis = analyse(
                tokens(Dynamics.settling(random, iterations, 8, 0.5, 1, 0), Dynamics.settling(random, iterations, 8, 0.5, 1, 0)));
        for (TokenAnalysis token : analysis.tokens()) {
            assertThat(token.trajectory().shape()).isEqualTo(Shape.UNRESOLVED);
            assertThat(token.floor().isReached()).isFalse();
            assertThat(token.contraction().rate()).isEmpty();
            assertThat(token.step()).isEqualTo(iterations == 1 ? OptionalInt.empty() : token.step());
        }
        assertThat(analysis.summary().text()).isNotBlank();
    }

    @Test
    void aRunTooShortToSayIsUnresolved() throws IOException {
        Analysis analysis = analyse(tokens(Dynamics.rotating(Seeds.settled("short"), 15, 8, 3, 0)));
        assertThat(analysis.tokens().getFirst().trajectory().shape()).isEqualTo(Shape.UNRESOLVED);
        assertThat(analysis.tokens().getFirst().trajectory().evidence().window()).isEqualTo(7);
    }

    @Test
    void oneTokenIsNeitherSlowNorFast() throws IOException {
        Analysis analysis = analyse(tokens(Dynamics.settling(Seeds.settled("one"), 40, 8, 0.8, 1, 0.001)));
        Slowness slowness = analysis.tokens().getFirst().slowness();
        assertThat(slowness.excess()).isZero();
        assertThat(slowness.z()).isZero();
        assertThat(analysis.slowBands()).isEmpty();
        assertThat(analysis.fastBands()).isEmpty();
        assertThat(analysis.segments()).hasSize(1);
    }

    @Test
    void aTokenOfNoNumbersLeavesTheOthersAsTheyAre() throws IOException {
        SplittableRandom random = Seeds.settled("nan");
        double[][] a = Dynamics.settling(random, 40, 8, 0.7, 1, 0.001);
        double[][] b = Dynamics.settling(random, 40, 8, 0.9, 1, 0.001);
        double[][] bad = Dynamics.settling(random, 40, 8, 0.8, 1, 0.001);
        bad[39][3] = Double.NaN;
        Analysis alone = analyse(tokens(a, b));
        Analysis beside = analyse(tokens(a, bad, b));
        assertThat(beside.tokens()).hasSize(3);
        TokenAnalysis none = beside.tokens().get(1);
        assertThat(none.step()).isEmpty();
        assertThat(none.late()).isTrue();
        assertThat(none.slowness().meanLog10()).isNaN();
        assertThat(none.floor().isReached()).isFalse();
        assertThat(none.trajectory().shape()).isEqualTo(Shape.UNRESOLVED);
        for (int k = 0; k < 2; k++) {
            TokenAnalysis expected = alone.tokens().get(k);
            TokenAnalysis found = beside.tokens().get(2 * k);
            assertThat(found.steps()).isEqualTo(expected.steps());
            assertThat(found.contraction()).isEqualTo(expected.contraction());
            assertThat(found.floor()).isEqualTo(expected.floor());
            assertThat(found.slowness()).isEqualTo(expected.slowness());
            assertThat(found.trajectory()).isEqualTo(expected.trajectory());
        }
        assertThat(beside.gradient()).isEqualTo(alone.gradient());
    }

    @Test
    void aTraceOfPaddingHasNothingToSay() throws IOException {
        SplittableRandom random = Seeds.settled("padding");
        Analysis analysis = analyse(
                AnalysisTraces.mask(tokens(Dynamics.constant(random, 20, 4), Dynamics.walking(random, 20, 4)), false, false));
        assertThat(analysis.tokens()).isEmpty();
        assertThat(analysis.slowBands()).isEmpty();
        assertThat(analysis.fastBands()).isEmpty();
        assertThat(analysis.segments()).isEmpty();
        assertThat(analysis.summary().medianStep()).isEmpty();
        assertThat(analysis.summary().converged() + analysis.summary().notConverged() + analysis.summary().atFloor()).isZero();
        assertThat(analysis.gradient().spearmanMedian()).isNaN();
        assertThat(analysis.summary().text()).isNotBlank().doesNotContain("NaN");
    }

    @Test
    void paddingBreaksABand() throws IOException {
        SplittableRandom random = Seeds.settled("broken");
        double[][][] all = new double[20][][];
        Arrays.setAll(all, i -> Dynamics.settling(random, 60, 30, i >= 8 && i <= 12 ? 0.97 : 0.75 + 0.001 * (i % 5), 1, 0.001));
        boolean[] real = new boolean[20];
        Arrays.fill(real, true);
        assertThat(analyse(tokens(all)).slowBands()).extracting(b -> List.of(b.first(), b.last())).containsExactly(List.of(8, 12));
        real[10] = false;
        Analysis broken = analyse(AnalysisTraces.mask(tokens(all), real));
        assertThat(broken.slowBands()).extracting(b -> List.of(b.first(), b.last())).containsExactly(List.of(8, 9), List.of(11, 12));
        assertThat(broken.segments()).extracting(s -> List.of(s.first(), s.last())).containsExactly(List.of(0, 9), List.of(11, 19));
    }

    @Test
    void theMeanOverTheSequenceHidesASlowToken() throws IOException {
        SplittableRandom random = Seeds.settled("hidden");
        double[][][] all = new double[20][][];
        Arrays.setAll(all, i -> Dynamics.settling(random, 60, 400, i == 7 ? 0.93 : 0.7, 1, 0));
        try (Trace trace = AnalysisTraces.open(folder, tokens(all))) {
            ExitSignals signals = ExitSignals.of(trace, AnalysisOptions.defaults().measure());
            assertThat(signals.hiddenBySequence(ExitRule.LATENT_DIFF, 0.03)).containsExactly(7);
            ExitReplay own = signals.replay(ExitRule.LATENT_DIFF, 0.03, Reduction.TOKEN);
            ExitReplay together = signals.replay(ExitRule.LATENT_DIFF, 0.03, Reduction.SEQUENCE);
            assertThat(together.tokens().get(7).exit().orElseThrow()).isLessThan(own.tokens().get(7).exit().orElseThrow());
            assertThat(together.worstRemaining()).isEqualTo(together.tokens().get(7).remaining()).isGreaterThan(own.worstRemaining());
        }
    }
}
