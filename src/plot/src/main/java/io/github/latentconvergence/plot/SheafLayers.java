package io.github.latentconvergence.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How a sheaf of curves is drawn: every curve where they can be told from one another, else the range they are in; median and quartiles over them. */
final class SheafLayers {
    /** More curves than this are one grey area, and a large file. */
    static final int MOST_CURVES = 160;
    /** Fewer have no quartiles to speak of. */
    private static final int FEWEST_FOR_QUARTILES = 4;
    private static final Ink TOKEN = Ink.curve(Palette.MANY, 1);
    private static final Ink MEDIAN = Ink.curve(Palette.BLUE, 3);
    private static final Ink QUARTILE = Ink.dashes(Palette.BLUE, 1.6, 5);

    private final Sheaf sheaf;
    private final double[] xs;
    private final List<Axes.Layer> layers = new ArrayList<>();
    private final List<LegendEntry> legend = new ArrayList<>();

    SheafLayers(Sheaf sheaf) {
        this.sheaf = sheaf;
        this.xs = sheaf.iterations();
        int count = sheaf.tokens().length;
        if (count > MOST_CURVES) {
            range("range", 0, 1, Palette.PALE, "all " + count + " tokens are in here: too many for a curve each");
            range("most", 0.05, 0.95, Palette.MANY, "nine in ten tokens");
        } else {
            for (int i : sheaf.tokens()) {
                draw("token", sheaf.curve(i), TOKEN);
            }
            legend.add(ChartPlan.line(TOKEN, "one token"));
        }
        if (count >= FEWEST_FOR_QUARTILES) {
            draw("quartile", sheaf.over(q -> q.at(0.25)), QUARTILE);
            draw("quartile", sheaf.over(q -> q.at(0.75)), QUARTILE);
            legend.add(ChartPlan.line(QUARTILE, "quartiles"));
        }
        if (count > 1) {
            draw("median", sheaf.over(Quantiles::median), MEDIAN);
            legend.add(ChartPlan.line(MEDIAN, "median"));
        }
    }

    List<Axes.Layer> layers() {
        return layers;
    }

    List<LegendEntry> legend() {
        return legend;
    }

    /** On top of all there is. */
    void addAll(Axes.Layer layer) {
        layers.add(layer);
    }

    /** A curve on top of all there is. */
    void draw(String name, double[] ys, Ink ink) {
        layers.add(axes -> List.of(new Mark.Drawing(name, axes.curve(xs, ys), ink)));
    }

    private void range(String name, double from, double to, int color, String meaning) {
        double[] low = sheaf.over(fraction(from));
        double[] high = sheaf.over(fraction(to));
        layers.add(axes -> List.of(new Mark.Drawing(name, axes.between(xs, low, high), Ink.area(color))));
        legend.add(LegendEntry.of(area -> List.of(new Mark.Fill(area, color)), meaning));
    }

    private static ToDoubleFunction<Quantiles> fraction(double fraction) {
        return quantiles -> quantiles.at(fraction);
    }
}
