package io.github.latentconvergence.plot;

import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lays out a waterfall: an oblique view of slices, the first in front, each behind it farther up and to the right; the farthest is drawn first. */
final class WaterfallLayout {
    private static final double MARGIN = 16;
    private static final double GAP = 10;
    private static final double TICK = 4;
    /** Largest sides of a slice; both axes have the same scale. */
    private static final double SLICE_WIDTH = 460;
    private static final double SLICE_HEIGHT = 300;
    private static final double SMALLEST_SIDE = 140;
    /** How far a slice is from the next, upwards; and all together at most, with to the right so much as much. */
    private static final double APART = 19;
    private static final double LARGEST_DEPTH = 360;
    private static final double SLANT = 0.8;
    private static final double LARGEST_LABEL = 180;

    private final PrincipalComponents components;
    private final List<String> texts;
    private final FontSizes fonts = FontSizes.normal();
    private final IterationBar bar;
    private final Rect front;
    private final double lowX;
    private final double lowY;
    private final double unit;
    private final double up;

    private WaterfallLayout(PrincipalComponents components, List<String> texts, double titleHeight) {
        this.components = components;
        this.texts = texts;
        this.bar = new IterationBar(components.iterations(), fonts);
        Span x = Span.of(components, 0);
        Span y = Span.of(components, 1);
        this.unit = x.length() > 0 ? Math.min(SLICE_WIDTH / x.length(), SLICE_HEIGHT / y.length()) : 1;
        double width = Math.rint(Math.max(x.length() * unit, SMALLEST_SIDE));
        double height = Math.rint(Math.max(y.length() * unit, SMALLEST_SIDE));
        this.lowX = x.middle() - width / unit / 2;
        this.lowY = y.middle() - height / unit / 2;
        this.up = texts.size() == 1 ? 0 : Math.rint(Math.min(LARGEST_DEPTH, APART * (texts.size() - 1)));
        List<StyledText> labels = ticks(lowY, height).stream().map(LinearTicks.Tick::label).toList();
        double left = MARGIN + TextMeasure.lineHeight(fonts.axis()) + GAP + TextMeasure.widest(labels, fonts.tick()) + TICK;
        this.front = new Rect(Math.rint(left), Math.rint(MARGIN + titleHeight + GAP + up), width, height);
    }

    /** @param note a line below, empty for none */
    static FigureLayout of(PrincipalComponents components, List<String> texts, String title, String note) {
        double titleHeight = title.isEmpty() ? 0 : TextMeasure.lineHeight(FontSizes.normal().title());
        return new WaterfallLayout(components, texts, titleHeight).arrange(title, note);
    }

    private FigureLayout arrange(String title, String note) {
        List<StyledText> labels = texts.stream().map(t -> TextMeasure.fit(t, fonts.tick(), LARGEST_LABEL)).toList();
        double barLeft = Math.rint(front.right() + SLANT * up + GAP + TextMeasure.widest(labels, fonts.tick()) + 2 * GAP);
        int width = (int) Math.ceil(barLeft + bar.width() + MARGIN);
        double below = front.bottom() + TICK + TextMeasure.lineHeight(fonts.tick()) + TextMeasure.lineHeight(fonts.axis());
        Legend legend = new Legend(legend(note), width - 2 * MARGIN, fonts);
        int height = (int) Math.ceil(below + legend.height() + MARGIN);
        Rect page = new Rect(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN);

        List<Mark> marks = new ArrayList<>();
        if (!title.isEmpty()) {
            double middle = MARGIN + TextMeasure.lineHeight(fonts.title()) / 2;
            marks.add(Titles.centered(title, (front.x() + barLeft) / 2, middle, fonts.title(), page));
        }
        marks.add(new Mark.Drawing("box", box(), Ink.GUIDE));
        labels(labels, marks);
        for (int n = texts.size() - 1; n >= 0; n--) {
            slice(n, marks);
        }
        axes(marks, below);
        marks.addAll(bar.marks(barLeft, front.y() - up, front.height() + up));
        marks.addAll(legend.marks((front.x() + barLeft) / 2, below, page));
        String description = String.format(Locale.ROOT, "Trajectories of %d tokens over %d iterations on their first two principal"
                + " components, the first token in front, each behind it farther back.", texts.size(), components.iterations());
        return new FigureLayout(width, height, title.isEmpty() ? Waterfall.TITLE : title, description, marks);
    }

    /** How far back a token is, 0 to 1. */
    private double depth(int n) {
        return texts.size() == 1 ? 0 : n / (texts.size() - 1.0);
    }

