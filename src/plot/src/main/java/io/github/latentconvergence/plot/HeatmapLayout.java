package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Where everything on a heatmap is. Computed once, before anything is drawn and whatever draws it.
 *
 * @param width of the figure in its units
 * @param height likewise
 * @param plot the area of the cells
 * @param bar the area of the colour bar
 * @param grid the cells
 * @param colors what their colours mean
 * @param marks everything to draw, in this order
 */
record HeatmapLayout(int width, int height, Rect plot, Rect bar, CellGrid grid, ColorScale colors, List<Mark> marks) {
    private static final double MARGIN = 16;
    private static final double TITLE_GAP = 10;

    /** What a layout is made from. A {@code width} and {@code height} of 0 are chosen here. */
    record Request(ConvergenceMatrix matrix, List<String> tokens, String title, ColorScale colors, int width, int height,
            double deviceScale) {}

    /** Lays out a heatmap. */
    static HeatmapLayout of(Request request) {
        boolean chosen = request.width() > 0;
        FontSizes fonts = chosen ? FontSizes.in(request.width(), request.height()) : FontSizes.normal();
        // The legend depends on what is shown, and what is shown on the room the legend leaves: settled after a round or two.
        Set<CellKind> shown = EnumSet.allOf(CellKind.class);
        String note = "";
        for (int round = 0;; round++) {
            HeatmapLayout layout = arrange(request, fonts, shown, note);
            CellGrid grid = layout.grid;
            String fitting = Wording.downsampling(grid.binTokens(), grid.binIterations());
            if (round == 4 || (grid.shown().equals(shown) && fitting.equals(note))) {
                return layout;
            }
            shown = grid.shown();
            note = fitting;
        }
    }

    private static HeatmapLayout arrange(Request request, FontSizes fonts, Set<CellKind> shown, String note) {
        ConvergenceMatrix matrix = request.matrix();
        double scale = request.deviceScale();
        boolean chosen = request.width() > 0;
        double titleHeight = request.title().isEmpty() ? 0 : TextMeasure.lineHeight(fonts.title());
        double top = snap(MARGIN + titleHeight + Math.max(TITLE_GAP, request.colors().above() ? ColorBar.overhang() : 0), scale);
        IterationAxis axis = new IterationAxis(matrix.iterations(), Wording.axisTitle(), Wording.axisNote(matrix), fonts);

        double likelyWidth = chosen ? request.width() : DefaultSize.plotWidth(matrix.iterations()) + 200;
        Legend legend = new Legend(matrix, shown, note, likelyWidth - 2 * MARGIN, fonts);
        double below = axis.height() + legend.height() + MARGIN;
        double plotHeight = snap(chosen ? request.height() - top - below : DefaultSize.plotHeight(matrix.tokens()), scale);
        int binTokens = Math.ceilDiv(matrix.tokens(), (int) Math.max(1, Math.rint(plotHeight * scale)));
        double rowHeight = plotHeight / Math.ceilDiv(matrix.tokens(), binTokens);

        RowLabels labels = new RowLabels(request.tokens(), binTokens, rowHeight, likelyWidth, fonts);
        ColorBar bar = new ColorBar(request.colors(), Wording.barTitle(matrix), plotHeight, fonts);
        double left = snap(MARGIN + labels.width(), scale);
        double right = bar.width() + MARGIN;
        double plotWidth = snap(chosen ? request.width() - left - right : DefaultSize.plotWidth(matrix.iterations()), scale);
        Rect plot = new Rect(left, top, plotWidth, plotHeight);
        int width = chosen ? request.width() : (int) Math.ceil(left + plotWidth + right);
        int height = chosen ? request.height() : (int) Math.ceil(top + plotHeight + below);
        CellGrid grid = CellGrid.of(matrix, (int) Math.rint(plotHeight * scale), (int) Math.rint(plotWidth * scale));

        Rect page = new Rect(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN);
        List<Mark> marks = new ArrayList<>();
        marks.add(new Mark.Cells(plot, grid, request.colors()));
        marks.add(new Mark.Frame(plot));
        if (!request.title().isEmpty()) {
            marks.add(Titles.centered(request.title(), plot.centerX(), MARGIN + titleHeight / 2, fonts.title(), page));
        }
        marks.addAll(labels.marks(plot));
        marks.addAll(axis.marks(plot, plotWidth / grid.columns(), grid.binIterations(), page));
        marks.addAll(bar.marks(plot));
        marks.addAll(legend.marks(plot.centerX(), plot.bottom() + axis.height(), page));
        return new HeatmapLayout(width, height, plot, bar.area(plot), grid, request.colors(), List.copyOf(marks));
    }

    /** The nearest whole device pixel, so that cells and their frame have sharp edges. */
    private static double snap(double length, double deviceScale) {
        return Math.rint(length * deviceScale) / deviceScale;
    }
}
