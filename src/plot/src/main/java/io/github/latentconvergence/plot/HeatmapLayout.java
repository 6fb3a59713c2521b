package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * Where everything on a heatmap is. Computed once, before anything is drawn and whatever draws it.
 *
 * @param width of the figure in its units
 * @param height likewise
 * @param plot the area of the cells
 * @param bar the area of the colour bar
 * @param grid the cells
 * @param colors what their colours mean
 * @param name of the whole, for those who do not see it
 * @param description likewise, a sentence or two
 * @param marks everything to draw, in this order
 */
record HeatmapLayout(int width, int height, Rect plot, Rect bar, CellGrid grid, ColorScale colors, String name, String description,
        List<Mark> marks) implements Sheet {
    private static final double MARGIN = 16;
    private static final double TITLE_GAP = 10;
    /** Height and width that the cells get at least. */
    private static final double SMALLEST = 24;

    /** Lays out a heatmap. */
    static HeatmapLayout of(HeatmapRequest request) {
        ColorScale colors = request.colors();
        FontSizes fonts = request.hasSize() ? FontSizes.in(request.width(), request.height()) : FontSizes.normal();
        HeatmapLayout settled = Shown.settled(shown -> arrange(request, colors, fonts, shown),
                layout -> new Shown(layout.grid.shown(), Wording.downsampling(layout.grid.binTokens(), layout.grid.binIterations())));
        return Sides.within(settled, request.width(), request.height());
    }

    private static HeatmapLayout arrange(HeatmapRequest request, ColorScale colors, FontSizes fonts, Shown shown) {
        ConvergenceMatrix matrix = request.matrix();
        double scale = request.scale();
        boolean chosen = request.hasSize();
        double titleHeight = request.title().isEmpty() ? 0 : TextMeasure.lineHeight(fonts.title());
        double top = Sides.snap(MARGIN + titleHeight + Math.max(TITLE_GAP, colors.above() ? ColorBar.overhang() : 0), scale);
        IterationAxis axis = new IterationAxis(matrix.iterations(), Wording.axisTitle(), Wording.axisNote(matrix), fonts);

        double likelyWidth = chosen ? request.width() : DefaultSize.plotWidth(matrix.iterations()) + 200;
        Legend legend = new Legend(legend(request, colors, shown), likelyWidth - 2 * MARGIN, fonts);
        double below = axis.height() + legend.height() + MARGIN;
        double plotHeight = Sides.snap(
                chosen ? Math.max(SMALLEST, request.height() - top - below) : DefaultSize.plotHeight(matrix.tokens()),
                scale);
        int binTokens = Math.ceilDiv(matrix.tokens(), (int) Math.max(1, Math.rint(plotHeight * scale)));
        double rowHeight = plotHeight / Math.ceilDiv(matrix.tokens(), binTokens);

        RowLabels labels = new RowLabels(request.tokens(), binTokens, rowHeight, likelyWidth, fonts);
        BandBrackets brackets = new BandBrackets(request.overlays().of(Overlay.BAND), fonts);
        ColorBar bar = new ColorBar(colors, Wording.barTitle(matrix), plotHeight, brackets.width(), fonts);
        double left = Sides.snap(MARGIN + labels.width(), scale);
        double right = bar.width() + MARGIN;
        double plotWidth = Sides.snap(
                chosen ? Math.max(SMALLEST, request.width() - left - right) : DefaultSize.plotWidth(matrix.iterations()),
                scale);
        Rect plot = new Rect(left, top, plotWidth, plotHeight);
        int width = Sides.of(request.width(), left + plotWidth + right);
        int height = Sides.of(request.height(), top + plotHeight + below);
        CellGrid grid = CellGrid.of(matrix, (int) Math.rint(plotHeight * scale), (int) Math.rint(plotWidth * scale));

        Rect page = new Rect(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN);
        List<Mark> marks = new ArrayList<>();
        Placement place = new Placement(plot, grid, scale);
        marks.add(new Mark.Cells(plot, grid, colors));
        marks.addAll(new CellOverlays(matrix, place).marks(request.overlays()));
        marks.add(new Mark.Frame(plot));
        if (!request.title().isEmpty()) {
            marks.add(Titles.centered(request.title(), plot.centerX(), MARGIN + titleHeight / 2, fonts.title(), page));
        }
        marks.addAll(labels.marks(plot));
        marks.addAll(axis.marks(plot, plotWidth / grid.columns(), grid.binIterations(), page));
        marks.addAll(brackets.marks(place));
        marks.addAll(bar.marks(plot));
        marks.addAll(legend.marks(plot.centerX(), plot.bottom() + axis.height(), page));
        return new HeatmapLayout(width, height, plot, bar.area(plot), grid, colors, name(request), Wording.description(matrix, colors),
                List.copyOf(marks));
    }

    private static List<LegendEntry> legend(HeatmapRequest request, ColorScale colors, Shown shown) {
        List<LegendEntry> entries = new ArrayList<>(new OverlayLegend(colors).of(request.overlays()));
        entries.addAll(CellLegend.of(List.of(request.matrix()), shown.kinds()));
        if (!shown.note().isEmpty()) {
            entries.add(LegendEntry.note(shown.note()));
        }
        return entries;
    }

    private static String name(HeatmapRequest request) {
        return request.title().isEmpty() ? Wording.title(request.matrix()) : request.title();
    }
}
