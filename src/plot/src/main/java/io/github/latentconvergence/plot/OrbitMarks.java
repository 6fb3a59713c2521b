package io.github.latentconvergence.plot;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;

/** How the ends of a trajectory are marked. */
final class OrbitMarks {
    static final String TRAIL = "orbit";
    private static final String START = "start";
    private static final String END = "end";
    private static final String MEAN = "mean";

    private OrbitMarks() {}

    /** The first state. */
    static Mark start(double x, double y, double r) {
        Path2D path = new Path2D.Double();
        path.append(CellOverlays.circle(x, y, r), false);
        return new Mark.Drawing(START, path, Ink.MARKER_OVER_CELLS);
    }

    /** The last state. */
    static Mark end(double x, double y, double r) {
        Path2D path = new Path2D.Double();
        path.append(new Rectangle2D.Double(x - r, y - r, 2 * r, 2 * r), false);
        return new Mark.Drawing(END, path, Ink.DARK_MARKER);
    }

    /** Lines across an area that cross where the mean is, if they cross in it. */
    static Mark mean(Rect area, double x, double y) {
        Path2D path = new Path2D.Double();
        if (y > area.y() && y < area.bottom()) {
            path.moveTo(area.x(), y);
            path.lineTo(area.right(), y);
        }
        if (x > area.x() && x < area.right()) {
            path.moveTo(x, area.y());
            path.lineTo(x, area.bottom());
        }
        return new Mark.Drawing(MEAN, path, Ink.GUIDE);
    }

    /** What the ends look like. */
    static List<LegendEntry> legend(int iterations) {
        LegendEntry last = LegendEntry.of(area -> List.of(end(area.centerX(), area.centerY(), 4)), "iteration " + (iterations - 1));
        return iterations == 1
                ? List.of(last)
                : List.of(LegendEntry.of(area -> List.of(start(area.centerX(), area.centerY(), 4.5)), "iteration 0"), last);
    }

    /** What crossing lines mean. */
    static LegendEntry meanLegend() {
        return LegendEntry.of(area -> List.of(mean(area, area.centerX(), area.centerY())), "mean of the states");
    }

    /** A component's name and the share it explains. */
    static String title(PrincipalComponents components, int component) {
        return "PC " + (component + 1) + " (" + percent(components.explained(component)) + ")";
    }

    /** A share. */
    static String percent(double share) {
        return share > 0 && share < 0.0005 ? "< 0.1 %" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
