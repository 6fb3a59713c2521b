package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.Band;
import io.github.latentconvergence.analysis.TokenAnalysis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the page shows of an analysis, as JSON. */
final class PageAnalysis {
    private final Analysis analysis;

    PageAnalysis(Analysis analysis) {
        this.analysis = analysis;
    }

    /** What does not depend on the matrix that is looked at. */
    Map<String, Object> common() {
        Map<String, Object> common = new LinkedHashMap<>();
        common.put("floor", at(t -> t.floor().step()));
        common.put("bands",
                List.of(bands(analysis.slowBands(), "slow"), bands(analysis.fastBands(), "fast")).stream().flatMap(List::stream).toList());
        common.put("segments", analysis.segments().stream().map(s -> List.of(s.first(), s.last())).toList());
        common.put("legend", legend());
        common.put("summary", analysis.summary().text());
        return common;
    }

    /** Convergence steps under the reference of a matrix where the analysis knows them, else under its own. */
    Map<String, Object> steps(ConvergenceMatrix matrix) {
        ConvergenceMatrix own = analysis.matrix();
        boolean comparable = matrix.metric() == own.metric() && matrix.normalization().equals(own.normalization());
        String label = matrix.reference().label();
        Function<TokenAnalysis, OptionalInt> step = TokenAnalysis::step;
        if (!comparable || matrix.reference().equals(own.reference())) {
            label = own.reference().label();
        } else if (matrix.reference() instanceof Reference.Last) {
            step = t -> t.steps().last();
        } else if (matrix.reference().equals(Reference.tailMean()) && !(own.reference() instanceof Reference.TailMean)) {
            step = t -> t.steps().tailMean();
        } else if (matrix.reference() instanceof Reference.External && !(own.reference() instanceof Reference.External)) {
            step = t -> t.steps().external();
        } else {
            label = own.reference().label();
        }
        String of = PageView.name(own.metric(), "", label);
        List<@Nullable Integer> at = at(step);
        Map<String, Object> steps = new LinkedHashMap<>();
        steps.put("of", of);
        steps.put("at", at);
        steps.put("legend", PageData.legend(OverlayText.step(OverlayText.criterion(analysis) + ", " + of, anyOf(at)), anyOf(at)));
        return steps;
    }

    private static boolean anyOf(List<@Nullable Integer> positions) {
        return positions.stream().anyMatch(Objects::nonNull);
    }

    /** What is said of overlays that are the same over every matrix. */
    private Map<String, Object> legend() {
        Map<String, Object> legend = new LinkedHashMap<>();
        legend.put("floor", PageData.legend(OverlayText.floor(analysis), OverlayText.floorAny(analysis)));
        legend.put("bands", PageData.legend(OverlayText.band(analysis), OverlayText.bandAny(analysis)));
        legend.put("segments", PageData.legend(OverlayText.segments(analysis), OverlayText.segmentsAny(analysis)));
        return legend;
    }

    private static List<List<Object>> bands(List<Band> bands, String name) {
        return bands.stream().map(b -> List.<Object>of(b.first(), b.last(), b.z(), name)).toList();
    }

    private List<@Nullable Integer> at(Function<TokenAnalysis, OptionalInt> position) {
        return PageData.positions(Overlays.positions(analysis, position));
    }
}
