package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * The heatmap of log distance: a row for each token, the first at the top; a column for each recorded iteration; viridis from near (dark purple) to far (yellow), with a
 * colour bar.
 *
 * <p><b>Unit</b>: colours are log10 of the matrix's distances, ranges are given as distances. Sizes are in figure units, of which each is {@link #withScale scale} pixels
 * wide; fonts are 12 to 20 units high. <b>Large matrices</b>: where there are more tokens or iterations than pixels, neighbours share one and show their maximum, and the
 * figure says so. <b>Zeros, NaN, infinities, self-reference and masked cells</b> have colours of their own, explained below the plot when there are any. <b>Fonts</b>:
 * the JDK's sans-serif; a character none of the machine's fonts has is a box. The same input gives the same bytes on the same machine. <b>Threads</b>: immutable, use
 * from any thread. <b>Display</b>: none is needed; but one that the environment names and that cannot be reached is an {@code IllegalStateException}, by Java2D's doing,
 * unless {@code java.awt.headless} is true.
 */
public final class Heatmap {
    private static final int SMALLEST_WIDTH = 320;
    private static final int SMALLEST_HEIGHT = 240;
    private static final int LARGEST_SIDE = 20_000;
    private static final long MOST_PIXELS = 250_000_000;

    private record Range(double low, double high) {}

    private final ConvergenceMatrix matrix;
    private final List<String> tokens;
    private final String title;
    private final Optional<Range> range;
    private final int width;
    private final int height;
    private final double scale;

    private Heatmap(ConvergenceMatrix matrix, List<String> tokens, String title, Optional<Range> range, int width, int height,
            double scale) {
        this.matrix = matrix;
        this.tokens = tokens;
        this.title = title;
        this.range = range;
        this.width = width;
        this.height = height;
        this.scale = scale;
    }

    /**
     * The heatmap of a matrix, with the default title, the data's own range and a size chosen for its number of tokens and iterations.
     *
     * @param tokens the text of every token, special tokens included; copied. Any text is safe: what cannot be seen is made visible, what is long is shortened
     * @throws IllegalArgumentException if there is not one text for each token
     */
    public static Heatmap of(ConvergenceMatrix matrix, List<String> tokens) {
        requireTextForEach(matrix, tokens);
        return new Heatmap(matrix, List.copyOf(tokens), Wording.title(matrix), Optional.empty(), 0, 0, 1);
    }

    /** With another title; an empty one leaves none. */
    public Heatmap withTitle(String title) {
        return new Heatmap(matrix, tokens, Objects.requireNonNull(title), range, width, height, scale);
    }

    /**
     * With colours from one distance to another instead of the data's own range, so that figures compare. Cells beyond an end have that end's colour, and the colour bar
     * then has an arrow there.
     *
     * @param low the distance at the dark purple end
     * @param high the distance at the yellow end
     * @throws IllegalArgumentException unless {@code 0 < low < high < infinity}, and far enough apart for their logarithms to differ
     */
    public Heatmap withRange(double low, double high) {
        requireRange(low, high);
        return new Heatmap(matrix, tokens, title, Optional.of(new Range(low, high)), width, height, scale);
    }

    /**
     * With a size in figure units: pixels, unless a {@link #withScale scale} is set.
     *
     * @throws IllegalArgumentException if it is smaller than 320 x 240 or a side is larger than 20000
     */
    public Heatmap withSize(int width, int height) {
        if (width < SMALLEST_WIDTH || height < SMALLEST_HEIGHT || width > LARGEST_SIDE || height > LARGEST_SIDE) {
            throw new IllegalArgumentException("size " + width + " x " + height + ": expected at least " + SMALLEST_WIDTH + " x "
                    + SMALLEST_HEIGHT + " and no side over " + LARGEST_SIDE);
        }
        return new Heatmap(matrix, tokens, title, range, width, height, scale);
    }

    /**
     * With {@code scale} pixels to the figure unit (default 1): the same figure in more detail, 3 for print.
     *
     * @throws IllegalArgumentException unless {@code 0.5 <= scale <= 16}
     */
    public Heatmap withScale(double scale) {
        if (!(scale >= 0.5 && scale <= 16)) {
            throw new IllegalArgumentException("scale " + scale + ": expected 0.5 to 16 pixels to the unit");
        }
        return new Heatmap(matrix, tokens, title, range, width, height, scale);
    }

    /**
     * Writes the figure in the format its extension names: {@code .png}, or {@code .html} for a page to explore in a browser (see {@link HeatmapPage}; a size and a scale say nothing there). The file is complete or absent: it is written under another name in the same folder and moved,
     * replacing what was there.
     *
     * @throws IllegalArgumentException if the extension is another, or the image would be too large
     * @throws IOException if it cannot be written; what was there before is then as it was
     */
    public void write(Path file) throws IOException {
        Path name = file.getFileName();
        String text = name == null ? "" : name.toString();
        int dot = text.lastIndexOf('.');
        String extension = dot < 0 ? "" : text.substring(dot).toLowerCase(Locale.ROOT);
        if (extension.equals(".html")) {
            page().write(file);
            return;
        }
        if (!extension.equals(".png")) {
            throw new IllegalArgumentException("figure file " + file + " has " + (extension.isEmpty()
                    ? "no extension"
                    : "extension "
                            + extension)
                    + ": expected .png or .html");
        }
        AtomicFile.write(file, png());
    }

    /**
     * The figure as an image of type {@code TYPE_INT_RGB}, width and height in units times the scale, rounded.
     *
     * @throws IllegalArgumentException if it would be too large
     * @throws IllegalStateException if a display is named that cannot be reached
     */
    public BufferedImage toImage() {
        HeatmapLayout layout = layout();
        double pixels = layout.width() * scale * layout.height() * scale;
        if (pixels > MOST_PIXELS) {
            throw new IllegalArgumentException("a figure of " + layout.width() + " x " + layout.height() + " at scale " + scale
                    + " has over " + MOST_PIXELS + " pixels: choose a smaller size or scale");
        }
        return ImagePainter.paint(layout, scale);
    }

    /** The same as a page of this one matrix. */
    private HeatmapPage page() {
        HeatmapPage page = HeatmapPage.of(List.of(matrix), tokens).withTitle(title);
        return range.map(r -> page.withRange(r.low(), r.high())).orElse(page);
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

    HeatmapLayout layout() {
        ColorScale colors = range.map(r -> ColorScale.ofRange(matrix, r.low(), r.high())).orElseGet(() -> ColorScale.ofData(matrix));
        return HeatmapLayout.of(new HeatmapLayout.Request(matrix, tokens, title, colors, width, height, scale));
    }

    /** In memory: ImageIO's convenience methods keep a cache file, which is one more thing that can fail. */
    private byte[] png() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(toImage());
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
