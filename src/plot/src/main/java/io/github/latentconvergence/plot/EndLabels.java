package io.github.latentconvergence.plot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The names of curves beside the place where they end, moved apart where several end at once. */
final class EndLabels {
    private static final double LEADER = 16;
    private static final double GAP = 4;

    private EndLabels() {}

    /** Width they take at the right of the plot. */
    static double width(List<ChartPlan.End> ends, FontSizes fonts) {
        return ends.isEmpty() ? 0 : LEADER + GAP + TextMeasure.widest(ends.stream().map(ChartPlan.End::name).toList(), fonts.tick());
    }

    static List<Mark> marks(List<ChartPlan.End> ends, Axes axes, FontSizes fonts) {
        List<ChartPlan.End> sorted = ends.stream().sorted(Comparator.comparingDouble((ChartPlan.End e) -> axes.y(e.value()))).toList();
        double[] ys = apart(sorted.stream().mapToDouble(e -> axes.y(e.value())).toArray(), TextMeasure.lineHeight(fonts.tick()),
                axes.plot().bottom());
        double right = axes.plot().right();
        List<Mark> marks = new ArrayList<>();
        for (int k = 0; k < ys.length; k++) {
            ChartPlan.End end = sorted.get(k);
            marks.add(new Mark.Drawing("leader", Axes.line(right + 1, axes.y(end.value()), right + LEADER, ys[k]),
                    Ink.curve(Palette.VERMILLION, 1)));
            marks.add(new Mark.Text(end.name(), right + LEADER + GAP, ys[k], Mark.Anchor.START, fonts.tick(), false));
        }
        return marks;
    }

    /** Rising places at least {@code least} apart, none below {@code bottom} as long as there is room above. */
    static double[] apart(double[] wanted, double least, double bottom) {
        double[] ys = wanted.clone();
        for (int k = 1; k < ys.length; k++) {
            ys[k] = Math.max(ys[k], ys[k - 1] + least);
        }
        double limit = bottom;
        for (int k = ys.length - 1; k >= 0; k--) {
            ys[k] = Math.min(ys[k], limit);
            limit = ys[k] - least;
        }
        return ys;
    }
}
