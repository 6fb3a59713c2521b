package io.github.latentconvergence.plot;

import java.awt.geom.PathIterator;
import java.util.List;

/** Marks of a layout by what they are. */
final class Marks {
    private Marks() {}

    static List<String> strings(HeatmapLayout layout) {
        return layout.marks().stream().filter(Mark.Text.class::isInstance).map(mark -> ((Mark.Text) mark).text().characters()).toList();
    }

    /** The first is over the cells or beside them, the second in the legend. */
    static List<Mark.Drawing> drawings(HeatmapLayout layout, String name) {
        return layout.marks().stream().filter(Mark.Drawing.class::isInstance).map(Mark.Drawing.class::cast)
                .filter(d -> d.name().equals(name)).toList();
    }

    static List<Rect> hatched(HeatmapLayout layout) {
        return layout.marks().stream().filter(Mark.Hatch.class::isInstance).map(mark -> ((Mark.Hatch) mark).areas()).findFirst()
                .orElseThrow();
    }

    static int lines(Mark.Drawing drawing) {
        int moves = 0;
        for (var it = drawing.path().getPathIterator(null); !it.isDone(); it.next()) {
            moves += it.currentSegment(new double[6]) == PathIterator.SEG_MOVETO ? 1 : 0;
        }
        return moves;
    }
}
