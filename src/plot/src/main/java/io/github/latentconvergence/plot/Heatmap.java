package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.ExitReplay;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The heatmap of log distance: a row for each token, the first at the top; a column for each recorded iteration; viridis from near (dark purple) to far (yellow), or
 * other {@linkplain #withColors colours}, with a colour bar; over the cells, if wanted, what an analysis found and where an exit rule stops.
 *
 * <p><b>Unit</b>: colours are log10 of the matrix's distances, ranges are given as distances. Sizes are in figure units, of which each is {@link #withScale scale} pixels
 * wide; fonts are 12 to 20 units high. <b>Large matrices</b>: where there are more tokens or iterations than pixels, neighbours share one and show their maximum, and the
 * figure says so. <b>Zeros, NaN, infinities, self-reference and masked cells</b> have colours of their own, explained below the plot when there are any. <b>Fonts</b>:
 * the JDK's sans-serif, in SVG the viewer's; a character none of the machine's fonts has is a box. The same input gives the same bytes on the same machine. <b>Threads</b>: immutable, use
 * from any thread. <b>Display</b>: none is needed; but one that the environment names and that cannot be reached is an {@code IllegalStateException}, by Java2D's doing,
 * unless {@code java.awt.headless} is true.
 */
public final class Heatmap {
    private static final int SMALLEST_WIDTH = 320;
    private static final int SMALLEST_HEIGHT = 240;
    private static final int LARGEST_SIDE = 20_000;

    private final HeatmapRequest request;

    private Heatmap(HeatmapRequest request) {
        this.request = request;
    }

    /**
     * The heatmap of a matrix, with the default title, the data's own range and a size chosen for its number of tokens and iterations.
     *
     * @param tokens the text of every token, special tokens included; copied. Any text is safe: what cannot be seen is made visible, what is long is shortened
     * @throws IllegalArgumentException if there is not one text for each token
     */
    public static Heatmap of(ConvergenceMatrix matrix, List<String> tokens) {
        requireTextForEach(matrix, tokens);
        return new Heatmap(new HeatmapRequest(matrix, List.copyOf(tokens)));
    }

    /** With another title; an empty one leaves none. */
    public Heatmap withTitle(String title) {
        return new Heatmap(request.withTitle(Objects.requireNonNull(title)));
    }

    /**
     * With colours from one distance to another instead of the data's own range, so that figures compare. Cells beyond an end have that end's colour, and the colour bar
     * then has an arrow there.
     *
     * @param low the distance at the dark end
     * @param high the distance at the light end
     * @throws IllegalArgumentException unless {@code 0 < low < high < infinity}, and far enough apart for their logarithms to differ
     */
    public Heatmap withRange(double low, double high) {
        requireRange(low, high);
        return new Heatmap(request.withRange(new HeatmapRequest.Range(low, high)));
    }

    /** With other colours. */
    public Heatmap withColors(ColorMap colors) {
        return new Heatmap(request.withMap(Objects.requireNonNull(colors)));
    }

    /**
     * With this much of an analysis drawn over the cells and explained below them, in place of that of another.
     *
     * @param shown what of it; none of it leaves the cells bare. Copied
     * @throws IllegalArgumentException if it is an analysis of another number of tokens or iterations, or of other distances
     */
    public Heatmap withAnalysis(Analysis analysis, Set<Overlay> shown) {
        Overlays.requireSame(request.matrix(), analysis);
        return new Heatmap(request.withOverlays(new Overlays(Optional.of(analysis), shown, request.overlays().exits())));
    }

    /**
     * With a marker in each row where a rule stops, in place of those of another. Where tokens share a row, the latest; none if one of them never exits.
     *
     * @throws IllegalArgumentException if there is a token or position in it that is not drawn
     */
    public Heatmap withExits(ExitReplay exits) {
        Overlays.requireWithin(request.matrix(), exits);
        return new Heatmap(
                request.withOverlays(new Overlays(request.overlays().analysis(), request.overlays().shown(), Optional.of(exits))));
    }

    /**
     * With a size in figure units: pixels, unless a {@link #withScale scale} is set.
     *
     * @throws IllegalArgumentException if it is smaller than 320 x 240 or a side is larger than 20000
     */
    public Heatmap withSize(int width, int height) {
        requireSize(width, height);
        return new Heatmap(request.withSize(width, height));
    }

    static void requireSize(int width, int height) {
        if (width < SMALLEST_WIDTH || height < SMALLEST_HEIGHT || width > LARGEST_SIDE || height > LARGEST_SIDE) {
            throw new IllegalArgumentException("size " + width + " x " + height + ": expected at least " + SMALLEST_WIDTH + " x "
                    + SMALLEST_HEIGHT + " and no side over " + LARGEST_SIDE);
        }
    }

    /**
     * With {@code scale} pixels to the figure unit (default 1): the same figure in more detail. A PNG says how large a pixel is, a figure unit being a 96th of an inch: 3.125 is
     * 300 dots per inch. An SVG has no pixels; there only matrices too large for single cells are drawn finer.
     *
     * @throws IllegalArgumentException unless {@code 0.5 <= scale <= 16}
     */
    public Heatmap withScale(double scale) {
        requireScale(scale);
        return new Heatmap(request.withScale(scale));
    }

    /**
     * Writes the figure in the {@linkplain FigureFormat format} that its extension names. The file is complete or absent: it is written under another name in the same folder
     * and moved, replacing what was there.
     *
     * @throws IllegalArgumentException if the extension is another, the image would be too large, or a size that was asked for too small for the texts
     * @throws IOException if it cannot be written; what was there before is then as it was
     */
    public void write(Path file) throws IOException {
        AtomicFile.write(file, FigureFormat.of(file).encode(this));
    }

    /**
     * The figure as an image of type {@code TYPE_INT_RGB}, width and height in units times the scale, rounded.
     *
     * @throws IllegalArgumentException if it would be too large, or a size that was asked for is too small for the texts
     * @throws IllegalStateException if a display is named that cannot be reached
     */
    public BufferedImage toImage() {
        return FigureLayout.image(layout(), scale());
    }

    /** The same as a page of this one matrix; a size and a scale say nothing there. */
    HeatmapPage page() {
        HeatmapPage bare = HeatmapPage.of(List.of(request.matrix()), request.tokens()).withTitle(request.title())
                .withColors(request.map()).withExits(request.overlays().exits().stream().toList());
        HeatmapPage ranged = request.range().map(r -> bare.withRange(r.low(), r.high())).orElse(bare);
        return request.overlays().analysis().map(ranged::withAnalysis).orElse(ranged);
    }

    static void requireTextForEach(ConvergenceMatrix matrix, List<String> tokens) {
        if (tokens.size() != matrix.tokens()) {
            throw new IllegalArgumentException(
                    tokens.size() + " texts for a matrix of " + matrix.tokens() + " tokens: expected one for each");
        }
    }

    static void requireRange(double low, double high) {
        if (!(low > 0 && low < high && high < Double.POSITIVE_INFINITY && StrictMath.log10(low) < StrictMath.log10(high))) {
            throw new IllegalArgumentException("range " + low + " to " + high + ": expected two distances, 0 < low < high");
        }
    }

    static void requireScale(double scale) {
        if (!(scale >= 0.5 && scale <= 16)) {
            throw new IllegalArgumentException("scale " + scale + ": expected 0.5 to 16 pixels to the unit");
        }
    }

    HeatmapLayout layout() {
        return HeatmapLayout.of(request);
    }

    double scale() {
        return request.scale();
    }
}
