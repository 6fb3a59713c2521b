package io.github.latentconvergence.plot;

import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.TokenAnalysis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The tokens of slow bands among the curves: each in the colour of warning, the furthest out with their texts. */
final class SlowCurves {
    static final Ink INK = Ink.curve(Palette.VERMILLION, 2);
    /** More labels would cover what they name. */
    private static final int MOST_LABELS = 6;
    private static final int LONGEST_TEXT = 24;
    private static final double GAP = 7;

    private final Sheaf sheaf;
    private final double[] median;
    private final List<TokenAnalysis> slow;

    SlowCurves(Sheaf sheaf, double[] median, Analysis analysis) {
        this.sheaf = sheaf;
        this.median = median;
        this.slow = analysis.tokens().stream()
                .filter(t -> analysis.slowBands().stream().anyMatch(b -> b.first() <= t.index() && t.index() <= b.last()))
                .sorted(Comparator.comparingDouble((TokenAnalysis t) -> -t.slowness().excess())).toList();
    }

    /** Draws them, if there are any. */
    void addTo(SheafLayers chart) {
        if (slow.isEmpty()) {
            chart.legend().add(LegendEntry.note("no slow band"));
            return;
        }
        slow.reversed().forEach(t -> chart.draw("slow", sheaf.curve(t.index()), INK));
        List<TokenAnalysis> named = slow.subList(0, Math.min(MOST_LABELS, slow.size()));
        chart.addAll(axes -> labels(axes, named));
        String rest = slow.size() > named.size() ? ", the " + named.size() + " slowest of " + slow.size() + " by name" : "";
        chart.legend().add(ChartPlan.line(INK, "token of a slow band" + rest));
    }

    private List<Mark> labels(Axes axes, List<TokenAnalysis> named) {
        List<Mark> labels = new ArrayList<>();
        List<Rect> taken = new ArrayList<>();
        for (TokenAnalysis token : named) {
            Mark.Text label = label(axes, token.index(), token.text(), taken);
            taken.add(label.bounds());
            labels.add(label);
        }
        return labels;
    }

    /** Beside the curve where it is furthest from the median, and above the labels that are there already. */
    private Mark.Text label(Axes axes, int token, String text, List<Rect> taken) {
        double[] curve = sheaf.curve(token);
        int at = IntStream.range(0, curve.length).filter(t -> Double.isFinite(curve[t]) && Double.isFinite(median[t])).boxed()
                .max(Comparator.comparingDouble(t -> curve[t] - median[t])).orElse(0);
        StyledText name = StyledText.EMPTY.quiet(token + " ");
        for (StyledText.Run run : TokenText.of(text, LONGEST_TEXT).runs()) {
            name = run.style() == StyledText.Style.PLAIN ? name.plain(run.text()) : name.quiet(run.text());
        }
        double size = FontSizes.normal().tick();
        double width = TextMeasure.width(name, size);
        double y = Double.isFinite(curve[at]) ? axes.y(curve[at]) - TextMeasure.lineHeight(size) : axes.plot().centerY();
        double x = Math.clamp(axes.x(at) + GAP, axes.plot().x() + GAP, Math.max(axes.plot().x() + GAP, axes.plot().right() - width - GAP));
        Mark.Text label = new Mark.Text(name, x, y, Mark.Anchor.START, size, false);
        while (overlaps(taken, label.bounds()) && label.y() > axes.plot().y() + size) {
            label = new Mark.Text(name, x, label.y() - size / 2, Mark.Anchor.START, size, false);
        }
        return label;
    }

    private static boolean overlaps(List<Rect> taken, Rect label) {
        return taken.stream().anyMatch(label::overlaps);
    }
}
