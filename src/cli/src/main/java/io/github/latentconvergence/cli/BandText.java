package io.github.latentconvergence.cli;

import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.Band;
import io.github.latentconvergence.analysis.Word;
import java.util.ArrayList;
import java.util.List;

/** Bands in words. */
final class BandText {
    private static final int TEXT = 24;
    /** Of a long band the beginning is shown, unless all is asked for. */
    private static final int SHOWN = 12;

    private final Analysis analysis;
    private final int shown;

    BandText(Analysis analysis, boolean all) {
        this.analysis = analysis;
        this.shown = all ? Integer.MAX_VALUE : SHOWN;
    }

    /** A paragraph for each band. */
    List<Paragraph> paragraphs() {
        List<Paragraph> paragraphs = new ArrayList<>();
        analysis.slowBands().forEach(band -> paragraphs.add(paragraph("slow band", band)));
        analysis.fastBands().forEach(band -> paragraphs.add(paragraph("fast band", band)));
        if (paragraphs.isEmpty()) {
            paragraphs.add(new Paragraph().text("no slow or fast bands: no token is beyond both z "
                    + Cells.fixed(analysis.options().bands().z(), 1) + " and " + Cells.fixed(analysis.options().bands().excess(), 2)
                    + " decades from the median"));
        }
        return paragraphs;
    }

    private Paragraph paragraph(String kind, Band band) {
        Paragraph paragraph = new Paragraph().text(kind + " " + range(band.first(), band.last()) + ": excess "
                + Cells.signed(band.excess(), 2) + " decades, z " + Cells.signed(band.z(), 1) + ":");
        list(band.texts(), paragraph);
        List<Word> words = words(analysis, band.first(), band.last());
        if (words.stream().anyMatch(word -> word.first() < word.last())) {
            list(texts(words), paragraph.text("in words:"));
        }
        return paragraph;
    }

    private void list(List<String> texts, Paragraph paragraph) {
        texts.stream().limit(shown).forEach(text -> paragraph.whole(Texts.quoted(text, TEXT)));
        if (texts.size() > shown) {
            paragraph.text("and " + (texts.size() - shown) + " more");
        }
    }

    /** The words that any of these tokens belongs to. */
    static List<Word> words(Analysis analysis, int first, int last) {
        return analysis.words().stream().filter(w -> w.first() <= last && w.last() >= first).toList();
    }

    /** Without the space that often belongs to a token. */
    static List<String> texts(List<Word> words) {
        return words.stream().map(word -> word.text().strip()).toList();
    }

    static String range(int first, int last) {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
