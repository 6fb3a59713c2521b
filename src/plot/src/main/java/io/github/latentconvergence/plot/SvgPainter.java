package io.github.latentconvergence.plot;

import java.awt.Color;
import java.awt.geom.Path2D;
import java.nio.charset.StandardCharsets;
import java.text.Bidi;
import java.util.Locale;

/**
 * Draws marks as SVG that needs nothing else: no script, style sheet, font or image. Text stays text, in fonts that are nowhere wider than those it was measured in by much;
 * overlays are groups of their own.
 */
final class SvgPainter {
    /** Names that the patterns of masked cells and of hatched areas end with. */
    private static final String MASKED = "-masked";
    private static final String HATCH = "-hatch";
    private static final String FONTS = "Helvetica, Arial, 'DejaVu Sans', sans-serif";
    private static final int LINE = 0x444444;
    /** Superscripts: their size, and how far they are raised, as a share of the text's size. */
    private static final double RAISED_SIZE = 0.66;
    private static final double RAISED_BY = 0.33;

    private final SvgWriter out;
    private final String id;
    private final SvgCells cells;

    /** @param id begins the names of its parts */
    private SvgPainter(SvgWriter out, String id) {
        this.out = out;
        this.id = id;
        this.cells = new SvgCells(out, id + MASKED);
    }

