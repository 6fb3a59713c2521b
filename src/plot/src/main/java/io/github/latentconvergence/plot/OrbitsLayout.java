package io.github.latentconvergence.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lays out orbits: a row of panels for each token, the colour bar at the right, the legend below. */
final class OrbitsLayout {
    /** Components shown, two in each panel. */
    static final int COMPONENTS = 6;
    private static final double MARGIN = 16;
    private static final double SIDE = 230;
    private static final double GAP = 18;
    private static final double ROW_GAP = 12;
    private static final double HEADER_GAP = 9;

    private final List<Orbit> orbits;
    private final FontSizes fonts = FontSizes.normal();
    private final IterationBar bar;
    private final int iterations;

    private OrbitsLayout(List<Orbit> orbits) {
        this.orbits = orbits;
        this.iterations = orbits.getFirst().components().iterations();
        this.bar = new IterationBar(iterations, fonts);
    }

    /** @param note a line below, empty for none */
    static FigureLayout of(List<Orbit> orbits, String title, String note) {
        return new OrbitsLayout(orbits).arrange(title, note);
    }

    private FigureLayout arrange(String title, String note) {
        double titleHeight = title.isEmpty() ? 0 : TextMeasure.lineHeight(fonts.title()) + HEADER_GAP;
        double header = TextMeasure.lineHeight(fonts.axis()) + HEADER_GAP;
        double rowHeight = header + SIDE + OrbitPanel.below(fonts);
        double[] lefts = lefts();
        double right = lefts[lefts.length - 1] + SIDE;
        double top = MARGIN + titleHeight;
        int width = (int) Math.ceil(right + GAP + bar.width() + MARGIN);
        double bottom = top + orbits.size() * rowHeight + (orbits.size() - 1) * ROW_GAP;
        Legend legend = new Legend(legend(note), width - 2 * MARGIN, fonts);
        int height = (int) Math.ceil(bottom + legend.height() + MARGIN);
        Rect page = new Rect(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN);

        List<Mark> marks = new ArrayList<>();
        double center = (lefts[0] + right) / 2;
        if (!title.isEmpty()) {
            marks.add(Titles.centered(title, center, MARGIN + TextMeasure.lineHeight(fonts.title()) / 2, fonts.title(), page));
        }
        for (int n = 0; n < orbits.size(); n++) {
            double y = Math.rint(top + n * (rowHeight + ROW_GAP));
            header(orbits.get(n), lefts[0], right, y, marks);
            for (int k = 0; k < lefts.length; k++) {
                marks.addAll(panel(orbits.get(n), k).marks(new Rect(lefts[k], y + header, SIDE, SIDE), bar));
            }
        }
        double barTop = Math.rint(top + header);
        marks.addAll(bar.marks(right + GAP, barTop, Math.rint(bottom - OrbitPanel.below(fonts)) - barTop));
        marks.addAll(legend.marks(center, bottom, page));
        String name = title.isEmpty() ? Orbits.TITLE : title;
        return new FigureLayout(width, height, name, description(), marks);
    }

    /** The left edge of each column's plots. */
    private double[] lefts() {
        double[] lefts = new double[COMPONENTS / 2];
        double x = MARGIN;
        for (int k = 0; k < lefts.length; k++) {
            int column = k;
            x += orbits.stream().mapToDouble(o -> panel(o, column).left()).max().orElse(0);
            lefts[k] = Math.rint(x);
            x = lefts[k] + SIDE + GAP;
        }
        return lefts;
    }

    private OrbitPanel panel(Orbit orbit, int column) {
        return new OrbitPanel(orbit, 2 * column, fonts);
    }

    private void header(Orbit orbit, double left, double right, double y, List<Mark> marks) {
        double middle = y + TextMeasure.lineHeight(fonts.axis()) / 2;
        StyledText position = StyledText.EMPTY.plain("token " + orbit.token());
        StyledText share = StyledText.EMPTY.plain(share(orbit.components()));
        double shareWidth = TextMeasure.width(share, fonts.tick());
        double at = left + TextMeasure.width(position, fonts.tick()) + GAP;
        StyledText text = TextMeasure.fit(orbit.text(), fonts.axis(), right - shareWidth - GAP - at);
        marks.add(new Mark.Text(position, left, middle, Mark.Anchor.START, fonts.tick(), false));
        marks.add(new Mark.Text(text, at, middle, Mark.Anchor.START, fonts.axis(), false));
        marks.add(new Mark.Text(share, right, middle, Mark.Anchor.END, fonts.tick(), false));
    }

    private static String share(PrincipalComponents components) {
        if (components.isConstant()) {
            return "all states are the same";
        }
        double sum = 0;
        for (int k = 0; k < COMPONENTS; k++) {
            sum += components.explained(k);
        }
        return OrbitMarks.percent(Math.min(1, sum)) + " of the variance shown";
    }

    private List<LegendEntry> legend(String note) {
        List<LegendEntry> entries = new ArrayList<>(OrbitMarks.legend(iterations));
        entries.add(OrbitMarks.meanLegend());
        if (!note.isEmpty()) {
            entries.add(LegendEntry.note(note));
        }
        return entries;
    }

    private String description() {
        return String.format(Locale.ROOT,
                "Trajectories of %d tokens over %d iterations on their principal components 1 to %d, two in each panel.",
                orbits.size(), iterations, COMPONENTS);
    }
}
