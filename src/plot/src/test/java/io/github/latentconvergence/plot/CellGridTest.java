package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.ConvergenceMatrix;
import org.junit.jupiter.api.Test;

class CellGridTest {
    @Test
    void oneCellEachWhereThereIsRoom() {
        ConvergenceMatrix matrix = Matrices.plain(Matrices.settling(7, 5));
        CellGrid grid = CellGrid.of(matrix, 7, 5);
        assertThat(grid.rows()).isEqualTo(7);
        assertThat(grid.columns()).isEqualTo(5);
        assertThat(grid.log(6, 4)).isEqualTo(matrix.logDistance(6, 4));
    }

    @Test
    void everyCellIsTheMaximumOfItsBin() {
        ConvergenceMatrix matrix = Matrices.plain(Matrices.settling(101, 33));
        CellGrid grid = CellGrid.of(matrix, 30, 10);
        assertThat(grid.binTokens()).isEqualTo(4);
        assertThat(grid.binIterations()).isEqualTo(4);
        for (int row = 0; row < grid.rows(); row++) {
            for (int column = 0; column < grid.columns(); column++) {
                double most = Double.NEGATIVE_INFINITY;
                for (int i = row * 4; i < Math.min(101, row * 4 + 4); i++) {
                    for (int t = column * 4; t < Math.min(33, column * 4 + 4); t++) {
                        most = Math.max(most, matrix.logDistance(i, t));
                    }
                }
                assertThat(grid.log(row, column)).isEqualTo(most);
            }
        }
    }

    @Test
    void whatIsLargeOrWrongWinsOverWhatSaysNothing() {
        double[][] rows = {{Double.NaN}, {0}, {3}, {Double.POSITIVE_INFINITY}};
        assertThat(merged(rows[0], rows[1])).isEqualTo(CellKind.NAN);
        assertThat(merged(rows[0], rows[2])).isEqualTo(CellKind.MEASURED);
        assertThat(merged(rows[1], rows[2])).isEqualTo(CellKind.MEASURED);
        assertThat(merged(rows[3], rows[2])).isEqualTo(CellKind.INFINITE);
    }

    @Test
    void aNegativeDistanceOfRoundingIsZeroNotTheNearestColour() {
        assertThat(merged(new double[] {-1e-17})).isEqualTo(CellKind.ZERO);
    }

    private static CellKind merged(double[]... rows) {
        return CellGrid.of(Matrices.plain(rows), 1, 1).kind(0, 0);
    }

    @Test
    void theDataRangeLeavesOutZerosAndSelfReference() {
        double[][] distances = {{90, 0, 2.5, 1e-30}, {40, 3, 2.1, 0}};
        ConvergenceMatrix matrix = Matrices.last(distances);
        ColorScale scale = ColorScale.ofData(matrix);
        assertThat(scale.low()).isEqualTo(StrictMath.log10(2));
        assertThat(scale.high()).isEqualTo(matrix.logDistance(0, 0));
        assertThat(scale.below() || scale.above()).isFalse();
    }

    /** Of these two numbers the JDK's log10 and the library's are not the same double. */
    @Test
    void noDataIsBeyondARangeThatIsItsOwn() {
        ConvergenceMatrix matrix = Matrices.plain(new double[][] {{0.9664438093191157, 1.765625}});
        ColorScale scale = ColorScale.ofRange(matrix, 0.9664438093191157, 1.765625);
        assertThat(scale.below() || scale.above()).isFalse();
        ColorScale narrower = ColorScale.ofRange(matrix, Math.nextUp(0.9664438093191157), Math.nextDown(1.765625));
        assertThat(narrower.below() && narrower.above()).isTrue();
    }

    @Test
    void aRangeOfOneValueOrNoneStillHasAWidth() {
        for (double value : new double[] {0, 1, 3, 0.7, 1e-300, Double.NaN}) {
            ColorScale scale = ColorScale.ofData(Matrices.plain(new double[][] {{value}}));
            assertThat(scale.low()).isLessThan(scale.high() - 0.01);
        }
    }
}
