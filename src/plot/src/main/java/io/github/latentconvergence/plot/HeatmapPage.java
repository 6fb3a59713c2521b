package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.analysis.Analysis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The heatmap as a page to explore in a browser: zoomed and panned, with the numbers of the cell under the pointer, between several matrices of the same states. One file that
 * needs no network and asks for none; its Content-Security-Policy forbids everything but its own script and style.
 *
 * <p><b>Unit</b>: colours are log10 of the matrices' distances, ranges are given as distances. <b>Precision</b>: the page holds log distances as float32, so the distances it shows
 * are good to 6 digits. <b>Size</b>: about 5.4 bytes for each cell of each matrix. <b>Large matrices</b>: as in a {@link Heatmap}, neighbours that share a pixel show their
 * maximum. <b>Zeros, NaN, infinities, self-reference and masked cells</b>: as in a {@link Heatmap}. <b>Tokens</b>: any text is safe and legible. The same input gives the same bytes. <b>Threads</b>: immutable,
 * use from any thread.
 */
public final class HeatmapPage {
    /** A browser holds text of half a gigabyte, which are some 100 million cells. */
    private static final long MOST_CELLS = 80_000_000;

    private final List<ConvergenceMatrix> matrices;
    private final List<String> tokens;
    private final Optional<Analysis> analysis;
    private final Optional<String> title;
    private final Optional<ColorRange> range;

    private record ColorRange(double low, double high) {}

    private HeatmapPage(List<ConvergenceMatrix> matrices, List<String> tokens, Optional<Analysis> analysis, Optional<String> title,
            Optional<ColorRange> range) {
        this.matrices = matrices;
        this.tokens = tokens;
        this.analysis = analysis;
        this.title = title;
        this.range = range;
    }

    /**
     * A page of matrices of the same states, of which the first is shown first.
     *
     * @param matrices in the order of the choice between them; copied
     * @param tokens the text of every token, special tokens included; copied
     * @throws IllegalArgumentException if there is no matrix, if they differ in size, if there is not one text for each token, or if there are over 80 million cells, more than
     *         browsers open
     */
    public static HeatmapPage of(List<ConvergenceMatrix> matrices, List<String> tokens) {
        if (matrices.isEmpty()) {
            throw new IllegalArgumentException("a page of no matrices: expected one or more");
        }
        ConvergenceMatrix first = matrices.getFirst();
        for (ConvergenceMatrix matrix : matrices) {
            requireSameSize(first, matrix);
        }
        Heatmap.requireTextForEach(first, tokens);
        long cells = (long) matrices.size() * first.tokens() * first.iterations();
        if (cells > MOST_CELLS) {
            throw new IllegalArgumentException(
                    "a page of " + cells + " cells: expected at most " + MOST_CELLS + ", more than which browsers do not open");
        }
        return new HeatmapPage(List.copyOf(matrices), List.copyOf(tokens), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * With an analysis of the same states: convergence steps, arithmetic floors, bands and segments to draw over the cells, step norms and convergence steps beside the pointer.
     * An external reference that the analysis did not measure to is taken to be the trace's own.
     *
     * @throws IllegalArgumentException if it is one of another number of tokens or iterations
     */
    public HeatmapPage withAnalysis(Analysis analysis) {
        requireSameSize(matrices.getFirst(), analysis.matrix());
        return new HeatmapPage(matrices, tokens, Optional.of(analysis), title, range);
    }

    /** With another title, for all matrices; an empty one leaves none. */
    public HeatmapPage withTitle(String title) {
        return new HeatmapPage(matrices, tokens, analysis, Optional.of(title), range);
    }

    /**
     * With colours from one distance to another, for all matrices, instead of the data's own range of each.
     *
     * @param low the distance at the dark purple end
     * @param high the distance at the yellow end
     * @throws IllegalArgumentException unless {@code 0 < low < high < infinity}, and far enough apart for their logarithms to differ
     */
    public HeatmapPage withRange(double low, double high) {
        Heatmap.requireRange(low, high);
        return new HeatmapPage(matrices, tokens, analysis, title, Optional.of(new ColorRange(low, high)));
    }

    /**
     * Writes the page. The file is complete or absent: it is written under another name in the same folder and moved, replacing what was there.
     *
     * @throws IOException if it cannot be written; what was there before is then as it was
     */
    public void write(Path file) throws IOException {
        AtomicFile.write(file, html().getBytes(StandardCharsets.UTF_8));
    }

    /** The whole file. */
    String html() {
        return html(PageFrame.NONE);
    }

    /** The whole file, with more around the heatmap. */
    String html(PageFrame frame) {
        return PageTemplate.fill(PageData.of(this), frame);
    }

    List<ConvergenceMatrix> matrices() {
        return matrices;
    }

    List<String> tokens() {
        return tokens;
    }

    Optional<Analysis> analysis() {
        return analysis;
    }

    String title(ConvergenceMatrix matrix) {
        return title.orElseGet(() -> Wording.title(matrix));
    }

    ColorScale colors(ConvergenceMatrix matrix) {
        return range.map(r -> ColorScale.ofRange(matrix, r.low(), r.high())).orElseGet(() -> ColorScale.ofData(matrix));
    }

    private static void requireSameSize(ConvergenceMatrix first, ConvergenceMatrix other) {
        Objects.requireNonNull(other);
        if (other.tokens() != first.tokens() || other.iterations() != first.iterations()) {
            throw new IllegalArgumentException(other + " on a page of " + first + ": expected matrices of the same states");
        }
    }
}
