package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.Summary;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Distances and step norms as curves. */
class CurvesTest {
    private static double[] iterations(int count) {
        return IntStream.range(0, count).asDoubleStream().toArray();
    }

    private static double log(double[] sorted, double rank) {
        return StrictMath.log10(sorted[(int) Math.ceil(rank * sorted.length) - 1]);
    }

    @Test
    void everyTokenIsACurveAndMedianAndQuartilesAreThoseOfTheDistances() {
        double[][] distances = Matrices.settling(12, 30);
        Drawn drawn = Drawn.of(Chart.distances(Analyses.of(Matrices.plain(distances)).build()));
        double[] xs = iterations(30);
        assertThat(drawn.count("token")).isEqualTo(12);
        double[][] logs = Arrays.stream(distances).map(row -> Arrays.stream(row).map(StrictMath::log10).toArray()).toArray(double[][]::new);
        for (int i = 0; i < 12; i++) {
            drawn.goesThrough("token", i, xs, logs[i]);
        }
        double[] median = new double[30];
        double[] low = new double[30];
        double[] high = new double[30];
        for (int t = 0; t < 30; t++) {
            int at = t;
            double[] sorted = Arrays.stream(distances).mapToDouble(row -> row[at]).sorted().toArray();
            median[t] = StrictMath.log10((sorted[5] + sorted[6]) / 2);
            low[t] = log(sorted, 0.25);
            high[t] = log(sorted, 0.75);
        }
        drawn.goesThrough("median", 0, xs, median);
        drawn.goesThrough("quartile", 0, xs, low);
        drawn.goesThrough("quartile", 1, xs, high);
        assertThat(drawn.texts()).contains("no slow band").doesNotContain("left out", "too many");
    }

    @Test
    void whatHasNoLogarithmIsAtTheEdgeOrLeftOutAndCounted() {
        ConvergenceMatrix matrix = Matrices.everyKind(10, 20);
        Drawn drawn = Drawn.of(Chart.distances(Analyses.of(matrix).build()));
        assertThat(drawn.count("token")).as("one is masked").isEqualTo(9);
        assertThat(drawn.corners("token", 0)).as("the self-reference has no point").hasSize(19);
        assertThat(drawn.corners("token", 1)).as("NaN has none either").hasSize(18 + 1);
        assertThat(drawn.corners("token", 2)).as("nor has an infinity").hasSize(18);
        assertThat(drawn.corners("token", 3).get(3)[1]).isEqualTo(drawn.axes().plot().bottom());
        assertThat(drawn.texts()).contains("exact zeros are at the lower edge (1)", "2 distances not finite, left out",
                "1 masked token left out", "s₀ was not recorded", "| 0 |");
    }

    @Test
    void slowTokensAreOnTopInTheirOwnColourWithTheirTextAsText() {
        double[][] distances = Matrices.settling(10, 20);
        List<String> texts = Pages.HOSTILE.subList(0, 10);
        Analysis analysis = Analyses.of(Matrices.plain(distances)).texts(texts).slow(0, 1, 9).slow(6, 6, 5).build();
        Drawn drawn = Drawn.of(Chart.distances(analysis));
        assertThat(drawn.count("slow")).isEqualTo(3);
        assertThat(drawn.svg().ofClass("slow").getFirst().getElementsByTagName("path").item(0).getAttributes().getNamedItem("stroke")
                .getNodeValue()).isEqualTo(PageColors.css(Palette.VERMILLION));
        assertThat(drawn.svg().texts()).contains(TokenText.of(texts.get(1), 16).characters() + "  1", "\\u202egnp.exe  6");
        assertThat(drawn.count("leader")).isEqualTo(3);
        List<String> names = drawn.svg().all("*").stream().map(e -> e.getTagName()).distinct().toList();
        assertThat(names).containsExactlyInAnyOrder("title", "desc", "rect", "g", "path", "text", "tspan");
    }

