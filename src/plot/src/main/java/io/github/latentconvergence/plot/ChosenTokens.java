package io.github.latentconvergence.plot;

import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.TokenAnalysis;
import io.github.latentconvergence.analysis.Trajectory.Shape;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A few tokens that stand for all where there is room for a few: the slowest, the typical one, and one that orbits if any does; with why they were chosen. */
final class ChosenTokens {
    private static final Comparator<TokenAnalysis> BY_SLOWNESS = Comparator.comparingDouble(t -> t.slowness().meanLog10());

    private ChosenTokens() {}

    /** Those that can be ranked, which have no state that is not finite, in the order of the trace. */
    static int[] ranked(Analysis analysis) {
        return analysis.tokens().stream().filter(ChosenTokens::isRanked).mapToInt(TokenAnalysis::index).toArray();
    }

    private static boolean isRanked(TokenAnalysis token) {
        return Double.isFinite(token.slowness().meanLog10());
    }

    /** Index to reason, in the order of the trace; none where no token can be ranked. */
    static Map<Integer, String> of(Analysis analysis) {
        List<TokenAnalysis> ranked = analysis.tokens().stream().filter(ChosenTokens::isRanked).sorted(BY_SLOWNESS)
                .toList();
        Map<Integer, String> chosen = new LinkedHashMap<>();
        if (ranked.isEmpty()) {
            return chosen;
        }
        chosen.put(ranked.getLast().index(), "the slowest");
        chosen.putIfAbsent(ranked.get((ranked.size() - 1) / 2).index(), "one of median slowness");
        ranked.stream().filter(t -> t.trajectory().shape() == Shape.ORBITING)
                .min(Comparator.comparingInt(t -> t.trajectory().period().orElse(Integer.MAX_VALUE)))
                .ifPresent(t -> chosen.putIfAbsent(t.index(), "one that orbits with the shortest period"));
        return chosen.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }
}
