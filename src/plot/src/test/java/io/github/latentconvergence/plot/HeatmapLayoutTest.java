package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeatmapLayoutTest {
    private static List<Mark.Text> texts(HeatmapLayout layout) {
        return layout.marks().stream().filter(Mark.Text.class::isInstance).map(Mark.Text.class::cast).toList();
    }

    private static List<String> strings(HeatmapLayout layout) {
        return texts(layout).stream().map(text -> text.text().characters()).toList();
    }

    private static void assertTidy(HeatmapLayout layout) {
        Rect page = new Rect(0, 0, layout.width(), layout.height());
        assertThat(layout.plot().width()).isGreaterThan(40);
        assertThat(layout.plot().height()).isGreaterThan(40);
        List<Mark.Text> texts = texts(layout);
        // Line heights touch in dense columns of labels; half a unit of them is not ink.
        List<Rect> bounds = texts.stream().map(Mark.Text::bounds)
                .map(b -> new Rect(b.x() + 0.25, b.y() + 0.25, b.width() - 0.5, b.height() - 0.5)).toList();
        for (int a = 0; a < bounds.size(); a++) {
            assertThat(page.contains(bounds.get(a))).as("%s on the page", texts.get(a)).isTrue();
            assertThat(bounds.get(a).overlaps(layout.plot())).as("%s on the cells", texts.get(a)).isFalse();
            assertThat(bounds.get(a).overlaps(layout.bar())).as("%s on the bar", texts.get(a)).isFalse();
            for (int b = 0; b < a; b++) {
                assertThat(bounds.get(a).overlaps(bounds.get(b))).as("%s and %s", texts.get(a), texts.get(b)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "5, 65", "29, 65", "38, 129", "70, 33", "100, 17", "101, 64", "500, 129", "4096, 129", "29, 1000"})
    void nothingOverlapsAtTheDefaultSize(int tokens, int iterations) {
        HeatmapLayout layout = Heatmap.of(Matrices.everyKind(tokens, iterations), Matrices.words(tokens)).layout();
        assertTidy(layout);
        assertThat(layout.width()).isLessThan(1400);
        assertThat(layout.height()).isLessThan(1700);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 65", "2, 2", "29, 1"})
    void nothingOverlapsInTheSmallestMatrices(int tokens, int iterations) {
        assertTidy(Heatmap.of(Matrices.last(Matrices.settling(tokens, iterations)), Matrices.words(tokens)).layout());
    }

    @ParameterizedTest
    @CsvSource({"320, 240", "420, 300", "500, 1000", "2400, 300", "3000, 2000"})
    void nothingOverlapsAtAGivenSize(int width, int height) {
        Heatmap heatmap = Heatmap.of(Matrices.everyKind(60, 65), Matrices.words(60)).withSize(width, height);
        assertTidy(heatmap.layout());
        assertTidy(heatmap.withTitle("A title that goes on ".repeat(20)).layout());
        assertTidy(heatmap.withRange(1, 2).layout());
    }

    @ParameterizedTest
    @CsvSource({"10, 20, 0, 0", "29, 65, 0, 0", "100, 64, 0, 0", "500, 129, 0, 0", "4096, 129, 0, 0", "60, 65, 420, 400",
        "60, 65, 3000, 2000"})
    void nothingOverlapsWithAllOverlays(int tokens, int iterations, int width, int height) {
        ConvergenceMatrix matrix = Matrices.everyKind(tokens, iterations);
        Heatmap heatmap = Heatmap.of(matrix, Matrices.words(tokens)).withAnalysis(Analyses.everything(matrix), Set.of(Overlay.values()))
                .withExits(Analyses.exits(new int[tokens]));
        assertTidy((width == 0 ? heatmap : heatmap.withSize(width, height)).layout());
    }

    @Test
    void aSizeThatTheTextsAloneFillIsRefused() {
        ConvergenceMatrix matrix = Matrices.everyKind(60, 65);
        Heatmap heatmap = Heatmap.of(matrix, Matrices.words(60)).withSize(320, 240);
        assertTidy(heatmap.layout());
        Heatmap crowded = heatmap.withAnalysis(Analyses.everything(matrix), Set.of(Overlay.values()))
                .withExits(Analyses.exits(new int[60]));
        assertThatThrownBy(crowded::layout).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("size 320 x 240 leaves no room for the cells").hasMessageContaining("at least 320 x ");
        assertTidy(crowded.withSize(320, 400).layout());
    }

    @Test
    void everyTokenIsLabelledInOrderAndEqualTokensAreNotMerged() {
        List<String> tokens = List.of("a", ".", ".", ".", "<|end_turn|>", "a");
        assertThat(strings(Heatmap.of(Matrices.plain(Matrices.settling(6, 10)), tokens).layout())).containsSequence(tokens);
    }

    @Test
    void crowdedLabelsAreThinnedToRoundIndices() {
        List<String> strings = strings(Heatmap.of(Matrices.plain(Matrices.settling(500, 10)), Matrices.words(500)).layout());
        assertThat(strings).contains("0", "10", "490").doesNotContain("491");
    }

    @Test
    void iterationsAreNumberedInTens() {
        List<String> strings = strings(Heatmap.of(Matrices.plain(Matrices.settling(29, 65)), Matrices.words(29)).layout());
        assertThat(strings).containsSubsequence("0", "10", "20", "30", "40", "50", "60").contains("Iterations at Test Time", "Log Distance",
                "Latent State Convergence ‖s − s*‖");
    }

    @Test
    void theAxisSaysThatTheRandomStateWasNotRecorded() {
        double[][] distances = Matrices.settling(2, 3);
        for (Optional<Boolean> hasS0 : List.of(Optional.<Boolean>empty(), Optional.of(true), Optional.of(false))) {
            ConvergenceMatrix matrix = ConvergenceMatrix.of(distances, new boolean[2], Metric.L2, Reference.last(), hasS0);
            assertThat(strings(Heatmap.of(matrix, Matrices.words(2)).layout()).stream().anyMatch(s -> s.contains("s₀")))
                    .isEqualTo(hasS0.equals(Optional.of(false)));
        }
    }

    @Test
    void theLegendNamesWhatIsThereAndNothingElse() {
        HeatmapLayout every = Heatmap.of(Matrices.everyKind(10, 20), Matrices.words(10)).layout();
        assertThat(strings(every)).contains("infinite (1 cell)", "NaN (1 cell)", "exactly 0: the state is s*",
                "self-reference: this state is s*", "masked token");
        assertThat(every.marks()).filteredOn(Mark.Swatch.class::isInstance).hasSize(5);
        HeatmapLayout none = Heatmap.of(Matrices.plain(Matrices.settling(10, 20)), Matrices.words(10)).layout();
        assertThat(none.marks()).noneMatch(Mark.Swatch.class::isInstance).noneMatch(Mark.Arrow.class::isInstance);
    }

    @Test
    void aStepNormHasNoNumberAtPositionZero() {
        double[][] distances = Matrices.settling(3, 4);
        for (double[] row : distances) {
            row[0] = Double.NaN;
        }
        distances[1][2] = 0;
        ConvergenceMatrix matrix = ConvergenceMatrix.of(distances, Metric.L2, Reference.previous());
        assertThat(strings(Heatmap.of(matrix, Matrices.words(3)).layout())).contains("undefined: no earlier state",
                "exactly 0: the state did not move", "Latent State Convergence ‖s(t) − s(t−1)‖").noneMatch(s -> s.startsWith("NaN"));
    }

    @Test
    void aHiddenNanIsStillReported() {
        double[][] distances = Matrices.settling(4096, 10);
        distances[7][5] = Double.NaN;
        HeatmapLayout layout = Heatmap.of(Matrices.plain(distances), Matrices.words(4096)).layout();
        assertThat(strings(layout)).contains("NaN (1 cell, hidden here)", "each cell shows the maximum of 3 tokens");
    }

    @Test
    void otherMetricsSayWhatTheyAre() {
        double[][] distances = Matrices.settling(3, 4);
        ConvergenceMatrix relative = ConvergenceMatrix.of(distances, Metric.RELATIVE_L2, Reference.last());
        assertThat(strings(Heatmap.of(relative, Matrices.words(3)).layout())).contains("Log Relative Distance",
                "Latent State Convergence ‖s − s*‖ / ‖s*‖");
        ConvergenceMatrix norm = ConvergenceMatrix.of(distances, Metric.NORM, Reference.last());
        assertThat(strings(Heatmap.of(norm, Matrices.words(3)).layout())).contains("Log Norm", "Latent State Norm ‖s‖");
    }

    @Test
    void theTitleIsTheCallersAndAnEmptyOneLeavesNone() {
        Heatmap heatmap = Heatmap.of(Matrices.plain(Matrices.settling(3, 4)), Matrices.words(3));
        assertThat(strings(heatmap.withTitle("Seed 7").layout())).contains("Seed 7");
        assertThat(strings(heatmap.withTitle("").layout())).noneMatch(s -> s.startsWith("Latent"));
        assertThat(heatmap.withTitle("").layout().height()).isLessThan(heatmap.layout().height());
    }
}
