package io.github.latentconvergence.plot;

import io.github.latentconvergence.analysis.ExitReplay;
import io.github.latentconvergence.analysis.ExitRule;
import io.github.latentconvergence.analysis.ExitSignals;
import io.github.latentconvergence.analysis.Reduction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What exit rules gain and lose: a curve over thresholds for each rule and reduction. */
final class ExitTradeOff {
    private static final int PER_DECADE = 8;
    private static final int DECADES = 5;
    private static final int MOST_STEPS = 20;
    private static final double MARKER = 6.5;

    private final ExitSignals signals;
    private final List<Axes.Layer> curves = new ArrayList<>();
    private final List<Axes.Layer> markers = new ArrayList<>();
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;
    private boolean zeros;
    private int nonFinite;

    private ExitTradeOff(ExitSignals signals) {
        this.signals = signals;
    }

    static ChartPlan of(ExitSignals signals) {
        return new ExitTradeOff(signals).plan();
    }

    private ChartPlan plan() {
        List<LegendEntry> legend = new ArrayList<>();
        for (ExitRule rule : signals.rules()) {
            for (Reduction reduction : Reduction.values()) {
                add(rule, reduction);
            }
            legend.add(ChartPlan.marker(shape(rule), MARKER, color(rule), rule.label() + ", marked at its usual " + usual(rule)));
        }
        legend.add(ChartPlan.line(ink(Palette.BLACK, Reduction.TOKEN), "each token by itself"));
        legend.add(ChartPlan.line(ink(Palette.BLACK, Reduction.SEQUENCE), "all by the sequence mean"));
        legend.addAll(ChartPlan.notes(zeros ? "at the lower edge: nothing remains" : "",
                nonFinite == 0 ? "" : nonFinite + " thresholds left out: what remains is not finite"));
        List<Axes.Layer> layers = new ArrayList<>(curves);
        layers.addAll(markers);
        String caption = "Each curve is one exit rule over its thresholds: further left stops sooner, lower stops nearer to the reference; a rule is good where its curve is in the lower left.";
        return new ChartPlan("What Exit Rules Gain and Lose", caption,
                Axis.counting(0, signals.matrix().iterations() - 1, "Mean Exit Iteration"),
                Axis.log(least, most, zeros, "Worst Remaining Distance"), layers, legend, List.of(), ChartPlan.PLOT_HEIGHT);
    }

    private void add(ExitRule rule, Reduction reduction) {
        double[] thresholds = thresholds(rule).toArray();
        double[] xs = new double[thresholds.length];
        double[] ys = new double[thresholds.length];
        for (int k = 0; k < thresholds.length; k++) {
            ExitReplay replay = signals.replay(rule, thresholds[k], reduction);
            xs[k] = replay.meanExit();
            ys[k] = counted(replay.worstRemaining());
        }
        curves.add(
                axes -> List.of(new Mark.Drawing(rule.label() + "-" + reduction.label(), axes.curve(xs, ys), ink(color(rule), reduction))));
        ExitReplay usual = signals.replay(rule, rule.defaultThreshold(), reduction);
        double y = StrictMath.log10(usual.worstRemaining());
        if (!Double.isNaN(y) && y != Double.POSITIVE_INFINITY) {
            markers.add(axes -> List.of(new Mark.Drawing(rule.label() + "-usual",
                    shape(rule).at(axes.x(usual.meanExit()), axes.y(y), MARKER), Ink.marker(color(rule)))));
        }
    }

    /** Its log, NaN where that would be no place on the axis. */
    private double counted(double remaining) {
        if (!(remaining < Double.POSITIVE_INFINITY)) {
            nonFinite++;
            return Double.NaN;
        }
        if (remaining <= 0) {
            zeros = true;
            return Double.NEGATIVE_INFINITY;
        }
        double log = StrictMath.log10(remaining);
        least = Math.min(least, log);
        most = Math.max(most, log);
        return log;
    }

    /** From 1e-5 to 1, evenly in decades, and the usual one; for a rule that counts steps, 1 to 20 of them. */
    static DoubleStream thresholds(ExitRule rule) {
        if (rule == ExitRule.ARGMAX_STABILITY) {
            return IntStream.rangeClosed(1, MOST_STEPS).asDoubleStream();
        }
        DoubleStream even = IntStream.rangeClosed(-DECADES * PER_DECADE, 0).mapToDouble(k -> StrictMath.pow(10, k / (double) PER_DECADE));
        return DoubleStream.concat(even, DoubleStream.of(rule.defaultThreshold())).sorted().distinct();
    }

    private static String usual(ExitRule rule) {
        return rule == ExitRule.ARGMAX_STABILITY ? (int) rule.defaultThreshold() + " steps" : Double.toString(rule.defaultThreshold());
    }

    private static Ink ink(int color, Reduction reduction) {
        return reduction == Reduction.TOKEN ? Ink.curve(color, 2) : Ink.dashes(color, 2, 5);
    }

    private static int color(ExitRule rule) {
        return Palette.color(rule.ordinal());
    }

    private static Markers shape(ExitRule rule) {
        return Markers.values()[rule.ordinal() % Markers.values().length];
    }
}
