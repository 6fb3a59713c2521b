package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatiosTest {
    @Test
    void positiveWhereTheSecondIsFarther() {
        Ratios ratios = new Ratios(Matrices.plain(new double[][] {{1, 2, 4}}), Matrices.plain(new double[][] {{10, 2, 0.04, 7}}));
        assertThat(ratios.log(0, 0)).isEqualTo(1);
        assertThat(ratios.log(0, 1)).isZero();
        assertThat(ratios.log(0, 2)).isCloseTo(-2, within(1e-15));
        assertThat(ratios.iterations()).as("those that both have").isEqualTo(3);
        assertThat(ratios.farthest()).isCloseTo(2, within(1e-15));
        assertThat(ratios.without()).isEmpty();
    }

    @Test
    void cellsWithoutARatioOnEitherSideHaveAReason() {
        double[][] odd = {{3, 0, Double.NaN, Double.POSITIVE_INFINITY, 1, 1}, {3, 3, 3, 3, 3, 0}};
        ConvergenceMatrix special = ConvergenceMatrix.of(odd, new boolean[] {false, true}, Metric.L2, Reference.last(), Optional.empty());
        ConvergenceMatrix plain = Matrices.plain(new double[][] {{3, 3, 3, 3, 3, 3}, {3, 3, 3, 3, 3, 3}});
        for (Ratios ratios : new Ratios[] {new Ratios(special, plain), new Ratios(plain, special)}) {
            assertThat(IntStream.range(0, 6).mapToObj(t -> ratios.reason(0, t))).containsExactly(CellKind.MEASURED, CellKind.ZERO,
                    CellKind.NAN, CellKind.INFINITE, CellKind.MEASURED, CellKind.SELF_REFERENCE);
            assertThat(IntStream.range(0, 6).mapToObj(t -> ratios.kind(0, t))).containsExactly(CellKind.MEASURED, CellKind.NO_RATIO,
                    CellKind.NO_RATIO, CellKind.NO_RATIO, CellKind.MEASURED, CellKind.NO_RATIO);
            assertThat(ratios.without()).isEqualTo(Map.of(CellKind.ZERO, 1L, CellKind.NAN, 1L, CellKind.INFINITE, 1L,
                    CellKind.SELF_REFERENCE, 1L, CellKind.MASKED, 6L));
        }
        Ratios first = new Ratios(ConvergenceMatrix.of(new double[][] {{Double.NaN, 1}}, Metric.L2, Reference.previous()),
                ConvergenceMatrix.of(new double[][] {{Double.NaN, 0}}, Metric.L2, Reference.previous()));
        assertThat(first.without()).isEqualTo(Map.of(CellKind.UNDEFINED, 1L, CellKind.ZERO, 1L));
    }

    @Test
    void aSharedCellShowsTheRatioFarthestFromOne() {
        var random = Seeds.random("ratios that share cells");
        double[][] a = new double[23][17];
        double[][] b = new double[23][17];
        for (double[][] distances : new double[][][] {a, b}) {
            for (double[] row : distances) {
                Arrays.setAll(row, t -> random.nextInt(9) == 0 ? 0 : Math.exp(random.nextGaussian()));
            }
        }
        CellGrid grid = CellGrid.of(new Ratios(Matrices.plain(a), Matrices.plain(b)), new CellGrid.Bins(4, 3));
        assertThat(grid.rows()).isEqualTo(6);
        assertThat(grid.columns()).isEqualTo(6);
        for (int row = 0; row < 6; row++) {
            for (int column = 0; column < 6; column++) {
                double far = 0;
                for (int i = 4 * row; i < Math.min(23, 4 * row + 4); i++) {
                    for (int t = 3 * column; t < Math.min(17, 3 * column + 3); t++) {
                        double log = StrictMath.log10(b[i][t]) - StrictMath.log10(a[i][t]);
                        far = Double.isFinite(log) && Math.abs(log) > Math.abs(far) ? log : far;
                    }
                }
                assertThat(grid.log(row, column)).isCloseTo(far, within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "0.1, 2", "0.3, 2", "0.31, 3", "0.4771217, 3", "0.48, 5", "0.8, 10", "1, 10", "1.2, 20", "2.5, 500",
        "6.9, 10000000"})
    void anAxisEndsAtARoundFactor(double farthest, double factor) {
        assertThat(RatioTicks.end(farthest)).isCloseTo(StrictMath.log10(factor), within(1e-6))
                .isGreaterThanOrEqualTo(farthest);
    }

    @ParameterizedTest
    @CsvSource({"0, ×0.5 ×1 ×2", "0.5, ×0.2 ×0.5 ×1 ×2 ×5", "1, ×10−1 ×1 ×101", "3, ×10−2 ×10−1 ×1 ×101 ×102 ×10−3 ×103"})
    void ticksAreFactors(double farthest, String labels) {
        double end = RatioTicks.end(farthest);
        assertThat(RatioTicks.between(-end, end, 20).stream().map(t -> t.label().characters()).filter(l -> !l.isEmpty())
                .collect(Collectors.toSet())).containsExactlyInAnyOrder(labels.split(" ", -1));
    }
}
