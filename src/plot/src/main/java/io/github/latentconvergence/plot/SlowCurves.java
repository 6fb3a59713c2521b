package io.github.latentconvergence.plot;

import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.TokenAnalysis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The tokens of slow bands among the curves: each in the colour of warning, the furthest out by name. */
final class SlowCurves {
    static final Ink INK = Ink.curve(Palette.VERMILLION, 2);
    /** More names would not fit beside the plot. */
    private static final int MOST_NAMES = 12;
    private static final int LONGEST_NAME = 16;

    private final Sheaf sheaf;
    private final List<TokenAnalysis> slow;

    SlowCurves(Sheaf sheaf, Analysis analysis) {
        this.sheaf = sheaf;
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
        String rest = slow.size() > MOST_NAMES ? ", the " + MOST_NAMES + " slowest of " + slow.size() + " by name" : "";
        chart.legend().add(ChartPlan.line(INK, "token of a slow band" + rest));
    }

    /** Their names, where their curves end. */
    List<ChartPlan.End> ends() {
        List<ChartPlan.End> ends = new ArrayList<>();
        for (TokenAnalysis token : slow.subList(0, Math.min(MOST_NAMES, slow.size()))) {
            double end = Double.NaN;
            for (double value : sheaf.curve(token.index())) {
                end = Double.isNaN(value) ? end : value;
            }
            if (!Double.isNaN(end)) {
                ends.add(new ChartPlan.End(end, ChartPlan.name(token, LONGEST_NAME)));
            }
        }
        return ends;
    }
}
