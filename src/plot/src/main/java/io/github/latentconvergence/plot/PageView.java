package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.Metric;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the page needs to show one matrix, beside its cells. */
final class PageView {
    /** Beyond so many decades nobody reads what lies between two of them. */
    private static final int MOST_DIVIDED = 24;
    private static final int LONGEST_TITLE = 300;
    private static final String NO_REFERENCE = "none";

    private PageView() {}

    /** As JSON. */
    static Map<String, Object> of(ConvergenceMatrix matrix, String title, ColorScale colors) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("metric", metric(matrix));
        view.put("reference", matrix.metric() == Metric.NORM ? NO_REFERENCE : matrix.reference().label());
        view.put("title", PageText.runs(TokenText.sentence(title, LONGEST_TITLE)));
        view.put("axis", Wording.axisTitle());
        view.put("note", Wording.axisNote(matrix));
        view.put("bar", Wording.barTitle(matrix));
        view.put("low", colors.low());
        view.put("high", colors.high());
        view.put("ticks", ticks(colors));
        view.put("legend", legend(matrix));
        return view;
    }

    private static String metric(ConvergenceMatrix matrix) {
        return matrix.metric().label() + (matrix.normalization().isRmsNorm() ? " of normalized states" : "");
    }

    /** What is measured, in a few words: the size of a state has no reference. */
    static String name(Metric metric, String normalized, String reference) {
        return metric.label() + normalized + (metric == Metric.NORM ? "" : " to " + reference);
    }

    /** All ticks that may be seen when the range is moved: [log, whether it is a decade, label]. */
    private static List<List<Object>> ticks(ColorScale colors) {
        int first = (int) Math.floor(colors.low()) - 1;
        int last = (int) Math.ceil(colors.high()) + 1;
        List<DecadeTicks.Tick> ticks = new ArrayList<>();
        for (int decade = first; decade < last && last - first <= MOST_DIVIDED; decade++) {
            // Ranges this narrow have a label at every tick; the page leaves out those that it has no room for.
            ticks.addAll(DecadeTicks.between(decade + 0.1, decade + 0.75, 1));
            ticks.addAll(DecadeTicks.between(decade + 0.76, decade + 0.99, 1));
        }
        for (int decade = first; decade <= last; decade++) {
            ticks.add(
                    DecadeTicks.between(decade - 0.1, decade + 0.1, 1).stream().filter(DecadeTicks.Tick::major).findFirst().orElseThrow());
        }
        return ticks.stream().map(t -> List.<Object>of(t.log(), t.major(), PageText.runs(t.label()))).toList();
    }

    /** Of each kind without a log distance: its code, and what the legend says where it is seen and where it is hidden. */
    private static List<List<Object>> legend(ConvergenceMatrix matrix) {
        Map<CellKind, Long> counts = new EnumMap<>(CellKind.class);
        for (int i = 0; i < matrix.tokens(); i++) {
            for (int t = 0; t < matrix.iterations(); t++) {
                counts.merge(CellGrid.kind(matrix, i, t), 1L, Long::sum);
            }
        }
        counts.remove(CellKind.MEASURED);
        List<List<Object>> legend = new ArrayList<>();
        counts.forEach((kind, count) -> legend.add(List.of((double) PageCells.code(kind), Wording.legend(matrix, kind, count, true),
                kind == CellKind.NAN ? Wording.legend(matrix, kind, count, false) : "")));
        return legend;
    }
}
