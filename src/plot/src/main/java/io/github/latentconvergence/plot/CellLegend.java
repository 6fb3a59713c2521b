package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Entries for what the colour bar cannot explain: the kinds of cells without a log distance that a matrix has. */
final class CellLegend {
    private CellLegend() {}

    /** The entries of matrices of the same kind of distance, of which these kinds of cells are {@code shown}. */
    static List<LegendEntry> of(List<ConvergenceMatrix> matrices, Set<CellKind> shown) {
        Map<CellKind, Long> counts = new EnumMap<>(CellKind.class);
        for (ConvergenceMatrix matrix : matrices) {
            for (int i = 0; i < matrix.tokens(); i++) {
                for (int t = 0; t < matrix.iterations(); t++) {
                    counts.merge(CellGrid.kind(matrix, i, t), 1L, Long::sum);
                }
            }
        }
        counts.remove(CellKind.MEASURED);
        List<LegendEntry> entries = new ArrayList<>();
        counts.forEach((kind, count) -> {
            // A hidden NaN is still to be reported; the other kinds say nothing where they are not seen.
            if (shown.contains(kind) || kind == CellKind.NAN) {
                entries.add(entry(kind, Wording.legend(matrices.getFirst(), kind, count, shown.contains(kind))));
            }
        });
        return entries;
    }

    /** A sample of a kind of cell, and what it means. */
    static LegendEntry entry(CellKind kind, String text) {
        return LegendEntry.of(area -> List.of(new Mark.Swatch(area, kind), new Mark.Frame(area)), text);
    }
}
