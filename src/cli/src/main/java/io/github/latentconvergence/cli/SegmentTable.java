package io.github.latentconvergence.cli;

import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.Segment;
import io.github.latentconvergence.analysis.TokenAnalysis;
import io.github.latentconvergence.analysis.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A line for each segment. */
final class SegmentTable {
    private static final int TEXT = 26;
    private static final int TEXT_WIDE = 72;
    private static final int SLOWEST = 18;

    private final Analysis analysis;
    private final int textWidth;

    SegmentTable(Analysis analysis, boolean wide) {
        this.analysis = analysis;
        this.textWidth = wide ? TEXT_WIDE : TEXT;
    }

    List<String> lines() {
        Map<Integer, String> texts = analysis.tokens().stream().collect(Collectors.toMap(TokenAnalysis::index, TokenAnalysis::text));
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("segment", "text", "median step", "rate", "slowest"));
        for (Segment segment : analysis.segments()) {
            String slowest = segment.slowest().isEmpty()
                    ? Cells.NONE
                    : Cells.of(segment.slowest()) + " "
                            + Texts.quoted(texts.getOrDefault(segment.slowest().getAsInt(), Cells.NONE), SLOWEST);
            rows.add(List.of(BandText.range(segment.first(), segment.last()), Texts.quoted(text(segment), textWidth),
                    Cells.fixed(segment.medianStep(), 1), Cells.rate(segment.medianRate()), slowest));
        }
        return Columns.lines(rows, Set.of("segment", "text", "slowest"));
    }

    /** As a person reads it; the tokens' own texts where no words were found. */
    private String text(Segment segment) {
        List<Word> words = BandText.words(analysis, segment.first(), segment.last());
        return String.join(words.isEmpty() ? "" : " ", words.isEmpty() ? segment.texts() : BandText.texts(words));
    }
}
