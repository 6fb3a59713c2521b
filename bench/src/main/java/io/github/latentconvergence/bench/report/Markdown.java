package io.github.latentconvergence.bench.report;

import io.github.latentconvergence.bench.results.Environment;
import io.github.latentconvergence.bench.results.Run;
import java.util.HashMap;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A run in a few small tables: shares of the roofline and ratios, which hold on other days and machines better than times do. */
final class Markdown {
    private final Picks picks;
    private final StringBuilder text = new StringBuilder();

    private Markdown(Picks picks) {
        this.picks = picks;
    }

    static String of(Run run) {
        Picks picks = new Picks(Figures.of(run), run.environment());
        Markdown markdown = new Markdown(picks);
        markdown.environment(run.environment());
        List<Panel> tiers = picks.tiers();
        boolean empty = Stream.of(picks.shares(), picks.metrics(), picks.peers(), picks.onePass(), tiers).allMatch(List::isEmpty);
        if (empty) {
            markdown.line("This run has neither shares of the read roofline nor ratios.");
        } else {
            markdown.shares();
            markdown.peers();
            markdown.onePass();
            markdown.tiers(tiers);
        }
        return markdown.text.toString().strip() + "\n";
    }

    private void environment(Environment e) {
        line("Measured on " + safe(e.cpu()) + " (" + safe(e.backend()) + ", " + e.processors()
                + (e.processors() == 1 ? " processor" : " processors") + "), JDK " + safe(e.jdk()) + ", "
                + safe(e.started()) + ", by `" + safe(e.command()).replace("`", "'")
                + "`. All numbers are medians of one run; those of another machine, or of this one while others use it, differ.");
    }

    /** The panel with most bars, and the metrics of the same benchmark. */
    private void shares() {
        Optional<Panel> most = most(picks.shares());
        most.ifPresent(panel -> {
            line("Share of the read roofline (1 is plain streaming reads of the same bytes by as many threads, before and after each sample), "
                    + said(panel) + ":");
            pivot("dtype", panel.figures(), f -> f.param("dtype"),
                    f -> f.param("threads") + (f.param("threads").equals("1") ? " thread" : " threads"), Markdown::share);
        });
        most(picks.metrics()).ifPresent(panel -> {
            line("By metric, " + said(panel) + ":");
            pivot("metric", panel.figures(), f -> f.param("metric"), f -> f.param("dtype"), Markdown::share);
        });
    }

    private void peers() {
        List<Figures> figures = picks.peers().stream().flatMap(panel -> panel.figures().stream()).toList();
        List<Panel> panels = picks.peers().stream().filter(panel -> ours(panel) != null).toList();
        if (figures.stream().allMatch(f -> f.param("library").equals(Picks.OURS)) || panels.isEmpty()) {
            return;
        }
        Map<Figures, Double> ratios = new HashMap<>();
        for (Panel panel : panels) {
            Figures ours = ours(panel);
            if (ours != null) {
                double base = ours.nanos().middle();
                panel.figures().stream().filter(f -> !f.equals(ours)).forEach(f -> ratios.put(f, f.nanos().middle() / base));
            }
        }
        line("Other libraries doing the same in the same run: how many times as long as this one they take (- where one cannot):");
        pivot("library", figures.stream().filter(ratios::containsKey).toList(), f -> f.param("library"),
                f -> Stream.of("dtype", "threads").filter(f::has).map(p -> p.equals("dtype") ? f.param(p) : p + " " + f.param(p))
                        .collect(Collectors.joining(", ")),
                f -> Text.times(ratios.getOrDefault(f, Double.NaN)));
    }

    private static @Nullable Figures ours(Panel panel) {
        return panel.figures().stream().filter(f -> f.param("library").equals(Picks.OURS)).findFirst().orElse(null);
    }

    private void onePass() {
        most(picks.onePass()).ifPresent(panel -> {
            boolean besideOne = panel.figures().stream().allMatch(f -> Charts.oneMetric(panel, f).isPresent());
            ToDoubleFunction<Figures> slowest = f -> panel.figures().stream().filter(o -> o.param("dtype").equals(f.param("dtype")))
                    .mapToDouble(o -> o.nanos().middle()).max().orElse(1);
            ToDoubleFunction<Figures> base = besideOne ? f -> Charts.oneMetric(panel, f).orElseThrow().nanos().middle() : slowest;
            line("Several metrics in one pass over the states and one after the other, " + said(panel) + ": time, "
                    + (besideOne ? "times that of one metric alone:" : "as a share of the slowest:"));
            pivot("", panel.figures(), f -> Charts.difference(f, panel), f -> f.param("dtype"),
                    f -> Text.share(f.nanos().middle() / base.applyAsDouble(f)));
        });
    }

    private void tiers(List<Panel> panels) {
        List<Panel> inMemory = panels.stream().filter(panel -> panel.figures().getFirst().share() != null).toList();
        most(inMemory.isEmpty() ? panels : inMemory).ifPresent(panel -> {
            String against = panel.values("tier").contains("java") ? "java" : panel.values("tier").getFirst();
            Function<Figures, Double> base = f -> panel.figures().stream()
                    .filter(o -> o.param("tier").equals(against) && o.param("dtype").equals(f.param("dtype")))
                    .mapToDouble(o -> o.nanos().middle()).findFirst().orElse(Double.NaN);
            line("Tier by tier, times as fast as " + safe(against) + ", " + said(panel) + ":");
            pivot("tier", panel.figures(), f -> f.param("tier"), f -> f.param("dtype"),
                    f -> Double.isNaN(base.apply(f)) ? "-" : Text.times(base.apply(f) / f.nanos().middle()));
        });
    }

    private static Optional<Panel> most(List<Panel> panels) {
        // The last of equals: sizes go from the nearest cache to memory.
        return panels.stream().reduce((a, b) -> b.figures().size() >= a.figures().size() ? b : a);
    }

    private static String said(Panel panel) {
        return safe(panel.title(Set.of()));
    }

    private static String share(Figures f) {
        Spread share = f.share();
        return share == null ? "-" : Text.share(share.middle());
    }

    private void pivot(String corner, List<Figures> figures, Function<Figures, String> row, Function<Figures, String> column,
            Function<Figures, String> cell) {
        Set<String> columns = figures.stream().map(column).collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> rows = figures.stream().map(row).collect(Collectors.toCollection(LinkedHashSet::new));
        cells(corner, columns.stream());
        text.append("|---".repeat(columns.size() + 1)).append("|\n");
        for (String r : rows) {
            cells(r, columns.stream().map(c -> figures.stream().filter(f -> row.apply(f).equals(r) && column.apply(f).equals(c)).map(cell)
                    .findFirst().orElse("-")));
        }
        text.append('\n');
    }

    private void cells(String first, Stream<String> rest) {
        text.append("| ").append(safe(first)).append(rest.map(c -> " | " + safe(c)).collect(Collectors.joining())).append(" |\n");
    }

    private void line(String line) {
        text.append(line).append("\n\n");
    }

    /** What would end a cell, a line or the block, or begin markup, is said otherwise. */
    private static String safe(String words) {
        return words.replaceAll("\\s+", " ").replace("|", "/").replace("<", "‹").replace(">", "›");
    }
}
