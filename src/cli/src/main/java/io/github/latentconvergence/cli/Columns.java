package io.github.latentconvergence.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of cells in aligned columns: the second to the left, as it holds text, all others to the right. */
final class Columns {
    private static final int TEXT = 1;

    private Columns() {}

    static void print(List<List<String>> rows, PrintStream out) {
        int count = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = IntStream.range(0, count)
                .map(c -> rows.stream().filter(r -> c < r.size()).mapToInt(r -> width(r.get(c))).max().orElse(0))
                .toArray();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < row.size(); c++) {
                String gap = " ".repeat(widths[c] - width(row.get(c)));
                line.append(c == 0 ? "" : "  ").append(c == TEXT ? row.get(c) + gap : gap + row.get(c));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
