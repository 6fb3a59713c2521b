package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.ExitReplay;
import java.util.List;
import java.util.Optional;

/**
 * What a page is made from.
 *
 * @param analysis what can be drawn over the cells, if anything can
 * @param exits where rules stop, to choose from; none if that is not drawn
 * @param exitsShown whether exits are drawn from the start
 * @param title of all matrices; their own where there is none
 * @param range of the colours; the data's own where there is none
 * @param map the colours that are chosen at first
 */
record PageRequest(List<ConvergenceMatrix> matrices, List<String> tokens, Optional<Analysis> analysis, List<ExitReplay> exits,
        boolean exitsShown, Optional<String> title, Optional<HeatmapRequest.Range> range, ColorMap map) {

    PageRequest {
        matrices = List.copyOf(matrices);
        tokens = List.copyOf(tokens);
        exits = List.copyOf(exits);
    }

    /** With all defaults. */
    PageRequest(List<ConvergenceMatrix> matrices, List<String> tokens) {
        this(matrices, tokens, Optional.empty(), List.of(), false, Optional.empty(), Optional.empty(), ColorMap.VIRIDIS);
    }

    PageRequest withAnalysis(Analysis other) {
        return new PageRequest(matrices, tokens, Optional.of(other), exits, exitsShown, title, range, map);
    }

    PageRequest withExits(List<ExitReplay> other, boolean shown) {
        return new PageRequest(matrices, tokens, analysis, other, shown, title, range, map);
    }

    PageRequest withTitle(String other) {
        return new PageRequest(matrices, tokens, analysis, exits, exitsShown, Optional.of(other), range, map);
    }

    PageRequest withRange(HeatmapRequest.Range other) {
        return new PageRequest(matrices, tokens, analysis, exits, exitsShown, title, Optional.of(other), map);
    }

    PageRequest withMap(ColorMap other) {
        return new PageRequest(matrices, tokens, analysis, exits, exitsShown, title, range, other);
    }

    /** What stands above a matrix. */
    String title(ConvergenceMatrix matrix) {
        return title.orElseGet(() -> Wording.title(matrix));
    }

    /** The range of a matrix: one that was given is in the unit of the first. */
    ColorScale colors(ConvergenceMatrix matrix) {
        ConvergenceMatrix first = matrices.getFirst();
        return range.filter(r -> matrix.metric() == first.metric() && matrix.normalization().equals(first.normalization()))
                .map(r -> ColorScale.ofRange(matrix, r.low(), r.high())).orElseGet(() -> ColorScale.ofData(matrix));
    }
}
