package io.github.latentconvergence.bench.report;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives a value of a parameter the same colour in every chart: its place among the values that ran. */
final class Colours {
    /** As many as the style sheet has; told apart by people who see few colours, and never the only sign. */
    private static final int COLOURS = 6;

    private final Map<String, Set<String>> values = new HashMap<>();

    Colours(List<Figures> figures) {
        for (Figures of : figures) {
            of.result().params().forEach((name, value) -> values.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(value));
        }
    }

    /** The place of a value in the style sheet. */
    int of(String param, String value) {
        return Math.max(0, List.copyOf(values.getOrDefault(param, Set.of())).indexOf(value)) % COLOURS;
    }
}
