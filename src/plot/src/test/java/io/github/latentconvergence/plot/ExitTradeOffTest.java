package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.latentconvergence.analysis.ExitReplay;
import io.github.latentconvergence.analysis.ExitRule;
import io.github.latentconvergence.analysis.ExitSignals;
import io.github.latentconvergence.analysis.Reduction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExitTradeOffTest {
    @Test
    void curvesAndMarkersAreWhatReplaysGive() throws IOException {
        ExitSignals signals = Recorded.figureLike().exits();
        Drawn drawn = Drawn.of(Chart.exits(signals));
        for (ExitRule rule : signals.rules()) {
            for (Reduction reduction : Reduction.values()) {
                double[] thresholds = ExitTradeOff.thresholds(rule).toArray();
                double[] xs = new double[thresholds.length];
                double[] ys = new double[thresholds.length];
                for (int k = 0; k < thresholds.length; k++) {
                    ExitReplay replay = signals.replay(rule, thresholds[k], reduction);
                    xs[k] = replay.meanExit();
                    ys[k] = StrictMath.log10(replay.worstRemaining());
                }
                drawn.goesThrough(rule.label() + "-" + reduction.label(), 0, xs, ys);
                double[] middle = drawn.middle(rule.label() + "-usual", reduction.ordinal());
                ExitReplay usual = signals.replay(rule, rule.defaultThreshold(), reduction);
                assertThat(middle[0]).isCloseTo(drawn.axes().x(usual.meanExit()), within(0.02));
                assertThat(middle[1]).as("triangles are not about their middles").isCloseTo(
                        drawn.axes().y(StrictMath.log10(usual.worstRemaining())), within(1.5));
            }
            assertThat(drawn.texts()).contains(rule.label() + ", marked at its usual " + rule.defaultThreshold());
        }
        assertThat(drawn.svg().ofClass("kl-token")).isEmpty();
    }

    @Test
    void thresholdsRiseAndHoldTheUsualOne() {
        for (ExitRule rule : ExitRule.values()) {
            assertThat(ExitTradeOff.thresholds(rule).boxed()).contains(rule.defaultThreshold()).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void nothingLeftIsAtTheEdgeAndNoNumberIsLeftOut(@TempDir Path folder) throws IOException {
        ExitSignals still = Recorded.of(folder, 6, List.of("a", "b"), (t, i, d) -> t == 0 ? 2 : 1).exits();
        Drawn zero = Drawn.of(Chart.exits(still));
        assertThat(zero.texts()).contains("at the lower edge: nothing remains");
        assertThat(zero.middle("latent-diff-usual", 0)[1]).isEqualTo(zero.axes().plot().bottom());
        ExitSignals broken = Recorded.of(folder, 6, List.of("a", "b"), (t, i, d) -> i == 1 ? Double.NaN : 1.0 / (1 + t)).exits();
        Drawn nothing = Drawn.of(Chart.exits(broken));
        int all = broken.rules().stream().mapToInt(rule -> 2 * (int) ExitTradeOff.thresholds(rule).count()).sum();
        assertThat(nothing.texts()).contains(all + " thresholds left out: what remains is not finite");
        assertThat(nothing.count("linf-usual")).isZero();
        assertThat(nothing.corners("linf-token", 0)).isEmpty();
    }
}
