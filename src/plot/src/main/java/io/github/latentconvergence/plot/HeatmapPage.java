package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.ExitReplay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

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

    private final PageRequest request;

    private HeatmapPage(PageRequest request) {
        this.request = request;
    }

    /**
     * A page of matrices of the same states, of which the first is shown first. Where they are of several metrics and several references, each is chosen by itself, among the
     * pairs there are.
     *
     * @param matrices in the order of the choices between them, any mix of metrics and references; copied
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
        return new HeatmapPage(new PageRequest(matrices, tokens));
    }

    /**
     * With an analysis of the same states: convergence steps, arithmetic floors, bands and segments to draw over the cells, step norms and convergence steps beside the pointer.
     * An external reference that the analysis did not measure to is taken to be the trace's own.
     *
     * @throws IllegalArgumentException if it is one of another number of tokens or iterations
     */
    public HeatmapPage withAnalysis(Analysis analysis) {
        requireSameSize(request.matrices().getFirst(), analysis.matrix());
        return new HeatmapPage(request.withAnalysis(analysis));
    }

    /**
     * With a marker in each row where a rule stops, drawn from the start and to be switched off, in place of those of others. Of several rules the first is drawn, until
     * another is chosen on the page.
     *
     * @param exits of the same states, one for each rule to choose from; copied
     * @throws IllegalArgumentException if there is a token or position in them that the matrices do not have
     */
    public HeatmapPage withExits(List<ExitReplay> exits) {
        return withExits(exits, !exits.isEmpty());
    }

    /** The same, drawn from the start or only when that is asked for on the page. */
    HeatmapPage withExits(List<ExitReplay> exits, boolean shown) {
        exits.forEach(replay -> Overlays.requireWithin(request.matrices().getFirst(), replay));
        return new HeatmapPage(request.withExits(exits, shown));
    }

    /** With another title, for all matrices; an empty one leaves none. */
    public HeatmapPage withTitle(String title) {
        return new HeatmapPage(request.withTitle(Objects.requireNonNull(title)));
    }

    /**
     * With colours from one distance to another instead of the data's own range, for all matrices of the first one's metric; those of others have their own.
     *
     * @param low the distance at the dark end
     * @param high the distance at the light end
     * @throws IllegalArgumentException unless {@code 0 < low < high < infinity}, and far enough apart for their logarithms to differ
     */
    public HeatmapPage withRange(double low, double high) {
        Heatmap.requireRange(low, high);
        return new HeatmapPage(request.withRange(new HeatmapRequest.Range(low, high)));
    }

    /** With other colours at first; the page offers all. */
    public HeatmapPage withColors(ColorMap colors) {
        return new HeatmapPage(request.withMap(Objects.requireNonNull(colors)));
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
        return PageTemplate.fill(PageData.of(request), frame);
    }

    List<String> tokens() {
        return request.tokens();
    }

    private static void requireSameSize(ConvergenceMatrix first, ConvergenceMatrix other) {
        Objects.requireNonNull(other);
        if (other.tokens() != first.tokens() || other.iterations() != first.iterations()) {
            throw new IllegalArgumentException(other + " on a page of " + first + ": expected matrices of the same states");
        }
    }
}
