package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.ExitReplay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Everything the page's script draws from, as JSON. */
final class PageData {
    /** Code points of a token that the page knows; the labels of its rows are shorter where there is no room. */
    private static final int LONGEST_TOKEN = 200;

    private final List<String> arrays = new ArrayList<>();

    private PageData() {}

    static String of(PageRequest page) {
        return JsonText.of(new PageData().all(page));
    }

    private Map<String, Object> all(PageRequest page) {
        ConvergenceMatrix first = page.matrices().getFirst();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("tokens", page.tokens().stream().map(t -> PageText.runs(TokenText.of(t, LONGEST_TOKEN))).toList());
        all.put("iterations", first.iterations());
        all.put("maps", PageColors.maps());
        all.put("map", page.map().label());
        all.put("kinds",
                Arrays.stream(CellKind.values()).filter(k -> k != CellKind.MEASURED && k.isOfDistance()).map(PageData::kind).toList());
        all.put("views", page.matrices().stream().map(m -> view(page, m)).toList());
        page.analysis().ifPresent(a -> all.put("analysis", analysis(a)));
        all.put("exits", page.exits().stream().map(replay -> exits(replay, first.tokens())).toList());
        all.put("exitsShown", page.exitsShown());
        all.put("arrays", arrays);
        return all;
    }

    private Map<String, Object> view(PageRequest page, ConvergenceMatrix matrix) {
        Map<String, Object> view = PageView.of(matrix, page.title(matrix), page.colors(matrix));
        view.put("cells", array(matrix));
        page.analysis().ifPresent(a -> view.put("steps", new PageAnalysis(a).steps(matrix)));
        return view;
    }

    private Map<String, Object> analysis(Analysis analysis) {
        Map<String, Object> common = new PageAnalysis(analysis).common();
        common.put("stepNorms", array(analysis.stepNorms()));
        return common;
    }

    private static Map<String, Object> exits(ExitReplay replay, int tokens) {
        Map<String, Object> exits = new LinkedHashMap<>();
        exits.put("name", replay.rule().label() + " at " + replay.threshold());
        exits.put("at", positions(Overlays.positions(replay, tokens)));
        exits.put("legend", legend(OverlayText.exits(replay), OverlayText.exitsAny(replay)));
        return exits;
    }

    /** Of each row; null where there is none. */
    static List<@Nullable Integer> positions(OptionalInt[] rows) {
        List<@Nullable Integer> all = new ArrayList<>();
        for (OptionalInt row : rows) {
            all.add(row.isPresent() ? row.getAsInt() : null);
        }
        return all;
    }

    /** What the legend says of an overlay, and whether there is anything of it to show. */
    static List<Object> legend(String text, boolean any) {
        return List.of(text, any);
    }

    /** Position of a matrix's cells among the arrays: the same cells, as of l2 to the state before and of step norms, are there once. */
    private int array(ConvergenceMatrix matrix) {
        String cells = PageCells.base64(matrix);
        int known = arrays.indexOf(cells);
        if (known >= 0) {
            return known;
        }
        arrays.add(cells);
        return arrays.size() - 1;
    }

    private static Map<String, Object> kind(CellKind kind) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("name", kind.name());
        described.put("code", (double) PageCells.code(kind));
        described.put("fill", PageColors.css(kind.fill()));
        described.put("ink", PageColors.css(kind.ink()));
        return described;
    }
}
