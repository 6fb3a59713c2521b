package io.github.latentconvergence.cli;

import io.github.latentconvergence.ConvergenceMatrix;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** The slowest and the fastest tokens of a matrix, for people: distances at a few iterations, and the mean log distance that ranks them. */
final class DemoTable {
    private static final int EACH_END = 6;
    private static final int COLUMNS = 6;

    private final ConvergenceMatrix matrix;
    private final List<String> tokens;
    private final int[] iterations;

    DemoTable(ConvergenceMatrix matrix, List<String> tokens) {
        this.matrix = matrix;
        this.tokens = tokens;
        this.iterations = spread(matrix.iterations());
    }

    /** Evenly spread, the first and the last but one among them: under the default reference the last is 0 by construction. */
    private static int[] spread(int count) {
        int last = Math.max(0, count - 2);
        return IntStream.range(0, COLUMNS).map(c -> Math.round((float) last * c / (COLUMNS - 1))).distinct().toArray();
    }

    /**
     * Mean over the iterations of log10 distance, self-reference, zeros and cells that are not numbers left out; NaN where nothing is left.
     */
    private double meanLog(int token) {
        return IntStream.range(0, matrix.iterations()).filter(t -> !matrix.isSelfReference(token, t))
                .mapToDouble(t -> matrix.logDistance(token, t)).filter(Double::isFinite).average().orElse(Double.NaN);
    }

    void print(PrintStream out) {
        List<Integer> ranked = IntStream.range(0, matrix.tokens()).filter(i -> !Double.isNaN(meanLog(i))).boxed()
                .sorted(Comparator.comparingDouble(this::meanLog).reversed()).toList();
        int slow = Math.min(EACH_END, (ranked.size() + 1) / 2);
        int fast = Math.min(EACH_END, ranked.size() - slow);
        List<List<String>> rows = new ArrayList<>();
        rows.add(heading());
        ranked.subList(0, slow).forEach(i -> rows.add(row(i)));
        if (slow + fast < ranked.size()) {
            rows.add(List.of("..."));
        }
        ranked.subList(ranked.size() - fast, ranked.size()).forEach(i -> rows.add(row(i)));

        out.println("Distance (" + matrix.metric().label() + ") to the reference '" + matrix.reference().label() + "' at iterations "
                + iterations[0] + " to " + iterations[iterations.length - 1] + " of " + matrix.iterations() + ",");
        out.println("the " + slow + " slowest and the " + fast + " fastest of " + matrix.tokens()
                + " tokens, by mean log10 distance over all iterations:");
        out.println();
        Columns.lines(rows, Set.of("token")).forEach(out::println);
    }

    private List<String> heading() {
        List<String> cells = new ArrayList<>(List.of("row", "token"));
        for (int t : iterations) {
            cells.add("t=" + t);
        }
        cells.add("mean log10");
        return cells;
    }

    private List<String> row(int token) {
        List<String> cells = new ArrayList<>(List.of(Integer.toString(token), Texts.quoted(tokens.get(token))));
        for (int t : iterations) {
            cells.add(String.format(Locale.ROOT, "%.2e", matrix.distance(token, t)));
        }
        cells.add(String.format(Locale.ROOT, "%.3f", meanLog(token)));
        return cells;
    }
}
