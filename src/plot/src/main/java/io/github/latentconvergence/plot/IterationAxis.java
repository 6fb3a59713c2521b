package io.github.latentconvergence.plot;

import java.util.ArrayList;
import java.util.List;

/** The x-axis: positions in the trace, numbered in nice steps. */
final class IterationAxis {
    private static final int MOST_LABELS = 10;
    private static final double TICK = 5;
    private static final double GAP = 4;

    private final int iterations;
    private final String title;
    private final String note;
    private final FontSizes fonts;

    IterationAxis(int iterations, String title, String note, FontSizes fonts) {
        this.iterations = iterations;
        this.title = title;
        this.note = note;
        this.fonts = fonts;
    }

    /** Height it takes below the plot. */
    double height() {
        double noteHeight = note.isEmpty() ? 0 : TextMeasure.lineHeight(fonts.tick());
        return TICK + GAP + TextMeasure.lineHeight(fonts.tick()) + GAP + TextMeasure.lineHeight(fonts.axis()) + noteHeight;
    }

    /** Its marks below a plot whose columns are {@code columnWidth} wide and hold {@code bin} iterations each. */
    List<Mark> marks(Rect plot, double columnWidth, int bin, Rect page) {
        List<Mark> marks = new ArrayList<>(ticks(plot, columnWidth, bin));
        marks.addAll(titles(plot.centerX(), plot.bottom(), page));
        return marks;
    }

    /** The same without its title. */
    List<Mark> ticks(Rect plot, double columnWidth, int bin) {
        List<Mark> marks = new ArrayList<>();
        StyledText widest = StyledText.EMPTY.plain(Integer.toString(iterations));
        double room = plot.width() / (1.5 * TextMeasure.width(widest, fonts.tick()));
        int step = NiceSteps.atLeast(iterations / Math.clamp(room, 1, MOST_LABELS));
        double y = plot.bottom() + TICK + GAP + TextMeasure.lineHeight(fonts.tick()) / 2;
        for (int t = 0; t < iterations; t += step) {
            double x = plot.x() + (t + 0.5) / bin * columnWidth;
            marks.add(new Mark.Tick(x, plot.bottom(), x, plot.bottom() + TICK));
            marks.add(new Mark.Text(StyledText.EMPTY.plain(Integer.toString(t)), x, y, Mark.Anchor.MIDDLE, fonts.tick(), false));
        }
        return marks;
    }

    /** Its title and what is said below that, about {@code centerX}, below plots that end at {@code bottom}. */
    List<Mark> titles(double centerX, double bottom, Rect page) {
        List<Mark> marks = new ArrayList<>();
        double y = bottom + TICK + GAP + TextMeasure.lineHeight(fonts.tick()) + GAP + TextMeasure.lineHeight(fonts.axis()) / 2;
        marks.add(Titles.centered(title, centerX, y, fonts.axis(), page));
        if (!note.isEmpty()) {
            y += (TextMeasure.lineHeight(fonts.axis()) + TextMeasure.lineHeight(fonts.tick())) / 2;
            marks.add(Titles.centered(note, centerX, y, fonts.tick(), page));
        }
        return marks;
    }
}
