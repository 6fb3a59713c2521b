package io.github.latentconvergence.cli;

import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.Band;
import io.github.latentconvergence.analysis.TokenAnalysis;
import io.github.latentconvergence.analysis.Trajectory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A line for each token. Numbers are never cut: where a line has not room for all columns, those that say least are left out, and texts take the room that remains.
 */
final class TokenTable {
    static final String SLOW = "*";
    static final String FAST = "^";
    static final String LATE_IN_RUN = "~";

    /** Heading of the texts. */
    private static final String TEXT = "token";
    /** Rank of columns that are never left out. */
    private static final int ALWAYS = 0;
    /** From this rank on, columns are left out also for a text that would be cut. */
    private static final int EXTRA = 9;
    private static final int SHORTEST_TEXT = 16;
    private static final int LONGEST_TEXT = 24;
    private static final int LONGEST_TEXT_WIDE = 72;
    /** Of headings that do not speak for themselves. */
    private static final Map<String, String> MEANINGS = Map.of("last", "the step under the reference last", "tail", "under tail-mean",
            "ext",
            "under the external one", "error", "distance still to come", "at", "step of the floor", "among",
            "the first or last quarter to converge");
    private static final Set<String> TEXTS = Set.of(TEXT, "shape", "among");

    private final List<TokenAnalysis> tokens;
    private final Map<Integer, String> marks = new HashMap<>();
    private final boolean wide;
    private final List<Column> columns = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final int textWidth;

    /**
     * A column other than that of the texts.
     *
     * @param rank the higher, the sooner it is left out
     */
    private record Column(String heading, int rank, List<String> cells) {
        int width() {
            return Math.max(heading.length(), cells.stream().mapToInt(String::length).max().orElse(0));
        }
    }

    /** @param wide whether lines may be as long as they like */
    TokenTable(Analysis analysis, boolean wide) {
        this.tokens = analysis.tokens().stream().sorted(Comparator.comparingInt(TokenAnalysis::index)).toList();
        this.wide = wide;
        mark(analysis.slowBands(), SLOW);
        mark(analysis.fastBands(), FAST);
        addColumns();
        this.textWidth = wide ? LONGEST_TEXT_WIDE : Math.min(LONGEST_TEXT, roomForText());
    }

    private void mark(List<Band> bands, String mark) {
        bands.forEach(band -> IntStream.rangeClosed(band.first(), band.last()).forEach(i -> marks.put(i, mark)));
    }

    private void addColumns() {
        add("index", ALWAYS, t -> marks.getOrDefault(t.index(), "") + t.index());
        add("step", ALWAYS, t -> Cells.of(t.step()) + (t.steps().lateInRun() ? LATE_IN_RUN : " "));
        add("last", 5, t -> Cells.of(t.steps().last()));
        add("tail", 4, t -> Cells.of(t.steps().tailMean()));
        if (wide || tokens.stream().anyMatch(t -> t.steps().external().isPresent())) {
            add("ext", 6, t -> Cells.of(t.steps().external()));
        }
        add("rate", 1, t -> Cells.rate(t.contraction().rate()));
        add("error", 3, t -> t.floor().isReached() ? TokenJson.AT_FLOOR : Cells.scientific(t.contraction().errorBar()));
        add("floor", 7, t -> Cells.scientific(t.floor().level()));
        add("at", 8, t -> Cells.of(t.floor().step()));
        add("log10", 10, t -> Cells.fixed(t.slowness().meanLog10(), 2));
        add("excess", 2, t -> Cells.signed(t.slowness().excess(), 2));
        add("z", 11, t -> Cells.signed(t.slowness().z(), 1));
        add("shape", 2, t -> shape(t.trajectory()));
        add("among", 9, t -> t.early() && t.late() ? "early, late" : t.early() ? "early" : t.late() ? "late" : Cells.NONE);
    }

    private void add(String heading, int rank, Function<TokenAnalysis, String> cell) {
        columns.add(new Column(heading, rank, tokens.stream().map(cell).toList()));
    }

    private static String shape(Trajectory trajectory) {
        String label = trajectory.shape().label();
        return trajectory.period().isPresent() ? label + " " + trajectory.period().getAsInt() : label;
    }

    /** Leaves columns out until the shortest text has room; how much there is then. */
    private int roomForText() {
        int longest = Math.max(TEXT.length(),
                tokens.stream().mapToInt(t -> Texts.width(Texts.quoted(t.text(), LONGEST_TEXT))).max().orElse(0));
        while (true) {
            int room = Paragraph.WIDTH - columns.stream().mapToInt(c -> c.width() + Columns.GAP).sum();
            Column least = columns.stream().max(Comparator.comparingInt(Column::rank)).orElseThrow();
            if (least.rank == ALWAYS || room >= (least.rank >= EXTRA ? longest : SHORTEST_TEXT)) {
                return Math.max(room, SHORTEST_TEXT);
            }
            columns.remove(least);
            leftOut.add(least.heading);
        }
    }

    List<String> lines() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row(columns.stream().map(Column::heading).toList(), TEXT));
        for (int i = 0; i < tokens.size(); i++) {
            int line = i;
            rows.add(row(columns.stream().map(c -> c.cells.get(line)).toList(), Texts.quoted(tokens.get(i).text(), textWidth)));
        }
        return Columns.lines(rows, TEXTS);
    }

    /** The text stands behind the index. */
    private static List<String> row(List<String> cells, String text) {
        List<String> row = new ArrayList<>(cells);
        row.add(1, text);
        return row;
    }

    /** What signs and headings mean, and which columns there was no room for. */
    Paragraph legend() {
        List<String> parts = new ArrayList<>(
                List.of(SLOW + " in a slow band, " + FAST + " in a fast band, " + LATE_IN_RUN + " in the last quarter of the run"));
        columns.stream().map(Column::heading).filter(MEANINGS::containsKey).map(heading -> heading + ": " + MEANINGS.get(heading))
                .forEach(parts::add);
        if (!leftOut.isEmpty()) {
            parts.add("no room for " + String.join(", ", leftOut) + ": see --wide");
        }
        return new Paragraph().text(String.join("; ", parts));
    }
}
