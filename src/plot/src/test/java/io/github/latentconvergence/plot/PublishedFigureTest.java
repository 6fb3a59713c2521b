package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a reader of the published figure sees, seen in the picture of the trace that was made after it: all is read from its pixels and its texts. */
class PublishedFigureTest {
    private static final int TOKENS = 29;
    private static final int ITERATIONS = 65;
    /** Cells this near are dark: the lowest third of the colours. */
    private static final double DARK = 1 / 3.0;

    private static List<String> tokens = List.of();
    private static Analysis analysis;
    private static Heatmap figure;
    private static HeatmapLayout layout;
    private static double[][] seen;

    @BeforeAll
    static void draw() throws IOException {
        try (Trace trace = TraceFiles.open(Recorded.FIGURE_LIKE)) {
            tokens = trace.tokens();
        }
        analysis = Recorded.figureLike().analysis();
        figure = Heatmap.of(analysis.matrix(), tokens);
        layout = figure.layout();
        BufferedImage image = figure.toImage();
        seen = IntStream.range(0, TOKENS)
                .mapToObj(i -> IntStream.range(0, ITERATIONS).mapToDouble(t -> share(image, layout.plot(), t, i)).toArray())
                .toArray(double[][]::new);
    }

    /** Where on viridis, 0 to 1, the colour in the middle of a cell lies: an error if it is none of its colours. */
    private static double share(BufferedImage image, Rect plot, int iteration, int token) {
        int rgb = image.getRGB((int) (plot.x() + (iteration + 0.5) / ITERATIONS * plot.width()),
                (int) (plot.y() + (token + 0.5) / TOKENS * plot.height())) & 0xffffff;
        return IntStream.range(0, Viridis.SIZE).filter(k -> Viridis.entry(k) == rgb).findFirst().orElseThrow() / (Viridis.SIZE - 1.0);
    }

    /** The distance that the colour bar has beside a colour. */
    private static double distance(double share) {
        return Math.pow(10, layout.colors().low() + share * (layout.colors().high() - layout.colors().low()));
    }

    /** The iteration from which on a row is dark. */
    private static int darkFrom(int token) {
        int t = ITERATIONS;
        while (t > 0 && seen[token][t - 1] < DARK) {
            t--;
        }
        return t;
    }

    @Test
    void titleAxesAndTokensAreWritten() throws Exception {
        Svg svg = Svg.of(figure);
        assertThat(svg.texts()).contains("Latent State Convergence ‖s − s*‖", "Iterations at Test Time", "Log Distance")
                .containsSubsequence("0", "10", "20", "30", "40", "50", "60").contains("100", "101", "102");
        assertThat(svg.texts()).containsSequence(tokens.stream().map(t -> TokenText.of(t).characters()).toList());
        assertThat(tokens).contains("<|end_turn|>", "<|begin_header|>").hasSize(TOKENS);
        assertThat(tokens.stream().filter("."::equals).count()).as("equal tokens keep rows of their own").isGreaterThan(1);
        assertThat(svg.texts().stream().filter("."::equals).count()).isEqualTo(tokens.stream().filter("."::equals).count());
    }

    @Test
    void theColourBarStandsAtTheRightAndGoesOverTheWholeHeight() {
        assertThat(layout.bar().x()).isGreaterThan(layout.plot().x() + layout.plot().width());
        assertThat(layout.bar().y()).isEqualTo(layout.plot().y());
        assertThat(layout.bar().height()).isEqualTo(layout.plot().height());
    }

    @Test
    void thereIsAStrongGradientFromYellowToDarkPurple() {
        for (int i = 0; i < TOKENS; i++) {
            assertThat(seen[i][0]).as("first iteration of token %d", i).isGreaterThan(0.9);
            if (i != 17 && i != 18) {
                assertThat(seen[i][ITERATIONS - 1]).as("last iteration of token %d", i).isLessThan(0.1);
            }
        }
        double[] means = IntStream.range(0, ITERATIONS)
                .mapToDouble(t -> Arrays.stream(seen).mapToDouble(row -> row[t]).average().orElseThrow())
                .toArray();
        for (int t = 10; t < 40; t++) {
            assertThat(means[t]).as("column %d", t).isLessThan(means[t - 10]);
        }
    }

    @Test
    void tokensInTheMiddleOfTheFirstSentenceAreDarkByIteration20To30() {
        for (int i = 4; i <= 10; i++) {
            assertThat(darkFrom(i)).as("'%s'", tokens.get(i)).isBetween(15, 30);
        }
    }

    @Test
    void onePairOfNeighboursStaysTealPastIteration60() {
        assertThat(tokens.subList(17, 19)).containsExactly(" really", " wrong");
        for (int i = 0; i < TOKENS; i++) {
            for (int t = 60; t < ITERATIONS; t++) {
                if (i == 17 || i == 18) {
                    assertThat(distance(seen[i][t])).as("token %d at %d", i, t).isBetween(8.0, 12.0);
                } else {
                    assertThat(seen[i][t]).as("token %d at %d", i, t).isLessThan(DARK);
                }
            }
        }
    }

    @Test
    void templateAndResponseTokensAreDarkBy40To50() {
        for (int i = tokens.indexOf("<|end_turn|>"); i < TOKENS; i++) {
            assertThat(darkFrom(i)).as("'%s'", tokens.get(i)).isBetween(31, 50);
        }
    }

    @Test
    void theAnalysisNamesThatPairAsTheSlowBandAndNothingElse() {
        assertThat(analysis.slowBands()).extracting(b -> List.of(b.first(), b.last())).containsExactly(List.of(17, 18));
        assertThat(analysis.fastBands()).isEmpty();
    }
}
