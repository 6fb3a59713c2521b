package io.github.latentconvergence.cli;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Rows of cells in aligned columns, for people. */
final class Columns {
    static final int GAP = 2;

    private Columns() {}

    /**
     * A line for each row.
     *
     * @param rows the first holds the headings; a row may be shorter than others
     * @param texts headings of the columns that are aligned to the left, as they hold text; all others stand to the right
     */
    static List<String> lines(List<List<String>> rows, Set<String> texts) {
        List<String> headings = rows.getFirst();
        int[] widths = IntStream.range(0, headings.size())
                .map(c -> rows.stream().filter(r -> c < r.size()).mapToInt(r -> Texts.width(r.get(c))).max().orElse(0))
                .toArray();
        return rows.stream().map(row -> {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < row.size(); c++) {
                String gap = " ".repeat(widths[c] - Texts.width(row.get(c)));
                line.append(" ".repeat(c == 0 ? 0 : GAP))
                        .append(texts.contains(headings.get(c)) ? row.get(c) + gap : gap + row.get(c));
            }
            return line.toString().stripTrailing();
        }).toList();
    }
}
