package io.github.latentconvergence.analysis;

import java.util.Arrays;
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
        int contracting = (int) tokens.stream().filter(Summarizer::isContracting).count();
        double[] floors = tokens.stream().map(t -> t.floor().level()).filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble).toArray();
        OptionalDouble floor = floors.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Median.of(floors));
        String text = String.join(" ", new SummaryText(options, measures, tokens, slow, words).sentences());
        return new Summary(Segments.medianStep(tokens), converged, tokens.size() - converged, atFloor, contracting, floor, text);
    }

    /** Not at a floor, and its steps shrink to the end: neither on an orbit nor drifting, nor levelled off too high for a floor. */
    static boolean isContracting(TokenAnalysis token) {
        Trajectory.Evidence evidence = token.trajectory().evidence();
        return token.trajectory().shape() == Trajectory.Shape.UNRESOLVED && token.contraction().errorBar().isPresent()
                && evidence.stepSlope() < -evidence.slopeNoise();
    }

    static double median(List<TokenAnalysis> tokens, java.util.function.ToDoubleFunction<TokenAnalysis> value) {
        return Median.of(tokens.stream().mapToDouble(value).filter(v -> !Double.isNaN(v)).toArray());
    }

    static double largest(List<TokenAnalysis> tokens, java.util.function.ToDoubleFunction<TokenAnalysis> value) {
        return Arrays.stream(tokens.stream().mapToDouble(value).toArray()).max().orElse(Double.NaN);
    }
}
