package io.github.latentconvergence.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Results that are drawn in one chart.
 *
 * @param subject the benchmark, or its class
 * @param params that all of them share, by name
 * @param figures of the results
 */
record Panel(String subject, Map<String, String> params, List<Figures> figures) {
    /** One panel for each subject and combination of the parameters that are not shown within a chart, in the order they ran. */
    static List<Panel> split(List<Figures> figures, Function<Figures, String> subject, Set<String> shown) {
        Map<List<?>, List<Figures>> groups = new LinkedHashMap<>();
        for (Figures of : figures) {
            Map<String, String> rest = new TreeMap<>(of.result().params());
            rest.keySet().removeAll(shown);
            groups.computeIfAbsent(List.of(subject.apply(of), rest), key -> new ArrayList<>()).add(of);
        }
        return groups.values().stream().map(members -> new Panel(subject.apply(members.getFirst()), shared(members), members)).toList();
    }

    /** How many values of a parameter there are. */
    long distinct(String param) {
        return figures.stream().map(f -> f.param(param)).distinct().count();
    }

    /** The values of a parameter, in the order they ran. */
    List<String> values(String param) {
        return figures.stream().map(f -> f.param(param)).distinct().toList();
    }

    /** For people, without the parameters that are said elsewhere. */
    String title(Set<String> saidElsewhere) {
        Stream<String> rest = params.entrySet().stream().filter(p -> !saidElsewhere.contains(p.getKey()))
                .map(p -> p.getKey() + " " + p.getValue());
        return Stream.concat(subject.isEmpty() ? Stream.of() : Stream.of(subject), rest).collect(Collectors.joining(", "));
    }

    /** Parameters that have one value in all panels, if there are several panels: said once instead of in each title. */
    static Map<String, String> common(List<Panel> panels) {
        return panels.size() < 2 ? Map.of() : shared(panels.stream().flatMap(panel -> panel.figures.stream()).toList());
    }

    /** The parameters that have the same value in all, in the order of the first. */
    static Map<String, String> shared(List<Figures> figures) {
        Map<String, String> shared = new LinkedHashMap<>(figures.getFirst().result().params());
        shared.entrySet().removeIf(p -> figures.stream().anyMatch(f -> !p.getValue().equals(f.result().params().get(p.getKey()))));
        return shared;
    }
}
