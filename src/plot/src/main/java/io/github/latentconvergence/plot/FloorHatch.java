package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.ArithmeticFloor;
import io.github.latentconvergence.analysis.TokenAnalysis;
import java.util.ArrayList;
import java.util.List;

/** Hatches cells in which the arithmetic allows nothing nearer: from a token's floor step on, no farther than its plateau. Of a displayed cell all must be so. */
final class FloorHatch {
    static final String NAME = "floor";

    private final ConvergenceMatrix matrix;
    private final ArithmeticFloor[] floors;
    private final Placement place;

    FloorHatch(Analysis analysis, Placement place) {
        this.matrix = analysis.matrix();
        this.place = place;
        this.floors = new ArithmeticFloor[matrix.tokens()];
        for (TokenAnalysis token : analysis.tokens()) {
            floors[token.index()] = token.floor();
        }
    }

    Mark mark() {
        List<Rect> areas = new ArrayList<>();
        for (int row = 0; row < place.grid().rows(); row++) {
            int from = 0;
            for (int column = 0; column <= place.grid().columns(); column++) {
                if (column == place.grid().columns() || !isAtFloor(row, column)) {
                    if (column > from) {
                        areas.add(new Rect(place.left(from), place.top(row), place.left(column) - place.left(from),
                                place.top(row + 1) - place.top(row)));
                    }
                    from = column + 1;
                }
            }
        }
        return new Mark.Hatch(NAME, List.copyOf(areas));
    }

    private boolean isAtFloor(int row, int column) {
        CellGrid grid = place.grid();
        CellKind kind = grid.kind(row, column);
        if (kind != CellKind.MEASURED && kind != CellKind.ZERO) {
            return false;
        }
        for (int i = row * grid.binTokens(); i < Math.min((row + 1) * grid.binTokens(), matrix.tokens()); i++) {
            for (int t = column * grid.binIterations(); t < Math.min((column + 1) * grid.binIterations(), matrix.iterations()); t++) {
                if (!matrix.isMasked(i) && !matrix.isSelfReference(i, t) && !isAtFloor(floors[i], i, t)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isAtFloor(ArithmeticFloor floor, int token, int iteration) {
        return floor.step().isPresent() && iteration >= floor.step().getAsInt()
                && matrix.distance(token, iteration) <= floor.plateau().orElse(Double.NEGATIVE_INFINITY);
    }
}
