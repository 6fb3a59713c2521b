package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.Segment;
import io.github.latentconvergence.analysis.TokenAnalysis;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;

/** What is drawn over the cells. */
final class CellOverlays {
    static final String STEP = "step";
    static final String SEGMENTS = "segments";
    static final String EXITS = "exits";

    private static final double LARGEST_MARKER = 4.5;
    private static final double SMALLEST_MARKER = 1.2;

    private final ConvergenceMatrix matrix;
    private final Placement place;

    CellOverlays(ConvergenceMatrix matrix, Placement place) {
        this.matrix = matrix;
        this.place = place;
    }

    /** Those that are on, in the order they are drawn in. */
    List<Mark> marks(Overlays overlays) {
        List<Mark> marks = new ArrayList<>();
        overlays.of(Overlay.FLOOR).ifPresent(a -> marks.add(new FloorHatch(a, place).mark()));
        overlays.of(Overlay.SEGMENTS).ifPresent(a -> marks.add(separators(a)));
        overlays.of(Overlay.STEP).ifPresent(a -> marks.add(steps(Overlays.positions(a, TokenAnalysis::step))));
        overlays.exits().ifPresent(replay -> marks.add(exits(Overlays.positions(replay, matrix.tokens()))));
        return marks;
    }

    private Mark steps(OptionalInt[] steps) {
        Path2D path = new Path2D.Double();
        OptionalInt[] rows = place.latest(steps, matrix);
        for (int row = 0; row < rows.length; row++) {
            if (rows[row].isPresent()) {
                double x = place.left(place.column(rows[row].getAsInt()));
                path.moveTo(x, place.top(row));
                path.lineTo(x, place.top(row + 1));
            }
        }
        return new Mark.Drawing(STEP, path, Ink.LINE_OVER_CELLS);
    }

    private Mark exits(OptionalInt[] exits) {
        Path2D path = new Path2D.Double();
        OptionalInt[] rows = place.latest(exits, matrix);
        for (int row = 0; row < rows.length; row++) {
            if (rows[row].isPresent()) {
                int column = place.column(rows[row].getAsInt());
                double height = place.top(row + 1) - place.top(row);
                double r = Math.clamp(0.32 * height, SMALLEST_MARKER, LARGEST_MARKER);
                path.append(circle((place.left(column) + place.left(column + 1)) / 2, (place.top(row) + place.top(row + 1)) / 2, r), false);
            }
        }
        return new Mark.Drawing(EXITS, path, Ink.MARKER_OVER_CELLS);
    }

    static Ellipse2D circle(double x, double y, double r) {
        return new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r);
    }

    /** Before each segment and behind it; at the edge of the row, where a row holds tokens of several. */
    private Mark separators(Analysis analysis) {
        TreeSet<Integer> rows = new TreeSet<>();
        for (Segment segment : analysis.segments()) {
            rows.add(place.row(segment.first()));
            rows.add(place.row(segment.last()) + 1);
        }
        Path2D path = new Path2D.Double();
        for (int row : rows) {
            if (row > 0 && row < place.grid().rows()) {
                path.moveTo(place.plot().x(), place.top(row));
                path.lineTo(place.plot().right(), place.top(row));
            }
        }
        return new Mark.Drawing(SEGMENTS, path, Ink.DASHES_OVER_CELLS);
    }
}
