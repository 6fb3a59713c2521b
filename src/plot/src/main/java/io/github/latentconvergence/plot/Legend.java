package io.github.latentconvergence.plot;

import java.util.ArrayList;
import java.util.List;

/** What the colour bar does not explain. Below the plot, in as many lines as it needs. */
final class Legend {
    private static final double GAP_ABOVE = 10;
    private static final double TEXT_GAP = 6;
    private static final double ENTRY_GAP = 24;

    private final FontSizes fonts;
    private final List<List<LegendEntry>> lines = new ArrayList<>();

    /** A legend in lines at most {@code width} wide. */
    Legend(List<LegendEntry> entries, double width, FontSizes fonts) {
        this.fonts = fonts;
        double used = Double.POSITIVE_INFINITY;
        for (LegendEntry entry : entries) {
            if (used + ENTRY_GAP + width(entry) > width) {
                lines.add(new ArrayList<>());
                used = -ENTRY_GAP;
            }
            lines.getLast().add(entry);
            used += ENTRY_GAP + width(entry);
        }
    }

    /** Height it takes, 0 if there is nothing to explain. */
    double height() {
        return lines.isEmpty() ? 0 : GAP_ABOVE + lines.size() * lineHeight();
    }

    /** Its marks from {@code top} on, each line centred on {@code centerX} as far as the page allows. */
    List<Mark> marks(double centerX, double top, Rect page) {
        List<Mark> marks = new ArrayList<>();
        double sample = sampleSize();
        double y = top + GAP_ABOVE + lineHeight() / 2;
        for (List<LegendEntry> line : lines) {
            double width = line.stream().mapToDouble(this::width).sum() + ENTRY_GAP * (line.size() - 1);
            double x = Math.max(page.x(), Math.min(centerX - width / 2, page.right() - width));
            for (LegendEntry entry : line) {
                Rect area = new Rect(Math.rint(x), Math.rint(y - sample / 2), sample, sample);
                entry.sample().ifPresent(s -> marks.addAll(s.in(area)));
                double textX = x + width(entry) - TextMeasure.width(entry.text(), fonts.tick());
                marks.add(new Mark.Text(entry.text(), textX, y, Mark.Anchor.START, fonts.tick(), false));
                x += width(entry) + ENTRY_GAP;
            }
            y += lineHeight();
        }
        return marks;
    }

    private double width(LegendEntry entry) {
        return (entry.sample().isPresent() ? sampleSize() + TEXT_GAP : 0) + TextMeasure.width(entry.text(), fonts.tick());
    }

    private double sampleSize() {
        return Math.rint(fonts.tick());
    }

    private double lineHeight() {
        return TextMeasure.lineHeight(fonts.tick()) + 5;
    }
}
