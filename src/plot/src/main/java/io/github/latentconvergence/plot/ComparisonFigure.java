package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.analysis.TraceComparison;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Two runs of the same tokens side by side: their heatmaps in the same colours, and beside them how many times as far from its reference each state of the second is as that of the
 * first, from orange (the first is farther) over near-white (as far) to purple (the second is farther).
 *
 * <p><b>Shape</b>: a row for each token, a column for each iteration that one of them has; where one run is shorter, its cells end sooner, and so do those of the ratio. <b>Unit</b>: colours
 * are log10 of distances, and of their ratio; sizes are in figure units, of which each is {@link #withScale scale} pixels wide. <b>Large matrices</b>: where there are more tokens or
 * iterations than pixels, neighbours share one and show their maximum, of ratios the one farthest from 1, and the figure says so. <b>Zeros, NaN, infinities, self-reference and masked
 * cells</b> of a run are drawn as in a {@link Heatmap}; where one of the two is such a cell, the ratio is grey, and the legend says why and how often. <b>Tokens and names</b>: any text
 * is safe. The same input gives the same bytes on the same machine. <b>Threads</b>: immutable, use from any thread. <b>Fonts and display</b>: as for a {@link Heatmap}.
 */
public final class ComparisonFigure {
    private final ComparisonRequest request;
    private final Optional<TraceComparison> paths;

    private ComparisonFigure(ComparisonRequest request, Optional<TraceComparison> paths) {
        this.request = request;
        this.paths = paths;
    }

    private ComparisonFigure(ComparisonRequest request) {
        this(request, Optional.empty());
    }

    /**
     * Two runs, called A and B, in the range of both together.
     *
     * @param a distances of one run to its own reference
     * @param b distances of the other, measured alike
     * @param tokens the text of every token; copied
     * @throws IllegalArgumentException if they have other tokens than each other or there is not one text for each; or if their distances do not compare: other metrics, references
     *         of other kinds, other normalisations, or a first state that is s_0 in one alone
     */
    public static ComparisonFigure of(ConvergenceMatrix a, ConvergenceMatrix b, List<String> tokens) {
        if (a.tokens() != b.tokens()) {
            throw new IllegalArgumentException(a + " beside " + b + ": expected runs of the same tokens");
        }
        boolean sameReference = a.reference().label().equals(b.reference().label());
        boolean sameNormalization = a.normalization().label().equals(b.normalization().label());
        if (!a.metric().equals(b.metric()) || !sameReference || !sameNormalization) {
            throw new IllegalArgumentException(a + " of states normalised by " + a.normalization().label() + " beside " + b
                    + " of states normalised by " + b.normalization().label()
                    + ": expected the same metric, kind of reference and normalization");
        }
        if (a.hasS0().isPresent() && b.hasS0().isPresent() && !a.hasS0().equals(b.hasS0())) {
            throw new IllegalArgumentException("only the " + (a.hasS0().get() ? "first" : "second")
                    + " run begins with its initial state s_0: its iterations are one off from those of the other");
        }
        Heatmap.requireTextForEach(a, tokens);
        return new ComparisonFigure(new ComparisonRequest(new Ratios(a, b), List.copyOf(tokens)));
    }

    /**
     * Two runs that were compared: their own distances, and on a page what was concluded.
     *
     * @param tokens the text of every token; copied
     * @throws IllegalArgumentException if there is not one text for each token
     */
    public static ComparisonFigure of(TraceComparison compared, List<String> tokens) {
        return new ComparisonFigure(of(compared.ownA(), compared.ownB(), tokens).request, Optional.of(compared));
    }

    /**
     * With names of the two, in place of A and B.
     *
     * @throws IllegalArgumentException if one is blank
     */
    public ComparisonFigure withNames(String a, String b) {
        if (a.isBlank() || b.isBlank()) {
            throw new IllegalArgumentException("names '" + a + "' and '" + b + "' of two runs: expected two texts");
        }
        return with(request.withNames(a, b));
    }

    /** With another title; an empty one leaves none. */
    public ComparisonFigure withTitle(String title) {
        return with(request.withTitle(Objects.requireNonNull(title)));
    }

    /**
     * With colours of both runs from one distance to another, as {@link Heatmap#withRange}. Those of ratios are as before.
     *
     * @throws IllegalArgumentException unless {@code 0 < low < high < infinity}, and far enough apart for their logarithms to differ
     */
    public ComparisonFigure withRange(double low, double high) {
        Heatmap.requireRange(low, high);
        return with(request.withRange(new HeatmapRequest.Range(low, high)));
    }

    /** With other colours of distances. Those of ratios are as before. */
    public ComparisonFigure withColors(ColorMap colors) {
        return with(request.withMap(Objects.requireNonNull(colors)));
    }

    /**
     * With a size in figure units: pixels, unless a {@link #withScale scale} is set.
     *
     * @throws IllegalArgumentException if it is smaller than 320 x 240 or a side is larger than 20000
     */
    public ComparisonFigure withSize(int width, int height) {
        Heatmap.requireSize(width, height);
        return with(request.withSize(width, height));
    }

    /**
     * With {@code scale} pixels to the figure unit (default 1), in a PNG, as {@link Heatmap#withScale}.
     *
     * @throws IllegalArgumentException unless {@code 0.5 <= scale <= 16}
     */
    public ComparisonFigure withScale(double scale) {
        return with(request.withScale(FigureLayout.requireScale(scale)));
    }

    /**
     * Writes the figure by its extension: {@code .png}, {@code .svg}, or {@code .html}, a page with the figure and what was concluded. The file is complete or absent: it is written
     * under another name in the same folder and moved, replacing what was there.
     *
     * @throws IllegalArgumentException if the extension is another, the image would be too large, or a size that was asked for too small for the texts
     * @throws IOException if it cannot be written; what was there before is then as it was
     */
    public void write(Path file) throws IOException {
        AtomicFile.write(file, switch (FigureFormat.of(file)) {
            case PNG -> PngEncoder.encode(toImage(), request.scale());
            case SVG -> SvgPainter.paint(layout());
            case HTML -> html().getBytes(StandardCharsets.UTF_8);
        });
    }

    /**
     * The figure as an image of type {@code TYPE_INT_RGB}.
     *
     * @throws IllegalArgumentException if it would be too large, or a size that was asked for is too small for the texts
     * @throws IllegalStateException if a display is named that cannot be reached
     */
    public BufferedImage toImage() {
        return FigureLayout.image(layout(), request.scale());
    }

    ComparisonLayout layout() {
        return ComparisonLayout.of(request);
    }

    /** The whole page. */
    String html() {
        return ComparisonPage.html(request, paths);
    }

    private ComparisonFigure with(ComparisonRequest other) {
        return new ComparisonFigure(other, paths);
    }
}