    /** The floor, the wall at the back and the wall at the left. */
    private Path2D box() {
        double right = SLANT * up;
        Path2D path = new Path2D.Double();
        for (double back : new double[] {0, 1}) {
            path.moveTo(front.x() + back * right, front.y() - back * up);
            path.lineTo(front.x() + back * right, front.bottom() - back * up);
            path.lineTo(front.right() + back * right, front.bottom() - back * up);
        }
        path.lineTo(front.right() + right, front.y() - up);
        path.lineTo(front.x() + right, front.y() - up);
        for (double[] corner : new double[][] {{front.x(), front.y()}, {front.x(), front.bottom()}, {front.right(), front.bottom()}}) {
            path.moveTo(corner[0], corner[1]);
            path.lineTo(corner[0] + right, corner[1] - up);
        }
        return path;
    }

    /** The tokens at the right edge of the floor, as many as there is room for, and lines across the floor to them. */
    private void labels(List<StyledText> labels, List<Mark> marks) {
        double line = TextMeasure.lineHeight(fonts.tick());
        int each = up == 0 ? 1 : NiceSteps.atLeast(line * (labels.size() - 1) / up);
        Path2D across = new Path2D.Double();
        for (int n = 0; n < labels.size(); n += each) {
            double right = SLANT * up * depth(n);
            double y = front.bottom() - up * depth(n);
            across.moveTo(front.x() + right, y);
            across.lineTo(front.right() + right, y);
            marks.add(new Mark.Text(labels.get(n), front.right() + right + GAP, y, Mark.Anchor.START, fonts.tick(), false));
        }
        marks.add(new Mark.Drawing("floor-lines", across, Ink.GUIDE));
    }

    /** A trajectory, on a stem that says where on the floor it ends. */
    private void slice(int n, List<Mark> marks) {
        List<Mark.Trail.Point> points = new ArrayList<>();
        for (int t = 0; t < components.iterations(); t++) {
            double x = front.x() + (components.coordinate(n, t, 0) - lowX) * unit + SLANT * up * depth(n);
            double y = front.bottom() - (components.coordinate(n, t, 1) - lowY) * unit - up * depth(n);
            points.add(new Mark.Trail.Point(x, y, bar.color(t)));
        }
        Mark.Trail.Point last = points.getLast();
        Path2D stem = new Path2D.Double();
        stem.moveTo(last.x(), front.bottom() - up * depth(n));
        stem.lineTo(last.x(), last.y());
        marks.add(new Mark.Drawing("stem", stem, Ink.STEM));
        marks.add(new Mark.Trail(OrbitMarks.TRAIL, points, 1.5, 0.75, 0xffffff, 0.8));
        marks.add(OrbitMarks.end(last.x(), last.y(), 1.8));
    }

    private List<LinearTicks.Tick> ticks(double low, double length) {
        return LinearTicks.between(low, low + length / unit, (int) Math.max(2, length / 70));
    }

    private void axes(List<Mark> marks, double below) {
        for (LinearTicks.Tick tick : ticks(lowX, front.width())) {
            double x = front.x() + (tick.value() - lowX) * unit;
            marks.add(new Mark.Tick(x, front.bottom(), x, front.bottom() + TICK));
            double y = front.bottom() + TICK + TextMeasure.lineHeight(fonts.tick()) / 2;
            marks.add(new Mark.Text(tick.label(), x, y, Mark.Anchor.MIDDLE, fonts.tick(), false));
        }
        for (LinearTicks.Tick tick : ticks(lowY, front.height())) {
            double y = front.bottom() - (tick.value() - lowY) * unit;
            marks.add(new Mark.Tick(front.x() - TICK, y, front.x(), y));
            marks.add(new Mark.Text(tick.label(), front.x() - 2 * TICK, y, Mark.Anchor.END, fonts.tick(), false));
        }
        marks.add(new Mark.Tick(front.x(), front.bottom(), front.right(), front.bottom()));
        marks.add(new Mark.Tick(front.x(), front.y(), front.x(), front.bottom()));
        double line = TextMeasure.lineHeight(fonts.axis());
        StyledText first = StyledText.EMPTY.plain(OrbitMarks.title(components, 0));
        marks.add(new Mark.Text(first, front.centerX(), below - line / 2, Mark.Anchor.MIDDLE, fonts.axis(), false));
        StyledText second = StyledText.EMPTY.plain(OrbitMarks.title(components, 1));
        marks.add(new Mark.Text(second, MARGIN + line / 2, front.centerY(), Mark.Anchor.MIDDLE, fonts.axis(), true));
    }

    private List<LegendEntry> legend(String note) {
        int last = components.iterations() - 1;
        List<LegendEntry> entries = new ArrayList<>();
        entries.add(LegendEntry.of(area -> List.of(OrbitMarks.end(area.centerX(), area.centerY(), 2.4)), "iteration " + last));
        if (components.isConstant()) {
            entries.add(LegendEntry.note("all states are the same"));
        }
        if (!note.isEmpty()) {
            entries.add(LegendEntry.note(note));
        }
        return entries;
    }
}
