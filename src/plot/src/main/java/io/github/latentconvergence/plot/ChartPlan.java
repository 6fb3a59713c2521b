package io.github.latentconvergence.plot;

import io.github.latentconvergence.analysis.TokenAnalysis;
import java.util.ArrayList;
import java.util.List;

/**
 * What a chart shows, before anything has a place.
 *
 * @param title above it
 * @param caption how it is read, a sentence
 * @param layers drawn in this order; those of unknown places are asked once the axes are known
 * @param legend what lines and markers mean, then notes
 * @param ends texts at the right of the plot, for curves that end there
 * @param plotHeight in figure units, for charts that need more for more rows
 */
record ChartPlan(String title, String caption, Axis x, Axis y, List<Axes.Layer> layers, List<LegendEntry> legend, List<End> ends,
        double plotHeight) {
    static final double PLOT_HEIGHT = 360;

    /** The name of a curve that ends at a value of y. */
    record End(double value, StyledText name) {}

    ChartPlan {
        layers = List.copyOf(layers);
        legend = List.copyOf(legend);
        ends = List.copyOf(ends);
    }

    ChartPlan withTitle(String other) {
        return new ChartPlan(other, caption, x, y, layers, legend, ends, plotHeight);
    }

    /** The text of a token and, quietly, its index, which tells equal tokens apart; a token without a text of its own has its index for one. */
    static StyledText name(TokenAnalysis token, int longest) {
        String index = Integer.toString(token.index());
        StyledText text = TokenText.of(token.text(), longest);
        return token.text().equals(index) ? text : text.quiet("  " + index);
    }

    /** A legend entry for a line. */
    static LegendEntry line(Ink ink, String text) {
        return LegendEntry.of(
                area -> List.of(new Mark.Drawing("key", Axes.line(area.x(), area.centerY(), area.right(), area.centerY()), ink)), text);
    }

    /** A legend entry for a marker. */
    static LegendEntry marker(Markers shape, double size, int color, String text) {
        return LegendEntry.of(
                area -> List.of(new Mark.Drawing("key", shape.at(area.centerX(), area.centerY(), size), Ink.marker(color))), text);
    }

    /** Notes that say something. */
    static List<LegendEntry> notes(String... notes) {
        List<LegendEntry> entries = new ArrayList<>();
        for (String note : notes) {
            if (!note.isEmpty()) {
                entries.add(LegendEntry.note(note));
            }
        }
        return entries;
    }
}