    /** A sheet as a file, on white. */
    static byte[] paint(Sheet sheet) {
        SvgWriter out = SvgWriter.document();
        out.begin("svg").with("xmlns", "http://www.w3.org/2000/svg");
        return new SvgPainter(out, "lc").rest(sheet).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A sheet as an element of a page.
     *
     * @param id begins the names of its parts, which are of a page of several
     */
    static String inline(Sheet sheet, String id) {
        SvgWriter out = SvgWriter.fragment();
        out.begin("svg");
        return new SvgPainter(out, id).rest(sheet).strip();
    }

    private String rest(Sheet layout) {
        out.with("width", layout.width()).with("height", layout.height())
                .with("viewBox", "0 0 " + layout.width() + " " + layout.height()).with("role", "img")
                .with("aria-labelledby", id + "-title " + id + "-desc").with("font-family", FONTS).with("xml:space", "preserve");
        out.begin("title").with("id", id + "-title").text(words(layout.name())).end();
        out.begin("desc").with("id", id + "-desc").text(words(layout.description())).end();
        if (layout.marks().stream().anyMatch(SvgPainter::needsPatterns)) {
            out.begin("defs");
            pattern(id + MASKED, CellPainter.HATCH, CellKind.MASKED.ink(), 1);
            pattern(id + HATCH, Mark.Hatch.APART, Mark.Hatch.COLOR, Mark.Hatch.WIDTH);
            out.end();
        }
        fill(new Mark.Fill(new Rect(0, 0, layout.width(), layout.height()), 0xffffff));
        layout.marks().forEach(this::paint);
        return out.end().toString();
    }

    private static boolean needsPatterns(Mark mark) {
        return mark instanceof Mark.Cells || mark instanceof Mark.Swatch || mark instanceof Mark.Hatch;
    }

    private static String words(String prose) {
        return TokenText.sentence(prose, 1000).characters();
    }

    /** Diagonals where x + y is a multiple of {@code apart}. */
    private void pattern(String name, double apart, int color, double width) {
        out.begin("pattern").with("id", name).with("patternUnits", "userSpaceOnUse").with("width", apart).with("height", apart);
        String s = SvgWriter.number(apart);
        String d = String.format(Locale.ROOT, "M-1 1L1 -1M0 %1$sL%1$s 0M%2$s %3$sL%3$s %2$s", s, SvgWriter.number(apart - 1),
                SvgWriter.number(apart + 1));
        out.begin("path").withColor("stroke", color).with("stroke-width", width).with("d", d).end();
        out.end();
    }

    private void paint(Mark mark) {
        switch (mark) {
            case Mark.Text text -> text(text);
            case Mark.Tick tick -> out.begin("path").withColor("stroke", LINE).with("shape-rendering", "crispEdges").with("d",
                    "M" + SvgWriter.number(tick.x1()) + " " + SvgWriter.number(tick.y1()) + "L" + SvgWriter.number(tick.x2()) + " "
                            + SvgWriter.number(tick.y2()))
                    .end();
            case Mark.Frame frame -> {
                Rect area = frame.area();
                out.begin("rect").with("x", area.x() - 0.5).with("y", area.y() - 0.5).with("width", area.width() + 1)
                        .with("height", area.height() + 1).with("fill", "none").withColor("stroke", LINE).end();
            }
            case Mark.Arrow arrow -> out.begin("path").withColor("fill", arrow.color()).withColor("stroke", LINE)
                    .with("d", SvgPath.of(arrow.outline())).end();
            case Mark.Fill fill -> fill(fill);
            case Mark.Drawing drawing -> drawing(drawing);
            case Mark.Hatch hatch -> {
                StringBuilder d = new StringBuilder();
                hatch.areas().forEach(a -> SvgPath.rectangle(d, a.x(), a.y(), a.width(), a.height()));
                out.begin("path").with("class", hatch.name()).with("fill", "url(#" + id + HATCH + ")").with("d", d.toString()).end();
            }
            case Mark.Trail trail -> trail(trail);
            case Mark.Swatch swatch -> cells.swatch(swatch);
            case Mark.Cells grid -> cells.cells(grid);
            case Mark.Bar bar -> cells.bar(bar);
        }
    }

    private void fill(Mark.Fill fill) {
        Rect area = fill.area();
        out.begin("rect").with("x", area.x()).with("y", area.y()).with("width", area.width()).with("height", area.height())
                .withColor("fill", fill.color()).end();
    }

    private void drawing(Mark.Drawing drawing) {
        Ink ink = drawing.ink();
        String d = SvgPath.of(drawing.path());
        out.begin("g").with("class", drawing.name());
        if (ink.under() != Ink.NONE) {
            out.begin("path").with("fill", "none").withColor("stroke", ink.under()).with("stroke-width", ink.underWidth()).with("d", d)
                    .end();
        }
        out.begin("path").withColor("fill", ink.fill()).withColor("stroke", ink.line());
        if (ink.line() != Ink.NONE) {
            out.with("stroke-width", ink.width());
        }
        if (ink.round()) {
            out.with("stroke-linejoin", "round");
        }
        if (ink.dash() > 0) {
            out.with("stroke-dasharray", ink.dash());
        }
        out.with("d", d).end();
        out.end();
    }

    private void trail(Mark.Trail trail) {
        double edge = trail.edgeWidth();
        out.begin("g").with("class", trail.name()).with("fill", "none").with("stroke-linecap", "round").with("stroke-linejoin", "round");
        Path2D dots = new Path2D.Double();
        trail.points().forEach(p -> dots.append(trail.dot(p, edge), false));
        out.begin("path").withColor("stroke", trail.edge()).with("stroke-width", trail.width() + 2 * edge)
                .with("d", SvgPath.of(trail.line()))
                .end();
        out.begin("path").withColor("fill", trail.edge()).with("d", SvgPath.of(dots)).end();
        out.begin("g").with("stroke-width", trail.width());
        for (int n = 1; n < trail.points().size(); n++) {
            out.begin("path").withColor("stroke", trail.points().get(n).color()).with("d", SvgPath.of(trail.piece(n))).end();
        }
        out.end();
        for (Mark.Trail.Point point : trail.points()) {
            out.begin("circle").with("cx", point.x()).with("cy", point.y()).with("r", trail.dot()).withColor("fill", point.color()).end();
        }
        out.end();
    }

    private void text(Mark.Text text) {
        if (text.text().isEmpty()) {
            return;
        }
        double baseline = TextMeasure.baseline(text.size());
        out.begin("text");
        if (text.upward()) {
            out.with("transform",
                    "translate(" + SvgWriter.number(text.x() + baseline) + " " + SvgWriter.number(text.y()) + ") rotate(-90)");
        } else {
            out.with("x", text.x()).with("y", text.y() + baseline);
        }
        out.with("font-size", text.size()).withColor("fill", rgb(TextMeasure.INK));
        anchor(text);
        for (StyledText.Run run : text.text().runs()) {
            switch (run.style()) {
                case PLAIN -> out.text(run.text());
                case QUIET -> out.begin("tspan").withColor("fill", rgb(TextMeasure.PALE)).text(run.text()).end();
                // Superscripts end their texts: nothing needs to come down again.
                case RAISED -> out.begin("tspan").with("font-size", RAISED_SIZE * text.size()).with("dy", -RAISED_BY * text.size())
                        .text(run.text()).end();
            }
        }
        out.end();
    }

    /** A text is written in the direction of its first letter, as it was measured; start and end are then those of this direction. */
    private void anchor(Mark.Text text) {
        boolean leftToRight = new Bidi(text.text().characters(), Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT).baseIsLeftToRight();
        if (!leftToRight) {
            out.with("direction", "rtl");
        }
        if (text.anchor() == Mark.Anchor.MIDDLE) {
            out.with("text-anchor", "middle");
        } else if (leftToRight == (text.anchor() == Mark.Anchor.END)) {
            out.with("text-anchor", "end");
        }
    }

    private static int rgb(Color color) {
        return color.getRGB() & 0xffffff;
    }
}
