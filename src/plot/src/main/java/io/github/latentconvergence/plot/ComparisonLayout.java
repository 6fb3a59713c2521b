package io.github.latentconvergence.plot;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Where everything is on a comparison: from left to right the tokens, both runs, the colour bar that they share, their ratio, and its bar.
 *
 * @param panels the two runs and their ratio
 * @param bars that of the runs and that of the ratio
 */
record ComparisonLayout(int width, int height, List<Panel> panels, List<Rect> bars, String name, String description, List<Mark> marks)
        implements
            Sheet {
    private static final double MARGIN = 16;
    private static final double TITLE_GAP = 10;
    private static final double SUBTITLE_GAP = 5;
    private static final double PANEL_GAP = 18;
    private static final double BAR_GAP = 22;
    /** Height and width that the cells get at least. */
    private static final double SMALLEST = 24;

    /**
     * One map of cells.
     *
     * @param frame of all iterations that are drawn
     * @param cells of those that there are
     */
    record Panel(Rect frame, Rect cells, CellGrid grid, ColorScale colors, String subtitle) {}

    /** Lays out a comparison. */
    static ComparisonLayout of(ComparisonRequest request) {
        FontSizes fonts = request.hasSize() ? FontSizes.in(request.width(), request.height()) : FontSizes.normal();
        ColorScale distances = request.colors();
        ColorScale ratios = ColorScale.ofRatios(request.ratios());
        ComparisonLayout settled = Shown.settled(shown -> arrange(request, distances, ratios, fonts, shown), ComparisonLayout::shown);
        return Sides.within(settled, request.width(), request.height());
    }

    private Shown shown() {
        Set<CellKind> kinds = EnumSet.noneOf(CellKind.class);
        panels.forEach(panel -> kinds.addAll(panel.grid.shown()));
        CellGrid grid = panels.getLast().grid;
        return new Shown(kinds, ComparisonWording.downsampling(grid.binTokens(), grid.binIterations()));
    }

    private static ComparisonLayout arrange(ComparisonRequest request, ColorScale distances, ColorScale ratios, FontSizes fonts,
            Shown shown) {
        Ratios both = request.ratios();
        double scale = request.scale();
        boolean chosen = request.hasSize();
        double titleHeight = request.title().isEmpty() ? 0 : TextMeasure.lineHeight(fonts.title()) + TITLE_GAP;
        double overhang = distances.above() ? ColorBar.overhang() : 0;
        double top = Sides.snap(MARGIN + titleHeight + Math.max(TextMeasure.lineHeight(fonts.axis()) + SUBTITLE_GAP, overhang), scale);
        IterationAxis axis = new IterationAxis(request.iterations(), Wording.axisTitle(), Wording.axisNote(both.a()), fonts);
        double likely = chosen ? request.width() : 3 * DefaultSize.panelWidth(request.iterations()) + 320;
        Legend legend = new Legend(ComparisonWording.legend(request, shown), likely - 2 * MARGIN, fonts);
        double below = axis.height() + legend.height() + MARGIN;
        double plotHeight = Sides.snap(
                chosen ? Math.max(SMALLEST, request.height() - top - below) : DefaultSize.plotHeight(both.tokens()), scale);
        int binTokens = Math.ceilDiv(both.tokens(), (int) Math.max(1, Math.rint(plotHeight * scale)));
        double rowHeight = plotHeight / Math.ceilDiv(both.tokens(), binTokens);

        RowLabels labels = new RowLabels(request.tokens(), binTokens, rowHeight, likely, fonts);
        ColorBar bar = new ColorBar(distances, Wording.barTitle(both.a()), plotHeight, 0, fonts);
        ColorBar ratioBar = new ColorBar(ratios, ComparisonWording.barTitle(request.names(), plotHeight, fonts.axis()), RatioTicks::between,
                plotHeight, 0, fonts);
        double left = Sides.snap(MARGIN + labels.width(), scale);
        double besides = left + PANEL_GAP + bar.width() + BAR_GAP + ratioBar.width() + MARGIN;
        double panelWidth = Sides.snap(
                chosen ? Math.max(SMALLEST, (request.width() - besides) / 3 - 0.5) : DefaultSize.panelWidth(request.iterations()), scale);

        CellGrid.Bins bins = CellGrid.Bins.of(both.tokens(), request.iterations(), (int) Math.rint(plotHeight * scale),
                (int) Math.rint(panelWidth * scale));
        Rect first = new Rect(left, top, panelWidth, plotHeight);
        Rect second = new Rect(Sides.snap(first.right() + PANEL_GAP, scale), top, panelWidth, plotHeight);
        Rect third = new Rect(Sides.snap(second.right() + bar.width() + BAR_GAP, scale), top, panelWidth, plotHeight);
        List<Panel> panels = List.of(
                panel(request, first, CellGrid.of(both.a(), bins), distances, request.names().get(0)),
                panel(request, second, CellGrid.of(both.b(), bins), distances, request.names().get(1)),
                panel(request, third, CellGrid.of(both, bins), ratios, ComparisonWording.ratioTitle(request.names())));

        int width = Sides.of(request.width(), third.right() + ratioBar.width() + MARGIN);
        int height = Sides.of(request.height(), top + plotHeight + below);
        Rect page = new Rect(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN);
        double center = (first.x() + third.right()) / 2;
        List<Mark> marks = new ArrayList<>();
        for (Panel panel : panels) {
            double column = panelWidth / Math.ceilDiv(request.iterations(), bins.iterations());
            marks.addAll(marks(panel, top - SUBTITLE_GAP, fonts));
            marks.addAll(axis.ticks(panel.frame, column, bins.iterations()));
        }
        if (!request.title().isEmpty()) {
            double middle = MARGIN + TextMeasure.lineHeight(fonts.title()) / 2;
            marks.add(Titles.centered(request.title(), center, middle, fonts.title(), page));
        }
        marks.addAll(labels.marks(first));
        marks.addAll(axis.titles(center, first.bottom(), page));
        marks.addAll(bar.marks(second));
        marks.addAll(ratioBar.marks(third));
        marks.addAll(legend.marks(center, first.bottom() + axis.height(), page));
        return new ComparisonLayout(width, height, panels, List.of(bar.area(second), ratioBar.area(third)), ComparisonWording.name(request),
                ComparisonWording.description(request, distances, ratios), List.copyOf(marks));
    }

    /** The cells of a shorter run, and those of the ratio then, end where its iterations do. */
    private static Panel panel(ComparisonRequest request, Rect frame, CellGrid grid, ColorScale colors, String subtitle) {
        int all = Math.ceilDiv(request.iterations(), grid.binIterations());
        int pixels = (int) Math.rint(frame.width() * request.scale());
        double width = CellPainter.edge(grid.columns(), all, 0, pixels) / request.scale();
        return new Panel(frame, new Rect(frame.x(), frame.y(), width, frame.height()), grid, colors, subtitle);
    }

    private static List<Mark> marks(Panel panel, double subtitleBottom, FontSizes fonts) {
        double height = TextMeasure.lineHeight(fonts.axis());
        Rect above = new Rect(panel.frame.x(), subtitleBottom - height, panel.frame.width(), height);
        return List.of(new Mark.Cells(panel.cells, panel.grid, panel.colors), new Mark.Frame(panel.frame),
                Titles.centered(panel.subtitle, above.centerX(), above.centerY(), fonts.axis(), above));
    }
}
