package io.github.latentconvergence.bench.report;

import io.github.latentconvergence.bench.results.Environment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which results belong together. Decided by the parameters they have, so that a new benchmark needs nothing here.
 *
 * @param all results with samples
 * @param environment of the run
 */
record Picks(List<Figures> all, Environment environment) {
    /** Of this many sizes one can say how time grows. */
    private static final int SIZES = 4;

    /** What makes results of different sizes comparable; any other parameter may be what sets the size. */
    private static final Set<String> NOT_A_SIZE = Set.of("dtype", "threads", "tier", "metric", "library");

    /** This library's own name among peers. */
    static final String OURS = "latent-convergence";

    /** Shares of the roofline by dtype and threads: of each benchmark the panels that vary most, and single bars only if there is nothing else. */
    List<Panel> shares() {
        Set<Figures> elsewhere = new HashSet<>();
        Stream.of(scaling(), passes()).flatMap(List::stream).forEach(panel -> elsewhere.addAll(panel.figures()));
        List<Panel> panels = Panel.split(
                with("dtype", "threads").filter(f -> f.share() != null && !f.has("library") && !f.has("tier") && !elsewhere.contains(f))
                        .toList(),
                Figures::benchmark, Set.of("dtype", "threads"));
        Map<String, Integer> most = new HashMap<>();
        panels.forEach(panel -> most.merge(panel.subject(), panel.figures().size(), Math::max));
        int atLeast = Math.min(2, most.values().stream().mapToInt(size -> size).max().orElse(0));
        return panels.stream().filter(panel -> panel.figures().size() == Math.max(atLeast, most.getOrDefault(panel.subject(), 0))).toList();
    }

    /** Shares by metric; of kernels, those of the tier that this machine runs by default. */
    List<Panel> metrics() {
        Set<String> chosen = Set.of("best", environment.backend().replaceFirst("^.*/", ""));
        return Panel.split(with("metric", "dtype")
                .filter(f -> f.share() != null && !f.has("library") && (!f.has("tier") || chosen.contains(f.param("tier")))).toList(),
                Figures::benchmark, Set.of("metric", "dtype")).stream().filter(panel -> panel.distinct("metric") > 1).toList();
    }

    /** Other libraries and this one, fastest first. */
    List<Panel> peers() {
        return Panel.split(with("library").sorted(Comparator.comparingDouble(f -> f.nanos().middle())).toList(), f -> "",
                Set.of("library"));
    }

    /** Benchmarks that ran over many sizes. */
    List<Panel> scaling() {
        List<Figures> sized = with("dtype").filter(f -> f.result().bytesPerOp() > 0 && !f.has("library"))
                .sorted(Comparator.comparingLong(f -> f.result().bytesPerOp())).toList();
        Set<String> sizes = sized.stream().flatMap(f -> f.result().params().keySet().stream()).filter(p -> !NOT_A_SIZE.contains(p))
                .collect(Collectors.toSet());
        sizes.add("dtype");
        return Panel.split(sized, Figures::benchmark, sizes).stream().filter(Picks::manySizesOfOneType).toList();
    }

    private static boolean manySizesOfOneType(Panel panel) {
        return panel.values("dtype").stream()
                .anyMatch(dtype -> panel.figures().stream().filter(f -> f.param("dtype").equals(dtype)).map(f -> f.result().bytesPerOp())
                        .distinct().count() >= SIZES);
    }

    /** Several metrics in one pass and one after the other; and beside them, of another benchmark, the same states with one metric alone. */
    List<Panel> onePass() {
        return passes().stream().map(panel -> {
            List<Figures> figures = new ArrayList<>(panel.figures());
            all.stream().filter(f -> isOneMetricOf(f, panel)).forEach(figures::add);
            return new Panel(panel.subject(), panel.params(), figures);
        }).toList();
    }

    private static boolean isOneMetricOf(Figures f, Panel panel) {
        Map<String, String> rest = new HashMap<>(f.result().params());
        boolean l2 = "l2".equals(rest.remove("metric"));
        return l2 && panel.figures().stream().anyMatch(pass -> pass.result().params().equals(rest));
    }

    private List<Panel> passes() {
        List<Figures> passes = all.stream().filter(f -> f.group().toLowerCase(Locale.ROOT).contains("pass")).toList();
        Set<String> shown = passes.stream().flatMap(f -> f.result().params().keySet().stream())
                .filter(p -> !p.equals("threads") && !p.equals("shape"))
                .collect(Collectors.toSet());
        return Panel.split(passes, Figures::group, shown);
    }

    /** The same by several tiers, in the order in which the machine names them. */
    List<Panel> tiers() {
        List<String> order = environment.tiers();
        return Panel
                .split(with("tier").sorted(Comparator.comparingInt(f -> order.indexOf(f.param("tier")))).toList(), Figures::benchmark,
                        Set.of("tier", "dtype"))
                .stream()
                .filter(panel -> panel.distinct("tier") > 1).toList();
    }

    /** What none of these has. */
    List<Panel> rest() {
        Set<Figures> drawn = new HashSet<>();
        Stream.of(shares(), metrics(), peers(), scaling(), onePass(), tiers()).flatMap(List::stream)
                .forEach(panel -> drawn.addAll(panel.figures()));
        List<Figures> rest = all.stream().filter(f -> !drawn.contains(f)).toList();
        return Panel.split(rest, Figures::group,
                rest.stream().flatMap(f -> f.result().params().keySet().stream()).collect(Collectors.toSet()));
    }

    private Stream<Figures> with(String... params) {
        return all.stream().filter(f -> Stream.of(params).allMatch(f::has));
    }
}
