package io.github.latentconvergence.plot;

import java.util.ArrayList;
import java.util.List;

/** The colour bar at the right of the plot, as high as the plot. */
final class ColorBar {
    private static final double GAP = 22;
    private static final double WIDTH = 22;
    private static final double TICK = 6;
    private static final double MINOR_TICK = 3;
    private static final double TEXT_GAP = 4;
    private static final double TITLE_GAP = 8;
    private static final double ARROW = 10;

    private final double offset;
    private final ColorScale colors;
    private final StyledText title;
    private final FontSizes fonts;
    private final List<DecadeTicks.Tick> ticks;

    /** Ticks from one log to another, of which at most so many have labels. */
    interface Ticks {
        List<DecadeTicks.Tick> between(double low, double high, int most);
    }

    /** The bar of a plot that is {@code height} high, beside something {@code offset} wide. */
    ColorBar(ColorScale colors, String title, double height, double offset, FontSizes fonts) {
        this(colors, title, DecadeTicks::between, height, offset, fonts);
    }

    /** The same with other ticks. */
    ColorBar(ColorScale colors, String title, Ticks ticks, double height, double offset, FontSizes fonts) {
        this.offset = offset;
        this.colors = colors;
        this.title = StyledText.EMPTY.plain(title);
        this.fonts = fonts;
        double apart = TextMeasure.lineHeight(fonts.tick()) * 1.2;
        List<DecadeTicks.Tick> all = ticks.between(colors.low(), colors.high(), (int) (height / apart));
        this.ticks = withoutCrowding(all, apart / height * (colors.high() - colors.low()));
    }

    /** Width it takes at the right of the plot, its distance from it included. */
    double width() {
        List<StyledText> labels = ticks.stream().map(DecadeTicks.Tick::label).toList();
        return offset + GAP + WIDTH + TICK + TEXT_GAP + TextMeasure.widest(labels, fonts.tick()) + TITLE_GAP
                + TextMeasure.lineHeight(fonts.axis());
    }

    /** Height its arrows take above and below the plot. */
    static double overhang() {
        return ARROW;
    }

    /** The coloured area beside a plot. */
    Rect area(Rect plot) {
        return new Rect(plot.right() + offset + GAP, plot.y(), WIDTH, plot.height());
    }

    /** Its marks beside a plot. */
    List<Mark> marks(Rect plot) {
        Rect bar = area(plot);
        List<Mark> marks = new ArrayList<>();
        marks.add(new Mark.Bar(bar, colors));
        marks.add(new Mark.Frame(bar));
        if (colors.above()) {
            marks.add(new Mark.Arrow(new Rect(bar.x(), bar.y() - ARROW, WIDTH, ARROW - 1), true, colors.color(colors.high())));
        }
        if (colors.below()) {
            marks.add(new Mark.Arrow(new Rect(bar.x(), bar.bottom() + 1, WIDTH, ARROW - 1), false, colors.color(colors.low())));
        }
        for (DecadeTicks.Tick tick : ticks) {
            double y = bar.y() + (colors.high() - tick.log()) / (colors.high() - colors.low()) * bar.height();
            marks.add(new Mark.Tick(bar.right(), y, bar.right() + (tick.major() ? TICK : MINOR_TICK), y));
            if (!tick.label().isEmpty()) {
                marks.add(new Mark.Text(tick.label(), bar.right() + TICK + TEXT_GAP, y, Mark.Anchor.START, fonts.tick(), false));
            }
        }
        double x = plot.right() + width() - TextMeasure.lineHeight(fonts.axis()) / 2;
        double size = Math.min(fonts.axis(), fonts.axis() * bar.height() / TextMeasure.width(title, fonts.axis()));
        marks.add(new Mark.Text(title, x, bar.centerY(), Mark.Anchor.MIDDLE, size, true));
        return marks;
    }

    /** Takes the labels from minor ticks that have a neighbour nearer than {@code apart} (in decades); labels of whole decades stay. */
    private static List<DecadeTicks.Tick> withoutCrowding(List<DecadeTicks.Tick> ticks, double apart) {
        List<Double> taken = new ArrayList<>();
        for (DecadeTicks.Tick tick : ticks) {
            if (tick.major()) {
                taken.add(tick.log());
            }
        }
        List<DecadeTicks.Tick> kept = new ArrayList<>();
        for (DecadeTicks.Tick tick : ticks) {
            boolean wanted = !tick.major() && !tick.label().isEmpty();
            boolean free = taken.stream().allMatch(t -> Math.abs(t - tick.log()) >= apart);
            if (wanted && free) {
                taken.add(tick.log());
            }
            kept.add(wanted && !free ? new DecadeTicks.Tick(tick.log(), false, StyledText.EMPTY) : tick);
        }
        return kept;
    }
}
