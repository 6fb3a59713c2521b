package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.ConvergenceSteps;
import io.github.latentconvergence.analysis.TokenAnalysis;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Convergence steps: how many where, and under which reference. */
class StepChartsTest {
    private static double height(Drawn drawn, String name, int k) {
        double top = drawn.corners(name, k).stream().mapToDouble(c -> c[1]).min().orElseThrow();
        return (drawn.axes().plot().bottom() - top) / drawn.axes().plot().height() * drawn.axes().y().high();
    }

    @Test
    void barsCountTheTokensAndThoseWithoutAStepHaveTheirOwn() {
        Analyses some = Analyses.of(Matrices.plain(Matrices.settling(10, 20)));
        for (int i = 0; i < 4; i++) {
            some.step(i, 7);
        }
        Drawn drawn = Drawn.of(Chart.steps(some.step(4, 0).step(5, 19).build()));
        assertThat(drawn.count("bar")).isEqualTo(3);
        assertThat(List.of(0, 1, 2)).extracting(k -> Math.round(100 * height(drawn, "bar", k)) / 100.0).containsExactly(1.0, 4.0, 1.0);
        assertThat(drawn.middle("bar", 1)[0]).isCloseTo(drawn.axes().x(7), within(2 * Drawn.ROUNDED));
        assertThat(height(drawn, "none", 0)).isCloseTo(4, within(0.01));
        assertThat(drawn.middle("none", 0)[0]).as("behind the last iteration").isGreaterThan(drawn.axes().x(19.5));
        assertThat(drawn.texts()).contains("did not converge: 4", "none");
    }

    @Test
    void wideBarsSayHowWideAndLoseNoToken() throws IOException {
        Analysis analysis = Pages.figureLike().analysis();
        Drawn drawn = Drawn.of(Chart.steps(analysis));
        double sum = 0;
        for (int k = 0; k < drawn.count("bar"); k++) {
            sum += height(drawn, "bar", k);
        }
        assertThat(sum).isCloseTo(analysis.summary().converged(), within(0.05));
        assertThat(drawn.count("none")).isEqualTo(analysis.summary().notConverged() > 0 ? 1 : 0);
        assertThat(drawn.texts()).contains("2 iterations to the bar");
        double median = analysis.summary().medianStep().orElseThrow();
        assertThat(drawn.corners("median", 0).getFirst()[0]).isCloseTo(drawn.axes().x(median), within(Drawn.ROUNDED));
    }

    @Test
    void markersAreAtTheStepsUnderEachReference() throws IOException {
        Analysis analysis = Pages.figureLike().analysis();
        Drawn drawn = Drawn.of(Chart.sensitivity(analysis));
        assertMarkers(drawn, analysis, "last", ConvergenceSteps::last);
        assertMarkers(drawn, analysis, "tail-mean", ConvergenceSteps::tailMean);
        assertMarkers(drawn, analysis, "external", ConvergenceSteps::external);
        Analysis without = Analyses.of(Matrices.last(Matrices.settling(3, 20))).build();
        assertThat(Drawn.of(Chart.sensitivity(without)).count("external")).as("no token converges to one").isZero();
    }

    private static void assertMarkers(Drawn drawn, Analysis analysis, String name, Function<ConvergenceSteps, OptionalInt> step) {
        assertThat(drawn.count(name)).isEqualTo(analysis.tokens().size());
        for (TokenAnalysis token : analysis.tokens()) {
            OptionalInt at = step.apply(token.steps());
            double x = drawn.middle(name, token.index())[0];
            double y = drawn.middle(name, token.index())[1];
            assertThat(drawn.svg().texts()).contains(TokenText.of(token.text(), 22).characters() + "  " + token.index());
            assertThat(y).as("row of %d", token.index()).isCloseTo(drawn.axes().y(token.index()), within(1.5));
            if (at.isPresent()) {
                assertThat(x).as("%s of %d", name, token.index()).isCloseTo(drawn.axes().x(at.getAsInt()), within(2 * Drawn.ROUNDED));
            } else {
                assertThat(x).isGreaterThan(drawn.axes().x(analysis.matrix().iterations() - 0.5));
            }
        }
    }

    @Test
    void tokensThatDoNotConvergeAreInALaneOfTheirOwn() {
        Drawn drawn = Drawn.of(Chart.sensitivity(Analyses.of(Matrices.plain(Matrices.settling(3, 20))).step(1, 5).build()));
        assertThat(drawn.count("external")).isEqualTo(3);
        assertThat(drawn.count("join")).as("all references agree").isZero();
        assertThat(drawn.middle("last", 0)[0]).isGreaterThan(drawn.corners("lane", 0).getFirst()[0]);
        assertThat(drawn.middle("last", 1)[0]).isCloseTo(drawn.axes().x(5), within(2 * Drawn.ROUNDED));
        assertThat(drawn.texts()).contains("none", "(empty)  0");
    }

    @Test
    void thousandsOfTokensAreMediansOfNeighbours() {
        Analyses many = Analyses.of(Pages.many());
        for (int i = 0; i < Pages.MANY; i++) {
            if (i >= 64 && i != Pages.SLOW) {
                many.step(i, 10 + i / 64);
            }
        }
        Drawn drawn = Drawn.of(Chart.sensitivity(many.build()));
        assertThat(drawn.count("last")).isEqualTo(ReferenceSensitivity.MOST_ROWS);
        assertThat(drawn.texts()).contains("each row is 64 neighbouring tokens: their median", "0–63", "64–127");
        assertThat(drawn.middle("last", 0)[0]).isGreaterThan(drawn.corners("lane", 0).getFirst()[0]);
        int slow = Pages.SLOW / 64;
        assertThat(drawn.middle("last", slow)[0]).isCloseTo(drawn.axes().x(10 + slow), within(2 * Drawn.ROUNDED));
        assertThat(drawn.corners("all", slow).getLast()[0]).as("one that does not converge is still seen")
                .isGreaterThan(drawn.axes().x(128.5));
        assertThat(drawn.corners("all", slow + 1).getLast()[0]).isCloseTo(drawn.axes().x(11 + slow) + 1, within(Drawn.ROUNDED));
        assertThat(drawn.middle("last", 5)[0]).isCloseTo(drawn.axes().x(15), within(2 * Drawn.ROUNDED));
    }
}
