package io.github.latentconvergence.plot;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;

/**
 * What a legend has to explain of cells.
 *
 * @param kinds of cells that are seen
 * @param note on cells that stand for several, empty where none do
 */
record Shown(Set<CellKind> kinds, String note) {
    private static final int MOST_ROUNDS = 4;

    /**
     * A layout whose legend explains what is shown: the legend depends on that, and what is shown on the room that the legend leaves. Settled after a round or two.
     *
     * @param arrange lays out with a legend of this
     * @param shown what the layout then shows
     */
    static <L> L settled(Function<Shown, L> arrange, Function<L, Shown> shown) {
        Shown explained = new Shown(EnumSet.allOf(CellKind.class), "");
        for (int round = 0;; round++) {
            L layout = arrange.apply(explained);
            Shown now = shown.apply(layout);
            if (round == MOST_ROUNDS || now.equals(explained)) {
                return layout;
            }
            explained = now;
        }
    }
}
