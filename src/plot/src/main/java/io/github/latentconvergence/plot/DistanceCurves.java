package io.github.latentconvergence.plot;

import io.github.latentconvergence.analysis.Analysis;

/** Distance over iterations, a curve for each token. */
final class DistanceCurves {
    private DistanceCurves() {}

    static ChartPlan of(Analysis analysis) {
        Sheaf sheaf = Sheaf.of(analysis.matrix());
        SheafLayers curves = new SheafLayers(sheaf);
        SlowCurves slow = new SlowCurves(sheaf, analysis);
        slow.addTo(curves);
        curves.legend().addAll(ChartPlan.notes(sheaf.notes("distances")));
        String caption = "Each curve is the distance of one token to its reference: the lower, the nearer it has come; a straight fall is steady contraction, a curve that stays high is a slow token.";
        return new ChartPlan(Wording.title(analysis.matrix()), caption, sheaf.iterationAxis(),
                sheaf.valueAxis(Wording.valueTitle(analysis.matrix()), Double.NaN), curves.layers(), curves.legend(), slow.ends(),
                ChartPlan.PLOT_HEIGHT);
    }
}
