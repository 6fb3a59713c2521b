package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a comparison says in words. */
final class ComparisonWording {
    /** Characters of names where there is less and less room. */
    private static final int[] SHORTER = {24, 16, 10, 6};
    /** A title may be so much smaller before it says less. */
    private static final double SMALLEST_SHARE = 0.75;

    private ComparisonWording() {}

    /** Above the ratio. */
    static String ratioTitle(List<String> names) {
        return shortened(names.get(1), SHORTER[1]) + " / " + shortened(names.get(0), SHORTER[1]);
    }

    /** The title of the ratios' bar, read upwards: the first run is farther at its lower end. It says as much as there is room for at about this size. */
    static String barTitle(List<String> names, double room, double size) {
        String title = "";
        for (String between : new String[] {"  ←  Ratio of Distances  →  ", "  ←  →  "}) {
            for (int longest : SHORTER) {
                title = shortened(names.get(0), longest) + " farther" + between + shortened(names.get(1), longest) + " farther";
                if (TextMeasure.width(StyledText.EMPTY.plain(title), SMALLEST_SHARE * size) <= room) {
                    return title;
                }
            }
        }
        return title;
    }

    private static String shortened(String name, int longest) {
        return TokenText.sentence(name, longest).characters();
    }

    static String name(ComparisonRequest request) {
        String what = request.title().isEmpty() ? Wording.title(request.ratios().a()) : request.title();
        return what + ": " + request.names().get(0) + " and " + request.names().get(1);
    }

    /** What the figure shows, for those who do not see it. */
    static String description(ComparisonRequest request, ColorScale distances, ColorScale ratios) {
        Ratios both = request.ratios();
        return String.format(Locale.ROOT,
                "Two heatmaps of %d tokens, the first at the top, by up to %d iterations, the first at the left: %s, then %s. Colour is %s, from %.3g (dark) to %.3g (light), in both."
                        + " Beside them the ratio of the second's distances to the first's, from %.3g (orange) over 1 (near white) to %.3g (purple).",
                both.tokens(), request.iterations(), request.names().get(0), request.names().get(1), Wording.barTitle(both.a()),
                StrictMath.pow(10, distances.low()), StrictMath.pow(10, distances.high()), StrictMath.pow(10, ratios.low()),
                StrictMath.pow(10, ratios.high()));
    }

    /** What to say of cells that stand for more than one; empty if each stands for itself. */
    static String downsampling(int binTokens, int binIterations) {
        String note = Wording.downsampling(binTokens, binIterations);
        return note.isEmpty() ? "" : note + ", of ratios the one farthest from 1";
    }

    /** What the colour bars do not explain. */
    static List<LegendEntry> legend(ComparisonRequest request, Shown shown) {
        List<LegendEntry> entries = new ArrayList<>(CellLegend.of(request.matrices(), shown.kinds()));
        Map<CellKind, Long> without = request.ratios().without();
        if (!without.isEmpty()) {
            entries.add(CellLegend.entry(CellKind.NO_RATIO, noRatio(without, shown.kinds().contains(CellKind.NO_RATIO))));
        }
        int a = request.ratios().a().iterations();
        int b = request.ratios().b().iterations();
        if (a != b) {
            ConvergenceMatrix shorter = a < b ? request.ratios().a() : request.ratios().b();
            entries.add(LegendEntry
                    .note(shortened(request.names().get(a < b ? 0 : 1), SHORTER[0]) + " has " + shorter.iterations() + " iterations"));
        }
        if (!shown.note().isEmpty()) {
            entries.add(LegendEntry.note(shown.note()));
        }
        return entries;
    }

    private static String noRatio(Map<CellKind, Long> without, boolean shown) {
        String reasons = without.entrySet().stream().map(e -> reason(e.getKey()) + " (" + e.getValue() + ")")
                .collect(Collectors.joining(", "));
        return "no ratio: " + reasons + (shown ? "" : ", hidden here");
    }

    private static String reason(CellKind kind) {
        return switch (kind) {
            case INFINITE -> "infinite";
            case NAN -> "NaN";
            case ZERO -> "exactly 0";
            case SELF_REFERENCE -> "self-reference";
            case UNDEFINED -> "no earlier state";
            case MASKED -> "masked";
            case MEASURED, NO_RATIO -> throw new IllegalArgumentException("no reason: " + kind);
        };
    }
}
