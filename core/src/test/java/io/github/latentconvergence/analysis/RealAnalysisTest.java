package io.github.latentconvergence.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.analysis.PathAnalysis.Verdict;
import io.github.latentconvergence.analysis.Trajectory.Shape;
import io.github.latentconvergence.io.Trace;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the project says of the real traces. */
class RealAnalysisTest {
    @Test
    void huginn() throws IOException {
        try (Trace trace = AnalysisTraces.shared("huginn-0125/trace.safetensors")) {
            Analysis analysis = Analysis.of(trace, AnalysisOptions.defaults().withThreshold(new Threshold(Threshold.Kind.RELATIVE, 0.02)));
            assertThat(steps(analysis, t -> t.steps().last())).containsExactly(44, 40, 39, 61, 35, 40);
            assertThat(steps(analysis, t -> t.steps().tailMean())).containsExactly(34, 37, 36, 35, 34, 38);
            assertThat(analysis.tokens().get(3).steps().lateInRun()).isTrue();
            for (TokenAnalysis token : analysis.tokens()) {
                assertThat(token.trajectory().shape()).isEqualTo(Shape.SETTLING);
                assertThat(token.floor().level().orElseThrow()).isBetween(0.9, 1.3);
                assertThat(token.floor().step()).isPresent();
                assertThat(token.contraction().rate().orElseThrow()).isBetween(0.82, 0.91);
            }
            System.out.println("huginn: " + analysis.summary().text());
            assertThat(analysis.summary().text()).containsPattern("(?i)reference");
            ExitSignals signals = ExitSignals.of(trace, ConvergenceOptions.defaults());
            assertThat(signals.replay(ExitRule.LATENT_DIFF, 0.03, Reduction.TOKEN).tokens().stream().map(e -> e.exit().orElseThrow()))
                    .containsExactly(20, 20, 31, 28, 19, 20);
        }
    }

    private static List<Integer> steps(Analysis analysis, java.util.function.Function<TokenAnalysis, OptionalInt> which) {
        return analysis.tokens().stream().map(t -> which.apply(t).orElseThrow()).toList();
    }

    @Test
    void aModelWithOrbits() throws IOException {
        try (Trace trace = AnalysisTraces.shared("tiny-recurrent/orbiting.safetensors")) {
            for (boolean everyPair : new boolean[] {false, true}) {
                List<TokenAnalysis> tokens = Analysis.of(trace, AnalysisOptions.defaults().withEveryPair(everyPair)).tokens();
                assertThat(tokens.get(0).trajectory().shape()).isEqualTo(Shape.ORBITING);
                assertThat(tokens.get(37).trajectory().shape()).isEqualTo(Shape.ORBITING);
                assertThat(tokens.get(37).trajectory().period()).hasValue(3);
                assertThat(tokens).noneMatch(t -> t.trajectory().shape() == Shape.SETTLING || t.floor().isReached());
            }
        }
    }

    @Test
    void aModelThatSettles() throws IOException {
        try (Trace trace = AnalysisTraces.bundled("settling-seed0.safetensors")) {
            Analysis analysis = Analysis.of(trace, AnalysisOptions.defaults());
            for (TokenAnalysis token : analysis.tokens()) {
                assertThat(token.trajectory().shape()).as("%s", token).isEqualTo(Shape.SETTLING);
                assertThat(token.contraction().rate().orElseThrow()).isBetween(0.545, 0.62);
                assertThat(token.floor().level().orElseThrow()).isBetween(1e-6, 2e-5);
                assertThat(token.floor().step().orElseThrow()).isBetween(25, 28);
            }
            double[] rates = analysis.tokens().stream().mapToDouble(t -> t.contraction().rate().orElseThrow()).toArray();
            assertThat(SlowStatistics.median(rates)).isCloseTo(0.58, within(0.005));
            assertThat(analysis.summary().atFloor()).isEqualTo(38);
        }
    }

    @Test
    void whereItStartedDoesNotMatter() throws IOException {
        try (Trace a = AnalysisTraces.bundled("settling-seed0.safetensors");
                Trace b = AnalysisTraces.shared("tiny-recurrent/settling-seed1.safetensors")) {
            for (TraceComparison found : List.of(TraceComparison.of(a, b, ConvergenceOptions.defaults()),
                    TraceComparison.of(b, a, ConvergenceOptions.defaults()))) {
                assertThat(found.tokens()).hasSize(38).allMatch(t -> t.verdict() == Verdict.INDEPENDENT);
            }
        }
    }

    @Test
    void aRunIsIndependentOfItself() throws IOException {
        for (String name : List.of("settling-seed0", "settling-ships", "figure-like")) {
            try (Trace a = AnalysisTraces.bundled(name + ".safetensors"); Trace b = AnalysisTraces.bundled(name + ".safetensors")) {
                TraceComparison found = TraceComparison.of(a, b, ConvergenceOptions.defaults());
                assertThat(found.tokens())
                        .allMatch(t -> t.verdict() == Verdict.INDEPENDENT && t.reached().orElse(-1) == 0 && t.level() == 0);
                assertThat(IntStream.range(0, found.matrix().tokens()).mapToObj(found.matrix()::distances)
                        .flatMap(row -> Stream.of(Arrays.stream(row).sum()))).containsOnly(0.0);
            }
        }
    }
}
