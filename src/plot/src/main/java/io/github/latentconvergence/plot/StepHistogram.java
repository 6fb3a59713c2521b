package io.github.latentconvergence.plot;

import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.TokenAnalysis;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** How many tokens converge when. */
final class StepHistogram {
    private static final int MOST_BARS = 40;
    private static final int MOST_TICKS = 8;
    private static final Ink MEDIAN = Ink.dashes(Palette.BLACK, 2, 6);
    /** Part of a bar's place that is between bars. */
    private static final double BETWEEN = 0.08;
    private static final double HEADROOM = 1.05;

    private final Analysis analysis;
    private final int iterations;
    private final int wide;
    private final int[] bars;

    private StepHistogram(Analysis analysis) {
        this.analysis = analysis;
        this.iterations = analysis.matrix().iterations();
        this.wide = NiceSteps.atLeast(iterations / (double) MOST_BARS);
        this.bars = new int[Math.ceilDiv(iterations, wide)];
        for (TokenAnalysis token : analysis.tokens()) {
            token.step().ifPresent(step -> bars[step / wide]++);
        }
    }

    static ChartPlan of(Analysis analysis) {
        return new StepHistogram(analysis).plan();
    }

    private ChartPlan plan() {
        int none = (int) analysis.tokens().stream().filter(t -> t.step().isEmpty()).count();
        int highest = none;
        for (int bar : bars) {
            highest = Math.max(highest, bar);
        }
        double noneWide = Math.max(wide, iterations / 25.0);
        double noneAt = bars.length * wide - 0.5 + noneWide;
        Axis steps = Axis.counting(0, iterations - 1, "Convergence Step");
        Axis x = none == 0
                ? steps.to(bars.length * wide - 0.5, List.of())
                : steps.to(noneAt + noneWide, List.of(Axis.tick(noneAt, "none")));
        List<Axes.Layer> layers = new ArrayList<>();
        List<LegendEntry> legend = new ArrayList<>();
        int late = iterations - iterations / 4;
        layers.add(axes -> List.of(bar(axes, "late", late - 0.5, iterations - 0.5, axes.y().high(), Ink.area(Palette.PALEST))));
        for (int k = 0; k < bars.length; k++) {
            double from = (k + BETWEEN) * wide - 0.5;
            double to = (k + 1 - BETWEEN) * wide - 0.5;
            double count = bars[k];
            layers.add(axes -> count == 0 ? List.of() : List.of(bar(axes, "bar", from, to, count, Ink.area(Palette.BLUE))));
        }
        legend.add(square(Palette.BLUE,
                wide == 1 ? "tokens that converge there" : "tokens that converge there, " + wide + " iterations to the bar"));
        if (none > 0) {
            layers.add(axes -> List.of(bar(axes, "none", noneAt - noneWide / 2, noneAt + noneWide / 2, none, Ink.area(Palette.ORANGE))));
            legend.add(square(Palette.ORANGE, "did not converge: " + none));
        }
        OptionalDouble median = analysis.summary().medianStep();
        median.ifPresent(at -> {
            layers.add(axes -> List
                    .of(new Mark.Drawing("median", Axes.line(axes.x(at), axes.plot().y(), axes.x(at), axes.plot().bottom()), MEDIAN)));
            legend.add(ChartPlan.line(MEDIAN, "median: " + String.format(Locale.ROOT, at == Math.rint(at) ? "%.0f" : "%.1f", at)));
        });
        legend.add(square(Palette.PALEST, "last quarter of the run"));
        String caption = "How many tokens converge at which iteration (distance " + analysis.options().rule().label() + " below "
                + analysis.options().threshold() + "); steps in the last quarter of the run say more of the reference than of the token.";
        return new ChartPlan("Convergence Steps", caption, x, counts(highest), layers, legend, List.of(), 260);
    }

    private static Axis counts(int highest) {
        int step = NiceSteps.atLeast(Math.max(1, highest) / (double) MOST_TICKS);
        List<DecadeTicks.Tick> ticks = new ArrayList<>();
        for (int at = 0; at <= Math.max(1, highest); at += step) {
            ticks.add(Axis.tick(at, Integer.toString(at)));
        }
        return new Axis(0, Math.max(1, highest) * HEADROOM, ticks, "Tokens");
    }

    private static Mark bar(Axes axes, String name, double from, double to, double count, Ink ink) {
        double top = axes.y(count);
        double left = Math.max(axes.plot().x(), axes.x(from));
        Path2D path = new Path2D.Double(
                new Rectangle2D.Double(left, top, Math.min(axes.plot().right(), axes.x(to)) - left, axes.plot().bottom() - top));
        return new Mark.Drawing(name, path, ink);
    }

    private static LegendEntry square(int color, String text) {
        return LegendEntry.of(area -> List.of(new Mark.Fill(area, color)), text);
    }
}
