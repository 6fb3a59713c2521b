package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.ExitReplay;
import io.github.latentconvergence.analysis.TokenAnalysis;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * What is drawn over the cells.
 *
 * @param analysis what it is taken from, if anything is
 * @param shown what of the analysis is drawn
 * @param exits where a rule stops, if that is drawn
 */
record Overlays(Optional<Analysis> analysis, Set<Overlay> shown, Optional<ExitReplay> exits) {
    static final Overlays NONE = new Overlays(Optional.empty(), Set.of(), Optional.empty());

    Overlays {
        shown = Set.copyOf(shown);
    }

    /** The analysis, if this much of it is drawn. */
    Optional<Analysis> of(Overlay overlay) {
        return shown.contains(overlay) ? analysis : Optional.empty();
    }

    /** @throws IllegalArgumentException if this is an analysis of something else than what is drawn */
    static void requireSame(ConvergenceMatrix drawn, Analysis analysis) {
        ConvergenceMatrix own = analysis.matrix();
        if (own.tokens() != drawn.tokens() || own.iterations() != drawn.iterations() || own.metric() != drawn.metric()
                || !own.reference().label().equals(drawn.reference().label()) || !own.normalization().equals(drawn.normalization())) {
            throw new IllegalArgumentException(
                    "an analysis of " + own + " over a heatmap of " + drawn + ": expected one of the same distances");
        }
    }

    /** @throws IllegalArgumentException if these are exits of tokens or at positions that are not drawn */
    static void requireWithin(ConvergenceMatrix drawn, ExitReplay exits) {
        exits.tokens().forEach(token -> {
            if (token.index() < 0 || token.index() >= drawn.tokens() || token.exit().orElse(0) >= drawn.iterations()) {
                throw new IllegalArgumentException("an exit of token " + token.index() + " at position " + token.exit().orElse(0)
                        + " over a heatmap of " + drawn + ": expected exits of the same trace");
            }
        });
    }

    /** A position of every token of a matrix; empty too where the analysis says nothing of it. */
    static OptionalInt[] positions(Analysis analysis, Function<TokenAnalysis, OptionalInt> position) {
        OptionalInt[] all = none(analysis.matrix().tokens());
        analysis.tokens().forEach(token -> all[token.index()] = position.apply(token));
        return all;
    }

    /** The exit of every token of a matrix. */
    static OptionalInt[] positions(ExitReplay replay, int tokens) {
        OptionalInt[] all = none(tokens);
        replay.tokens().forEach(token -> all[token.index()] = token.exit());
        return all;
    }

    private static OptionalInt[] none(int tokens) {
        OptionalInt[] all = new OptionalInt[tokens];
        Arrays.fill(all, OptionalInt.empty());
        return all;
    }
}
