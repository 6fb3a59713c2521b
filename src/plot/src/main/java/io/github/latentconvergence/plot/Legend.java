package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the colour bar cannot explain: the kinds of cells without a log distance that the matrix has, and notes. Below the plot, in as many lines as it needs. */
final class Legend {
    private static final double GAP_ABOVE = 10;
    private static final double TEXT_GAP = 6;
    private static final double ENTRY_GAP = 24;

    private record Entry(List<CellKind> swatch, StyledText text, double width) {}

    private final FontSizes fonts;
    private final List<List<Entry>> lines = new ArrayList<>();

    /** The legend of a matrix of which these kinds of cells are {@code shown}, in lines at most {@code width} wide. */
    Legend(ConvergenceMatrix matrix, Set<CellKind> shown, String note, double width, FontSizes fonts) {
        this.fonts = fonts;
        double used = Double.POSITIVE_INFINITY;
        for (Entry entry : entries(matrix, shown, note)) {
            if (used + ENTRY_GAP + entry.width() > width) {
                lines.add(new ArrayList<>());
                used = -ENTRY_GAP;
            }
            lines.getLast().add(entry);
            used += ENTRY_GAP + entry.width();
        }
    }

    /** Height it takes, 0 if there is nothing to explain. */
    double height() {
        return lines.isEmpty() ? 0 : GAP_ABOVE + lines.size() * lineHeight();
    }

    /** Its marks from {@code top} on, each line centred on {@code centerX} as far as the page allows. */
    List<Mark> marks(double centerX, double top, Rect page) {
        List<Mark> marks = new ArrayList<>();
        double swatch = swatchSize();
        double y = top + GAP_ABOVE + lineHeight() / 2;
        for (List<Entry> line : lines) {
            double width = line.stream().mapToDouble(Entry::width).sum() + ENTRY_GAP * (line.size() - 1);
            double x = Math.max(page.x(), Math.min(centerX - width / 2, page.right() - width));
            for (Entry entry : line) {
                double textX = x;
                for (CellKind kind : entry.swatch()) {
                    Rect area = new Rect(x, y - swatch / 2, swatch, swatch);
                    marks.add(new Mark.Swatch(area, kind));
                    marks.add(new Mark.Frame(area));
                    textX += swatch + TEXT_GAP;
                }
                marks.add(new Mark.Text(entry.text(), textX, y, Mark.Anchor.START, fonts.tick(), false));
                x += entry.width() + ENTRY_GAP;
            }
            y += lineHeight();
        }
        return marks;
    }

    private List<Entry> entries(ConvergenceMatrix matrix, Set<CellKind> shown, String note) {
        Map<CellKind, Long> counts = new EnumMap<>(CellKind.class);
        for (int i = 0; i < matrix.tokens(); i++) {
            for (int t = 0; t < matrix.iterations(); t++) {
                counts.merge(CellGrid.kind(matrix, i, t), 1L, Long::sum);
            }
        }
        counts.remove(CellKind.MEASURED);
        List<Entry> entries = new ArrayList<>();
        counts.forEach((kind, count) -> {
            // A hidden NaN is still to be reported; the other kinds say nothing where they are not seen.
            if (shown.contains(kind) || kind == CellKind.NAN) {
                StyledText text = StyledText.EMPTY.plain(Wording.legend(matrix, kind, count, shown.contains(kind)));
                entries.add(new Entry(List.of(kind), text, swatchSize() + TEXT_GAP + TextMeasure.width(text, fonts.tick())));
            }
        });
        if (!note.isEmpty()) {
            StyledText text = StyledText.EMPTY.plain(note);
            entries.add(new Entry(List.of(), text, TextMeasure.width(text, fonts.tick())));
        }
        return entries;
    }

    private double swatchSize() {
        return Math.rint(fonts.tick());
    }

    private double lineHeight() {
        return TextMeasure.lineHeight(fonts.tick()) + 5;
    }
}
