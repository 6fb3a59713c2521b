package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import java.util.List;
import java.util.Optional;

/**
 * What a comparison is laid out from.
 *
 * @param names of the two runs
 * @param range of the colours of distances; that of both where there is none
 * @param map the colours of distances
 * @param width in figure units, 0 to be chosen
 * @param height likewise
 * @param scale device pixels to the unit
 */
record ComparisonRequest(Ratios ratios, List<String> tokens, List<String> names, String title, Optional<HeatmapRequest.Range> range,
        ColorMap map, int width, int height, double scale) {

    /** With all defaults. */
    ComparisonRequest(Ratios ratios, List<String> tokens) {
        this(ratios, tokens, List.of("A", "B"), Wording.title(ratios.a()), Optional.empty(), ColorMap.VIRIDIS, 0, 0, 1);
    }

    ComparisonRequest withNames(String a, String b) {
        return new ComparisonRequest(ratios, tokens, List.of(a, b), title, range, map, width, height, scale);
    }

    ComparisonRequest withTitle(String other) {
        return new ComparisonRequest(ratios, tokens, names, other, range, map, width, height, scale);
    }

    ComparisonRequest withRange(HeatmapRequest.Range other) {
        return new ComparisonRequest(ratios, tokens, names, title, Optional.of(other), map, width, height, scale);
    }

    ComparisonRequest withMap(ColorMap other) {
        return new ComparisonRequest(ratios, tokens, names, title, range, other, width, height, scale);
    }

    ComparisonRequest withSize(int otherWidth, int otherHeight) {
        return new ComparisonRequest(ratios, tokens, names, title, range, map, otherWidth, otherHeight, scale);
    }

    ComparisonRequest withScale(double other) {
        return new ComparisonRequest(ratios, tokens, names, title, range, map, width, height, other);
    }

    /** Whether the size was asked for. */
    boolean hasSize() {
        return width > 0;
    }

    /** The matrices of the two runs. */
    List<ConvergenceMatrix> matrices() {
        return List.of(ratios.a(), ratios.b());
    }

    /** The iterations that at least one of them has. */
    int iterations() {
        return Math.max(ratios.a().iterations(), ratios.b().iterations());
    }

    /** What the colours of both runs' distances mean. */
    ColorScale colors() {
        return range.map(r -> ColorScale.ofRange(matrices(), r.low(), r.high())).orElseGet(() -> ColorScale.ofData(matrices()))
                .withMap(map);
    }
}
