package io.github.latentconvergence.plot;

import java.util.ArrayList;
import java.util.List;

/** The colour bar of what is coloured by iteration: the first at the bottom, the last at the top. */
final class IterationBar {
    private static final double WIDTH = 18;
    private static final double TICK = 5;
    private static final double GAP = 4;
    private static final double TITLE_GAP = 8;
    private static final int MOST_LABELS = 10;

    private final int iterations;
    private final FontSizes fonts;

    IterationBar(int iterations, FontSizes fonts) {
        this.iterations = iterations;
        this.fonts = fonts;
    }

    /** What the colours mean: those of positions, not of logarithms. */
    private ColorScale colors() {
        return new ColorScale(0, Math.max(1, iterations - 1), false, false);
    }

    /** The colour of a position. */
    int color(int iteration) {
        return colors().color(iteration);
    }

    /** Width it takes. */
    double width() {
        double label = TextMeasure.width(StyledText.EMPTY.plain(Integer.toString(iterations)), fonts.tick());
        return WIDTH + TICK + GAP + label + TITLE_GAP + TextMeasure.lineHeight(fonts.axis());
    }

    /** Its marks, with its upper left corner there. */
    List<Mark> marks(double x, double y, double height) {
        Rect bar = new Rect(x, y, WIDTH, height);
        List<Mark> marks = new ArrayList<>(List.of(new Mark.Bar(bar, colors()), new Mark.Frame(bar)));
        double room = Math.clamp(height / (2 * TextMeasure.lineHeight(fonts.tick())), 1, MOST_LABELS);
        int step = NiceSteps.atLeast(iterations / room);
        for (int t = 0; t < iterations; t += step) {
            double at = bar.bottom() - t / colors().high() * height;
            marks.add(new Mark.Tick(bar.right(), at, bar.right() + TICK, at));
            StyledText label = StyledText.EMPTY.plain(Integer.toString(t));
            marks.add(new Mark.Text(label, bar.right() + TICK + GAP, at, Mark.Anchor.START, fonts.tick(), false));
        }
        StyledText title = StyledText.EMPTY.plain(Wording.axisTitle());
        double size = Math.min(fonts.axis(), fonts.axis() * height / TextMeasure.width(title, fonts.axis()));
        marks.add(new Mark.Text(title, x + width() - TextMeasure.lineHeight(fonts.axis()) / 2, bar.centerY(), Mark.Anchor.MIDDLE, size,
                true));
        return marks;
    }
}
