package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import java.util.List;
import java.util.Optional;

/**
 * What a heatmap is laid out from.
 *
 * @param range of the colours; the data's own where there is none
 * @param overlays what is drawn over the cells
 * @param width in figure units, 0 to be chosen
 * @param height likewise
 * @param scale device pixels to the unit
 */
record HeatmapRequest(ConvergenceMatrix matrix, List<String> tokens, String title, Optional<Range> range, ColorMap map, Overlays overlays,
        int width, int height, double scale) {

    /** Distances at the ends of the colour bar. */
    record Range(double low, double high) {}

    /** With all defaults. */
    HeatmapRequest(ConvergenceMatrix matrix, List<String> tokens) {
        this(matrix, tokens, Wording.title(matrix), Optional.empty(), ColorMap.VIRIDIS, Overlays.NONE, 0, 0, 1);
    }

    HeatmapRequest withTitle(String other) {
        return new HeatmapRequest(matrix, tokens, other, range, map, overlays, width, height, scale);
    }

    HeatmapRequest withRange(Range other) {
        return new HeatmapRequest(matrix, tokens, title, Optional.of(other), map, overlays, width, height, scale);
    }

    HeatmapRequest withMap(ColorMap other) {
        return new HeatmapRequest(matrix, tokens, title, range, other, overlays, width, height, scale);
    }

    HeatmapRequest withOverlays(Overlays other) {
        return new HeatmapRequest(matrix, tokens, title, range, map, other, width, height, scale);
    }

    HeatmapRequest withSize(int otherWidth, int otherHeight) {
        return new HeatmapRequest(matrix, tokens, title, range, map, overlays, otherWidth, otherHeight, scale);
    }

    HeatmapRequest withScale(double other) {
        return new HeatmapRequest(matrix, tokens, title, range, map, overlays, width, height, other);
    }

    /** Whether the size was asked for. */
    boolean hasSize() {
        return width > 0;
    }

    /** What the colours mean. */
    ColorScale colors() {
        return range.map(r -> ColorScale.ofRange(matrix, r.low(), r.high())).orElseGet(() -> ColorScale.ofData(matrix)).withMap(map);
    }
}
