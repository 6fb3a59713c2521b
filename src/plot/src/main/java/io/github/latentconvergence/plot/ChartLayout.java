package io.github.latentconvergence.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * Where everything on a chart is.
 *
 * @param axes on their plot
 */
record ChartLayout(int width, int height, Axes axes, String name, String description, List<Mark> marks) implements Sheet {
    private static final double MARGIN = 16;
    private static final double GAP = 6;
    private static final double TICK = 5;
    private static final double MINOR_TICK = 3;
    private static final double WIDEST_LABEL = 220;
    /** Labels of rows may be nearer than their lines are high by this. */
    private static final double CLOSE = 0.5;
    private static final int GRID = 0xe9e9e9;

    /** Lays out a chart {@code width} wide. */
    static ChartLayout of(ChartPlan plan, int width) {
        FontSizes fonts = FontSizes.normal();
        double titleHeight = plan.title().isEmpty() ? 0 : TextMeasure.lineHeight(fonts.title()) + GAP;
        double rowLabel = labelSize(plan.y(), plan.plotHeight(), fonts);
        List<StyledText> labels = plan.y().ticks().stream().map(DecadeTicks.Tick::label).toList();
        double axisTitle = plan.y().title().isEmpty() ? 0 : TextMeasure.lineHeight(fonts.axis()) + GAP;
        double left = Math.rint(MARGIN + axisTitle + Math.min(WIDEST_LABEL, TextMeasure.widest(labels, rowLabel)) + TICK + GAP);
        Rect plot = new Rect(left, Math.rint(MARGIN + titleHeight + GAP),
                Math.rint(width - MARGIN - GAP - EndLabels.width(plan.ends(), fonts) - left),
                Math.rint(plan.plotHeight()));
        Legend legend = new Legend(plan.legend(), width - 2 * MARGIN, fonts);
        double below = TICK + GAP + TextMeasure.lineHeight(fonts.tick()) + GAP + TextMeasure.lineHeight(fonts.axis());
        int height = (int) Math.ceil(plot.bottom() + below + legend.height() + MARGIN);
        Rect page = new Rect(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN);

        Axes axes = new Axes(plot, plan.x(), plan.y());
        List<Mark> marks = new ArrayList<>(grid(axes));
        plan.layers().forEach(layer -> marks.addAll(layer.on(axes)));
        marks.add(new Mark.Frame(plot));
        marks.addAll(EndLabels.marks(plan.ends(), axes, fonts));
        if (!plan.title().isEmpty()) {
            marks.add(Titles.centered(plan.title(), plot.centerX(), MARGIN + titleHeight / 2, fonts.title(), page));
        }
        marks.addAll(ticksBelow(axes, fonts));
        marks.addAll(ticksBeside(axes, rowLabel));
        double y = plot.bottom() + below - TextMeasure.lineHeight(fonts.axis()) / 2;
        marks.add(Titles.centered(plan.x().title(), plot.centerX(), y, fonts.axis(), page));
        if (!plan.y().title().isEmpty()) {
            marks.add(new Mark.Text(StyledText.EMPTY.plain(plan.y().title()), MARGIN + TextMeasure.lineHeight(fonts.axis()) / 2,
                    plot.centerY(),
                    Mark.Anchor.MIDDLE, fonts.axis(), true));
        }
        marks.addAll(legend.marks(plot.centerX(), plot.bottom() + below, page));
        return new ChartLayout(width, height, axes, plan.title(), plan.caption(), List.copyOf(marks));
    }

    private static List<Mark> grid(Axes axes) {
        Rect plot = axes.plot();
        List<Mark> lines = new ArrayList<>();
        for (DecadeTicks.Tick tick : axes.x().ticks()) {
            double x = axes.x(tick.log());
            lines.add(new Mark.Drawing("grid", Axes.line(x, plot.y(), x, plot.bottom()), Ink.curve(GRID, 1)));
        }
        for (DecadeTicks.Tick tick : axes.y().ticks()) {
            if (tick.major()) {
                double y = axes.y(tick.log());
                lines.add(new Mark.Drawing("grid", Axes.line(plot.x(), y, plot.right(), y), Ink.curve(GRID, 1)));
            }
        }
        return lines;
    }

    private static List<Mark> ticksBelow(Axes axes, FontSizes fonts) {
        double bottom = axes.plot().bottom();
        List<Mark> marks = new ArrayList<>();
        for (DecadeTicks.Tick tick : axes.x().ticks()) {
            double x = axes.x(tick.log());
            marks.add(new Mark.Tick(x, bottom, x, bottom + TICK));
            marks.add(new Mark.Text(tick.label(), x, bottom + TICK + GAP + TextMeasure.lineHeight(fonts.tick()) / 2, Mark.Anchor.MIDDLE,
                    fonts.tick(), false));
        }
        return marks;
    }

    private static List<Mark> ticksBeside(Axes axes, double size) {
        double left = axes.plot().x();
        List<Mark> marks = new ArrayList<>();
        double free = Double.POSITIVE_INFINITY;
        for (DecadeTicks.Tick tick : axes.y().ticks().stream().sorted((a, b) -> Double.compare(axes.y(b.log()), axes.y(a.log())))
                .toList()) {
            double y = axes.y(tick.log());
            marks.add(new Mark.Tick(left - (tick.major() ? TICK : MINOR_TICK), y, left, y));
            if (!tick.label().isEmpty() && y <= free + CLOSE) {
                marks.add(new Mark.Text(tick.label(), left - TICK - GAP, y, Mark.Anchor.END, size, false));
                free = y - TextMeasure.lineHeight(size);
            }
        }
        return marks;
    }

    /** Smaller where labels are close. */
    private static double labelSize(Axis axis, double length, FontSizes fonts) {
        double apart = length / Math.abs(axis.high() - axis.low());
        boolean rows = axis.high() < axis.low();
        return rows ? Math.clamp(apart / 1.25, fonts.smallest(), fonts.tick()) : fonts.tick();
    }
}
