package io.github.latentconvergence.plot;

import io.github.latentconvergence.analysis.Analysis;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Step norm over iterations, a curve for each token, and where the arithmetic ends. */
final class StepNormCurves {
    private static final Ink FLOOR = Ink.dashes(Palette.GREEN, 2.4, 5.5);

    private StepNormCurves() {}

    static ChartPlan of(Analysis analysis) {
        Sheaf sheaf = Sheaf.of(analysis.stepNorms());
        SheafLayers curves = new SheafLayers(sheaf);
        OptionalDouble floor = analysis.summary().floor();
        double log = floor.isPresent() ? StrictMath.log10(floor.getAsDouble()) : Double.NaN;
        if (floor.isPresent()) {
            curves.addAll(axes -> List.of(new Mark.Drawing("floor",
                    Axes.line(axes.plot().x(), axes.y(log), axes.plot().right(), axes.y(log)), FLOOR)));
            curves.legend()
                    .add(ChartPlan.line(FLOOR, "arithmetic floor, median of the " + analysis.summary().atFloor() + " tokens that have one: "
                            + String.format(Locale.ROOT, "%.3g", floor.getAsDouble())));
        } else {
            curves.legend().add(LegendEntry.note("no token has come to an arithmetic floor"));
        }
        curves.legend().addAll(ChartPlan.notes(sheaf.notes("step norms")));
        String caption = "How far each state moves in one iteration: while it falls the token contracts, where it levels off at the floor rounding is all that is left.";
        return new ChartPlan("Step Norms ‖s(t) − s(t−1)‖", caption, sheaf.iterationAxis(), sheaf.valueAxis("Step Norm", log),
                curves.layers(),
                curves.legend(), List.of(), ChartPlan.PLOT_HEIGHT);
    }
}
