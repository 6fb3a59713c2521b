package io.github.latentconvergence.plot;

import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.ExitSignals;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The figures beside the heatmap: curves, a histogram and what depends on choices, each a chart with its axes and a legend.
 *
 * <p><b>Unit</b>: distances and step norms on log axes, in the analysis's own units; iterations are positions in the trace. Sizes are in figure units of a 96th of an inch.
 * <b>Many tokens</b>: where there are too many to be told apart, quantiles stand for them and the legend says so; tokens of slow bands are drawn all the same. <b>Zeros</b> are at the lower edge, NaN and
 * infinities are left out and counted, masked tokens are left out. <b>Tokens</b>: any text is safe. The same input gives the same bytes on the same machine. <b>Threads</b>: immutable, use
 * from any thread. <b>Display</b>: as for a {@link Heatmap}.
 */
public final class Chart {
    private static final int USUAL_WIDTH = 800;
    private static final int SMALLEST_WIDTH = 480;
    private static final int LARGEST_WIDTH = 4000;

    private final ChartPlan plan;
    private final int width;
    private final double scale;

    private Chart(ChartPlan plan, int width, double scale) {
        this.plan = plan;
        this.width = width;
        this.scale = scale;
    }

    private Chart(ChartPlan plan) {
        this(plan, USUAL_WIDTH, 1);
    }

    /** Distance of every token to its reference, with the median and the quartiles over tokens; tokens of slow bands by name. */
    public static Chart distances(Analysis analysis) {
        return new Chart(DistanceCurves.of(analysis));
    }

    /** Step norm of every token, with the median and the quartiles over tokens and the median arithmetic floor. */
    public static Chart stepNorms(Analysis analysis) {
        return new Chart(StepNormCurves.of(analysis));
    }

    /** How many tokens converge when, those that do not in a bar of their own. */
    public static Chart steps(Analysis analysis) {
        return new Chart(StepHistogram.of(analysis));
    }

    /** How far each token's convergence step depends on the reference: under {@code last}, {@code tail-mean} and, where there is one, the external reference. */
    public static Chart sensitivity(Analysis analysis) {
        return new Chart(ReferenceSensitivity.of(analysis));
    }

    /** What exit rules gain and lose: mean exit against the worst remaining distance, over thresholds. */
    public static Chart exits(ExitSignals signals) {
        return new Chart(ExitTradeOff.of(signals));
    }

    /** With another title; an empty one leaves none. */
    public Chart withTitle(String title) {
        return new Chart(plan.withTitle(Objects.requireNonNull(title)), width, scale);
    }

    /**
     * With another width in figure units; the height follows from what is shown.
     *
     * @throws IllegalArgumentException unless {@code 480 <= width <= 4000}
     */
    public Chart withWidth(int width) {
        if (width < SMALLEST_WIDTH || width > LARGEST_WIDTH) {
            throw new IllegalArgumentException("width " + width + ": expected " + SMALLEST_WIDTH + " to " + LARGEST_WIDTH);
        }
        return new Chart(plan, width, scale);
    }

    /**
     * With {@code scale} pixels to the figure unit (default 1), for PNG; 3.125 is 300 dots per inch.
     *
     * @throws IllegalArgumentException unless {@code 0.5 <= scale <= 16}
     */
    public Chart withScale(double scale) {
        Heatmap.requireScale(scale);
        return new Chart(plan, width, scale);
    }

    /** A sentence that says how the chart is read. */
    public String caption() {
        return plan.caption();
    }

    /**
     * Writes the chart as {@code .png} or {@code .svg}, by the extension. The file is complete or absent: it is written under another name in the same folder and moved,
     * replacing what was there.
     *
     * @throws IllegalArgumentException if the extension is another
     * @throws IOException if it cannot be written; what was there before is then as it was
     */
    public void write(Path file) throws IOException {
        AtomicFile.write(file, switch (FigureFormat.of(file)) {
            case PNG -> PngEncoder.encode(toImage(), scale);
            case SVG -> SvgPainter.paint(layout());
            case HTML -> throw new IllegalArgumentException("chart file " + file + ": expected a name that ends in .png or .svg");
        });
    }

    /** The chart as an image of type {@code TYPE_INT_RGB}. */
    public BufferedImage toImage() {
        return ImagePainter.paint(layout(), scale);
    }

    ChartLayout layout() {
        return ChartLayout.of(plan, width);
    }
}
