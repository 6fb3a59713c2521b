package io.github.latentconvergence.cli;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Rows of cells in aligned columns, for people. */
final class Columns {
    static final int GAP = 2;

    private Columns() {}

    /** How many columns of a terminal one more column of cells may take. */
    static int room(List<List<String>> rows) {
        return Paragraph.WIDTH - IntStream.of(widths(rows)).map(width -> width + GAP).sum();
    }

    private static int[] widths(List<List<String>> rows) {
        return IntStream.range(0, rows.getFirst().size())
                .map(c -> rows.stream().filter(r -> c < r.size()).mapToInt(r -> Texts.width(r.get(c))).max().orElse(0))
                .toArray();
    }

    /**
     * A line for each row.
     *
     * @param rows the first holds the headings; a row may be shorter than others
     * @param texts headings of the columns that are aligned to the left, as they hold text; all others stand to the right
     */
    static List<String> lines(List<List<String>> rows, Set<String> texts) {
        List<String> headings = rows.getFirst();
        int[] widths = widths(rows);
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
