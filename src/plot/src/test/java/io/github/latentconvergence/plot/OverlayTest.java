package io.github.latentconvergence.plot;

import static io.github.latentconvergence.plot.Marks.drawings;
import static io.github.latentconvergence.plot.Marks.hatched;
import static io.github.latentconvergence.plot.Marks.lines;
import static io.github.latentconvergence.plot.Marks.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.ExitReplay;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OverlayTest {
    private static final ConvergenceMatrix TEN = Matrices.plain(Matrices.settling(10, 20));

    private static HeatmapLayout layout(ConvergenceMatrix matrix, Analyses analysis, Overlay... shown) {
        return Heatmap.of(matrix, Matrices.words(matrix.tokens())).withAnalysis(analysis.build(), Set.of(shown)).layout();
    }

    @Test
    void aStepIsALineAtTheLeftOfItsColumnThroughItsRow() {
        HeatmapLayout layout = layout(TEN, Analyses.of(TEN).step(3, 7), Overlay.STEP);
        Rect plot = layout.plot();
        Rectangle2D line = drawings(layout, "step").getFirst().path().getBounds2D();
        assertThat(line.getX()).isEqualTo(plot.x() + plot.width() * 7 / 20);
        assertThat(line.getY()).isEqualTo(plot.y() + plot.height() * 3 / 10);
        assertThat(line.getMaxY()).isEqualTo(plot.y() + plot.height() * 4 / 10);
        assertThat(lines(drawings(layout, "step").getFirst())).isEqualTo(1);
        assertThat(strings(layout)).contains("convergence step (stays below 0.05 relative)");
    }

    @Test
    void whereTokensShareARowTheLatestStepIsShownAndNoneIfOneDidNotConverge() {
        ConvergenceMatrix matrix = Matrices.plain(Matrices.settling(4096, 20));
        Analyses analysis = Analyses.of(matrix);
        int bin = layout(matrix, analysis).grid().binTokens();
        assertThat(bin).isGreaterThan(2);
        for (int k = 0; k < bin; k++) {
            analysis.step(5 * bin + k, k == 1 ? 9 : 4);
            if (k != 1) {
                analysis.step(8 * bin + k, 4);
            }
        }
        HeatmapLayout layout = layout(matrix, analysis, Overlay.STEP);
        Mark.Drawing drawn = drawings(layout, "step").getFirst();
        assertThat(lines(drawn)).isEqualTo(1);
        assertThat(drawn.path().getBounds2D().getX()).isEqualTo(layout.plot().x() + layout.plot().width() * 9 / 20);
        Placement place = new Placement(layout.plot(), layout.grid(), 1);
        assertThat(drawn.path().getBounds2D().getY()).isEqualTo(place.top(5));
    }

    @Test
    void maskedTokensDoNotHideTheStepOfTheirRow() {
        boolean[] masked = new boolean[4096];
        masked[1] = true;
        ConvergenceMatrix matrix = ConvergenceMatrix.of(Matrices.settling(4096, 20), masked, TEN.metric(), TEN.reference(),
                Optional.empty());
        Analyses analysis = Analyses.of(matrix);
        IntStream.range(0, layout(matrix, analysis).grid().binTokens()).forEach(i -> analysis.step(i, 6));
        assertThat(lines(drawings(layout(matrix, analysis, Overlay.STEP), "step").getFirst())).isEqualTo(1);
    }

    @Test
    void theFloorHatchesCellsFromItsStepOnThatAreNoFartherThanThePlateau() {
        double[][] distances = new double[3][8];
        for (double[] row : distances) {
            System.arraycopy(new double[] {9, 1, 8, 3, 2, 1, 2, 1}, 0, row, 0, 8);
        }
        ConvergenceMatrix matrix = Matrices.last(distances);
        HeatmapLayout layout = layout(matrix, Analyses.of(matrix).floor(1, 3, 1.5), Overlay.FLOOR);
        Placement place = new Placement(layout.plot(), layout.grid(), 1);
        // Column 1 is below the plateau too early, column 7 is the self-reference.
        assertThat(hatched(layout)).containsExactly(
                new Rect(place.left(5), place.top(1), place.left(6) - place.left(5), place.top(2) - place.top(1)));
        assertThat(strings(layout)).contains("at the arithmetic floor");
        HeatmapLayout wider = layout(matrix, Analyses.of(matrix).floor(1, 3, 2), Overlay.FLOOR);
        assertThat(hatched(wider)).containsExactly(
                new Rect(place.left(4), place.top(1), place.left(7) - place.left(4), place.top(2) - place.top(1)));
    }

    @Test
    void aCellOfSeveralTokensIsHatchedIfAllAreAtTheirFloor() {
        ConvergenceMatrix matrix = Matrices.plain(Matrices.settling(4096, 20));
        Analyses analysis = Analyses.of(matrix);
        int bin = layout(matrix, analysis).grid().binTokens();
        for (int i = 0; i < 2 * bin; i++) {
            analysis.floor(i, 15, i == bin + 1 ? 0 : 1e9);
        }
        HeatmapLayout layout = layout(matrix, analysis, Overlay.FLOOR);
        Placement place = new Placement(layout.plot(), layout.grid(), 1);
        assertThat(hatched(layout)).singleElement().satisfies(area -> {
            assertThat(area.y()).isEqualTo(place.top(0));
            assertThat(area.bottom()).isEqualTo(place.top(1));
            assertThat(area.x()).isEqualTo(place.left(15));
            assertThat(area.right()).isEqualTo(layout.plot().right());
        });
    }

    @Test
    void bandsAreBracketsWithTheirZ() {
        HeatmapLayout layout = layout(TEN, Analyses.of(TEN).slow(2, 3, 9.87).fast(6, 6, -123.4), Overlay.BAND);
        Placement place = new Placement(layout.plot(), layout.grid(), 1);
        Rectangle2D both = drawings(layout, "band").getFirst().path().getBounds2D();
        assertThat(both.getX()).isGreaterThan(layout.plot().right());
        assertThat(both.getMaxX()).isLessThan(layout.bar().x());
        assertThat(both.getY()).isBetween(place.top(2), place.top(2) + 3);
        assertThat(both.getMaxY()).isBetween(place.top(7) - 3, place.top(7));
        assertThat(strings(layout)).contains("z 9.9", "z −123", "slow (z > 0) and fast bands");
        assertThat(layout.width()).isGreaterThan(layout(TEN, Analyses.of(TEN)).width());
    }

    @Test
    void ofCrowdedBandsThatWhichStandsOutMostHasItsLabel() {
        ConvergenceMatrix matrix = Matrices.plain(Matrices.settling(1000, 20));
        HeatmapLayout layout = layout(matrix, Analyses.of(matrix).slow(2, 2, 4.5).slow(4, 4, Double.POSITIVE_INFINITY).slow(6, 6, 5),
                Overlay.BAND);
        assertThat(strings(layout)).contains("z ∞").doesNotContain("z 4.5", "z 5.0");
        assertThat(lines(drawings(layout, "band").getFirst())).isEqualTo(3);
    }

    @Test
    void segmentsAreSeparatedOnceAndNotAtTheEdges() {
        HeatmapLayout layout = layout(TEN, Analyses.of(TEN).segment(0, 3).segment(4, 6).segment(8, 9), Overlay.SEGMENTS);
        Mark.Drawing drawn = drawings(layout, "segments").getFirst();
        assertThat(lines(drawn)).isEqualTo(3);
        Rectangle2D bounds = drawn.path().getBounds2D();
        Placement place = new Placement(layout.plot(), layout.grid(), 1);
        assertThat(bounds.getY()).isEqualTo(place.top(4));
        assertThat(bounds.getMaxY()).isEqualTo(place.top(8));
        assertThat(bounds.getWidth()).isEqualTo(layout.plot().width());
        assertThat(strings(layout)).contains("between segments");
    }

    @Test
    void exitsAreMarkersInTheirCells() {
        int[] positions = new int[10];
        Arrays.fill(positions, Analyses.NONE);
        positions[4] = 11;
        HeatmapLayout layout = Heatmap.of(TEN, Matrices.words(10)).withExits(Analyses.exits(positions)).layout();
        Placement place = new Placement(layout.plot(), layout.grid(), 1);
        Rectangle2D marker = drawings(layout, "exits").getFirst().path().getBounds2D();
        assertThat(marker.getX()).isGreaterThan(place.left(11));
        assertThat(marker.getMaxX()).isLessThan(place.left(12));
        assertThat(marker.getCenterY()).isEqualTo((place.top(4) + place.top(5)) / 2);
        assertThat(strings(layout)).contains("exit (latent-diff at 0.03, by token)");
    }

    @ParameterizedTest
    @EnumSource(Overlay.class)
    void onlyWhatIsOnIsDrawnAndExplained(Overlay overlay) {
        HeatmapLayout layout = Heatmap.of(TEN, Matrices.words(10)).withAnalysis(Analyses.everything(TEN), Set.of(overlay)).layout();
        for (Overlay other : Overlay.values()) {
            boolean drawn = other == Overlay.FLOOR
                    ? layout.marks().stream().anyMatch(Mark.Hatch.class::isInstance)
                    : drawings(layout, other.label()).size() == 2;
            assertThat(drawn).as("%s with %s on", other, overlay).isEqualTo(other == overlay);
        }
        HeatmapLayout bare = Heatmap.of(TEN, Matrices.words(10)).withAnalysis(Analyses.everything(TEN), Set.of()).layout();
        assertThat(bare.marks()).hasSameSizeAs(Heatmap.of(TEN, Matrices.words(10)).layout().marks());
    }

    @Test
    void anOverlayWithNothingToShowSaysSo() {
        int[] never = new int[10];
        Arrays.fill(never, Analyses.NONE);
        Heatmap heatmap = Heatmap.of(TEN, Matrices.words(10)).withAnalysis(Analyses.of(TEN).build(), Set.of(Overlay.values()))
                .withExits(Analyses.exits(never));
        assertThat(strings(heatmap.layout())).contains("no token converged (stays below 0.05 relative)", "no token at its arithmetic floor",
                "no slow or fast band", "no segment", "no token exits (latent-diff at 0.03, by token)");
    }

    @Test
    void overlaysAreInBothFormats() throws Exception {
        Heatmap heatmap = Heatmap.of(TEN, Matrices.words(10)).withAnalysis(Analyses.everything(TEN), Set.of(Overlay.values()))
                .withExits(Analyses.exits(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        Svg svg = Svg.of(heatmap);
        for (String name : List.of("step", "floor", "band", "segments", "exits")) {
            assertThat(svg.ofClass(name)).as(name).hasSize(2);
        }
        HeatmapLayout layout = heatmap.layout();
        Placement place = new Placement(layout.plot(), layout.grid(), 1);
        BufferedImage drawn = heatmap.toImage();
        BufferedImage bare = Heatmap.of(TEN, Matrices.words(10)).withAnalysis(Analyses.everything(TEN), Set.of(Overlay.BAND)).toImage();
        int middle = (int) (place.top(0) + place.top(1)) / 2;
        // Row 0 has its step at 10 and its exit at 1, and is at its floor from 10 on.
        for (double x : new double[] {place.left(10), (place.left(1) + place.left(2)) / 2}) {
            assertThat(drawn.getRGB((int) x, middle) & 0xffffff).isEqualTo(0xffffff);
            assertThat(bare.getRGB((int) x, middle) & 0xffffff).isNotEqualTo(0xffffff);
        }
        Rect hatched = hatched(layout).getFirst();
        long changed = IntStream.range((int) hatched.x() + 3, (int) hatched.right())
                .filter(x -> drawn.getRGB(x, middle) != bare.getRGB(x, middle)).count();
        assertThat(changed / (hatched.width() - 3)).as("share of a line of hatched cells that is ink").isBetween(0.1, 0.6);
    }

    @Test
    void withGivesAnotherHeatmapAndLeavesThisOne() {
        Heatmap bare = Heatmap.of(TEN, Matrices.words(10));
        int marks = bare.layout().marks().size();
        Heatmap analyzed = bare.withAnalysis(Analyses.everything(TEN), Set.of(Overlay.STEP));
        int more = analyzed.layout().marks().size();
        analyzed.withExits(Analyses.exits(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        assertThat(bare.layout().marks()).hasSize(marks);
        assertThat(analyzed.layout().marks()).hasSize(more).hasSizeGreaterThan(marks);
    }

    @Test
    void whatBelongsToAnotherTraceIsRefused() {
        Heatmap heatmap = Heatmap.of(TEN, Matrices.words(10));
        Analysis other = Analyses.of(Matrices.plain(Matrices.settling(11, 20))).build();
        Analysis elsewhere = Analyses.of(Matrices.last(Matrices.settling(10, 20))).build();
        assertThatThrownBy(() -> heatmap.withAnalysis(other, Set.of())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("11");
        assertThatThrownBy(() -> heatmap.withAnalysis(elsewhere, Set.of())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same distances");
        ExitReplay tooMany = Analyses.exits(new int[11]);
        ExitReplay tooLate = Analyses.exits(0, 20);
        assertThatThrownBy(() -> heatmap.withExits(tooMany)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("token 10");
        assertThatThrownBy(() -> heatmap.withExits(tooLate)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("position 20");
    }

    @ParameterizedTest
    @EnumSource(Overlay.class)
    void labelsAreTheWordsOfTheCommandLine(Overlay overlay) {
        assertThat(Overlay.ofLabel(overlay.label())).isEqualTo(overlay);
        assertThatThrownBy(() -> Overlay.ofLabel("shadow")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'shadow'").hasMessageContaining("step, floor, band, segments");
    }
}