    @Test
    void thousandsOfTokensAreTheirQuantilesAndASlowOneIsStillSeen() {
        ConvergenceMatrix many = Pages.many();
        Analysis analysis = Analyses.of(many).texts(Matrices.words(Pages.MANY)).slow(Pages.SLOW, Pages.SLOW, 20).build();
        Chart chart = Chart.distances(analysis);
        Drawn drawn = Drawn.of(chart);
        assertThat(drawn.count("token")).isZero();
        assertThat(drawn.count("slow")).isEqualTo(1);
        assertThat(drawn.texts()).contains("all 4096 tokens are in here: too many for a curve each", "nine in ten tokens", "1703");
        double top = drawn.corners("range", 0).stream().mapToDouble(c -> c[1]).limit(128).max().orElseThrow();
        assertThat(top).as("the range holds the token that stays at 90").isCloseTo(drawn.axes().y(StrictMath.log10(90)), within(6.0));
        assertThat(SvgPainter.paint(chart.layout()).length).isLessThan(40_000);
    }

    @Test
    void theFloorIsALineWhereTheMedianFloorIs() throws IOException {
        Analysis analysis = Pages.figureLike().analysis();
        Drawn drawn = Drawn.of(Chart.stepNorms(analysis));
        double floor = analysis.summary().floor().orElseThrow();
        assertThat(drawn.corners("floor", 0)).allSatisfy(
                c -> assertThat(c[1]).isCloseTo(drawn.axes().y(StrictMath.log10(floor)), within(Drawn.ROUNDED)));
        assertThat(drawn.texts())
                .contains(String.format("median of the %d tokens that have one: %.3g", analysis.summary().atFloor(), floor));
        assertThat(drawn.corners("token", 0)).as("the first state has no step").hasSize(64);
        Analysis without = Analyses.of(Matrices.plain(Matrices.settling(10, 20))).build();
        assertThat(Drawn.of(Chart.stepNorms(without)).texts()).contains("no token has come to an arithmetic floor");
    }

    @Test
    void aFloorOfZeroIsTheLowerEdge() {
        Analysis plain = Analyses.of(ConvergenceMatrix.of(new double[][] {{Double.NaN, 3, 0, 0}}, Metric.L2, Reference.previous())).build();
        Analysis fixed = new Analysis(plain.options(), plain.matrix(), plain.stepNorms(), plain.tokens(), List.of(), List.of(), List.of(),
                List.of(), plain.gradient(), new Summary(OptionalDouble.empty(), 0, 1, 1, 0, OptionalDouble.of(0), ""));
        Drawn drawn = Drawn.of(Chart.stepNorms(fixed));
        assertThat(drawn.corners("floor", 0)).allSatisfy(c -> assertThat(c[1]).isEqualTo(drawn.axes().plot().bottom()));
        assertThat(drawn.texts()).contains("exact zeros are at the lower edge (2)", "that have one: 0");
    }

    @Test
    void oneTokenOneIterationAndNoTokenAtAllAreDrawn() {
        Drawn one = Drawn.of(Chart.distances(Analyses.of(Matrices.plain(new double[][] {{3, 2, 1}})).build()));
        assertThat(List.of(one.count("token"), one.count("median"), one.count("quartile"))).containsExactly(1, 0, 0);
        Drawn point = Drawn.of(Chart.distances(Analyses.of(Matrices.plain(new double[][] {{3}, {2}})).build()));
        assertThat(point.corners("token", 0)).as("a dash").hasSize(2);
        ConvergenceMatrix masked = ConvergenceMatrix.of(new double[][] {{1, 2}}, new boolean[] {true}, Metric.L2, Reference.last(),
                java.util.Optional.empty());
        Analysis none = Analyses.of(masked).build();
        assertThat(Drawn.of(Chart.distances(none)).texts()).contains("1 masked token left out");
        assertThat(Drawn.of(Chart.steps(none)).count("bar")).isZero();
        assertThat(Drawn.of(Chart.sensitivity(none)).count("last")).isZero();
    }
}
