package io.github.latentconvergence.plot;

import java.util.ArrayList;
import java.util.List;

/** One trajectory on two components, on axes of the same scale. */
final class OrbitPanel {
    private static final double TICK = 4;
    private static final double GAP = 3;
    private static final int MOST_TICKS = 5;
    /** Room around what is shown, as a share of it. */
    private static final double AROUND = 1.16;
    private static final double MARKER = 4.5;

    private final Orbit orbit;
    private final int across;
    private final FontSizes fonts;
    private final double centerX;
    private final double centerY;
    private final double half;

    /** A trajectory on component {@code across} and the one after it. */
    OrbitPanel(Orbit orbit, int across, FontSizes fonts) {
        this.orbit = orbit;
        this.across = across;
        this.fonts = fonts;
        Span x = Span.of(orbit.components(), across);
        Span y = Span.of(orbit.components(), across + 1);
        this.centerX = x.middle();
        this.centerY = y.middle();
        double larger = Math.max(x.length(), y.length()) / 2;
        this.half = larger > 0 ? larger * AROUND : 1;
    }

    /** Height of what is below the plot. */
    static double below(FontSizes fonts) {
        return TICK + GAP + TextMeasure.lineHeight(fonts.smallest()) + TextMeasure.lineHeight(fonts.tick());
    }

    /** Width of what is left of the plot. */
    double left() {
        List<StyledText> labels = ticks(centerY).stream().map(LinearTicks.Tick::label).toList();
        return TextMeasure.lineHeight(fonts.tick()) + 2 * GAP + TextMeasure.widest(labels, fonts.smallest()) + TICK;
    }

    private List<LinearTicks.Tick> ticks(double center) {
        return LinearTicks.between(center - half, center + half, MOST_TICKS);
    }

    /** Its marks on a square. */
    List<Mark> marks(Rect plot, IterationBar colors) {
        List<Mark> marks = new ArrayList<>();
        marks.add(OrbitMarks.mean(plot, x(plot, 0), y(plot, 0)));
        marks.add(new Mark.Frame(plot));
        axes(plot, marks);
        PrincipalComponents components = orbit.components();
        int iterations = components.iterations();
        List<Mark.Trail.Point> points = new ArrayList<>();
        for (int t = 0; t < iterations; t++) {
            points.add(new Mark.Trail.Point(x(plot, orbit.at(t, across)), y(plot, orbit.at(t, across + 1)), colors.color(t)));
        }
        double dot = iterations <= 150 ? 2 : iterations <= 600 ? 1.3 : 0.6;
        marks.add(new Mark.Trail(OrbitMarks.TRAIL, points, 1.2, dot, 0x555555, 0.4));
        if (iterations > 1) {
            marks.add(OrbitMarks.start(points.getFirst().x(), points.getFirst().y(), MARKER));
        }
        marks.add(OrbitMarks.end(points.getLast().x(), points.getLast().y(), MARKER - 1));
        return marks;
    }

    private void axes(Rect plot, List<Mark> marks) {
        double below = plot.bottom() + TICK + GAP + TextMeasure.lineHeight(fonts.smallest()) / 2;
        double widest = ticks(centerX).stream().mapToDouble(t -> TextMeasure.width(t.label(), fonts.smallest())).max().orElse(0);
        double room = plot.width() / MOST_TICKS;
        boolean dense = widest > 0.9 * room;
        for (LinearTicks.Tick tick : dense ? LinearTicks.between(centerX - half, centerX + half, 2) : ticks(centerX)) {
            double x = x(plot, tick.value());
            marks.add(new Mark.Tick(x, plot.bottom(), x, plot.bottom() + TICK));
            marks.add(new Mark.Text(tick.label(), x, below, Mark.Anchor.MIDDLE, fonts.smallest(), false));
        }
        for (LinearTicks.Tick tick : ticks(centerY)) {
            double y = y(plot, tick.value());
            marks.add(new Mark.Tick(plot.x() - TICK, y, plot.x(), y));
            marks.add(new Mark.Text(tick.label(), plot.x() - TICK - GAP, y, Mark.Anchor.END, fonts.smallest(), false));
        }
        double line = TextMeasure.lineHeight(fonts.tick());
        StyledText title = StyledText.EMPTY.plain(OrbitMarks.title(orbit.components(), across));
        marks.add(new Mark.Text(title, plot.centerX(), plot.bottom() + below(fonts) - line / 2, Mark.Anchor.MIDDLE, fonts.tick(), false));
        StyledText upward = StyledText.EMPTY.plain(OrbitMarks.title(orbit.components(), across + 1));
        marks.add(new Mark.Text(upward, plot.x() - left() + line / 2, plot.centerY(), Mark.Anchor.MIDDLE, fonts.tick(), true));
    }

    private double x(Rect plot, double value) {
        return plot.x() + (value - centerX + half) / (2 * half) * plot.width();
    }

    private double y(Rect plot, double value) {
        return plot.bottom() - (value - centerY + half) / (2 * half) * plot.height();
    }
}
