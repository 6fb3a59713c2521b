package io.github.latentconvergence.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Splits tokens at special tokens, after ends of sentences, and at masked tokens. */
final class Segments {
    private Segments() {}

    static List<Segment> of(List<TokenAnalysis> tokens) {
        List<Segment> segments = new ArrayList<>();
        List<TokenAnalysis> open = new ArrayList<>();
        for (int n = 0; n < tokens.size(); n++) {
            TokenAnalysis token = tokens.get(n);
            if (TokenTexts.isSpecial(token.text()) || (n > 0 && tokens.get(n - 1).index() != token.index() - 1)) {
                close(open, segments);
            }
            if (!TokenTexts.isSpecial(token.text())) {
                open.add(token);
            }
            // Dots in a row, each a token, end one sentence together.
            boolean goesOn = n + 1 < tokens.size() && isOnlyPunctuation(tokens.get(n + 1).text());
            if (TokenTexts.endsSentence(token.text()) && !goesOn) {
                close(open, segments);
            }
        }
        close(open, segments);
        return List.copyOf(segments);
    }

    private static boolean isOnlyPunctuation(String text) {
        return !text.isBlank() && !TokenTexts.isSpecial(text) && TokenTexts.plain(text).codePoints().noneMatch(Character::isLetterOrDigit)
                && TokenTexts.endsSentence(text);
    }

    private static void close(List<TokenAnalysis> open, List<Segment> segments) {
        if (!open.isEmpty()) {
            segments.add(segment(List.copyOf(open)));
            open.clear();
        }
    }

    private static Segment segment(List<TokenAnalysis> tokens) {
        double[] rates = tokens.stream().map(t -> t.contraction().rate()).filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble).toArray();
        return new Segment(tokens.getFirst().index(), tokens.getLast().index(), tokens.stream().map(TokenAnalysis::text).toList(),
                medianStep(tokens), rates.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Median.of(rates)),
                tokens.stream().filter(t -> Double.isFinite(t.slowness().meanLog10()))
                        .max(Comparator.comparingDouble(t -> t.slowness().meanLog10()))
                        .map(t -> OptionalInt.of(t.index())).orElse(OptionalInt.empty()));
    }

    /** Tokens without a step are later than all others. */
    static OptionalDouble medianStep(List<TokenAnalysis> tokens) {
        double median = Median.of(steps(tokens));
        return Double.isFinite(median) ? OptionalDouble.of(median) : OptionalDouble.empty();
    }

    static double[] steps(List<TokenAnalysis> tokens) {
        return tokens.stream().mapToDouble(t -> t.step().isPresent() ? t.step().getAsInt() : Double.POSITIVE_INFINITY).toArray();
    }
}
