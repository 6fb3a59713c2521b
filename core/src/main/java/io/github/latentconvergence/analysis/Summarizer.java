package io.github.latentconvergence.analysis;

import java.util.List;
import java.util.OptionalDouble;

/** Adds the tokens up, and has the sum put into words. */
final class Summarizer {
    private final AnalysisOptions options;
    private final Measures measures;
    private final List<TokenAnalysis> tokens;
    private final List<Band> slow;
    private final List<Word> words;

    Summarizer(AnalysisOptions options, Measures measures, List<TokenAnalysis> tokens, List<Band> slow, List<Word> words) {
        this.options = options;
        this.measures = measures;
        this.tokens = tokens;
        this.slow = slow;
        this.words = words;
    }

    Summary summarize() {
        int converged = (int) tokens.stream().filter(t -> t.step().isPresent()).count();
        int atFloor = (int) tokens.stream().filter(t -> t.floor().isReached()).count();
        int contracting = (int) tokens.stream().filter(TokenAnalysis::isContracting).count();
        double[] floors = tokens.stream().map(t -> t.floor().level()).filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble).toArray();
        OptionalDouble floor = floors.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Median.of(floors));
        String text = String.join(" ", new SummaryText(options, measures, tokens, slow, words).sentences());
        return new Summary(Segments.medianStep(tokens), converged, tokens.size() - converged, atFloor, contracting, floor, text);
    }
}
