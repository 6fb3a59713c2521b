package io.github.latentconvergence.plot;

import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.Band;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Brackets at the right of the cells around slow and fast bands, each with its z-score where there is room for it. */
final class BandBrackets {
    static final String NAME = "band";

    private static final double GAP = 5;
    private static final double DEPTH = 5;
    private static final double TEXT_GAP = 4;
    private static final double INSET = 1.5;
    private static final double LEAST_HEIGHT = 2;

    private final List<Band> bands;
    private final double size;

    /** The bands of an analysis, if it is drawn. */
    BandBrackets(Optional<Analysis> analysis, FontSizes fonts) {
        this.bands = analysis.map(a -> Stream.concat(a.slowBands().stream(), a.fastBands().stream()).toList()).orElse(List.of());
        this.size = fonts.smallest();
    }

    /** Width they take at the right of the plot; 0 if there are none. */
    double width() {
        return bands.isEmpty() ? 0 : GAP + DEPTH + TEXT_GAP + TextMeasure.widest(bands.stream().map(BandBrackets::label).toList(), size);
    }

    List<Mark> marks(Placement place) {
        List<Mark> marks = new ArrayList<>();
        double x = place.plot().right() + GAP;
        List<Rect> taken = new ArrayList<>();
        Path2D path = new Path2D.Double();
        // What stands out most has its label first.
        for (Band band : bands.stream().sorted(Comparator.comparingDouble((Band b) -> -Math.abs(b.z()))).toList()) {
            double top = place.top(place.row(band.first())) + INSET;
            double bottom = Math.max(place.top(place.row(band.last()) + 1) - INSET, top + LEAST_HEIGHT);
            bracket(path, x, top, bottom, DEPTH);
            Mark.Text text = new Mark.Text(label(band), x + DEPTH + TEXT_GAP, (top + bottom) / 2, Mark.Anchor.START, size, false);
            if (taken.stream().noneMatch(text.bounds()::overlaps)) {
                taken.add(text.bounds());
                marks.add(text);
            }
        }
        if (!bands.isEmpty()) {
            marks.add(new Mark.Drawing(NAME, path, Ink.LINE));
        }
        return marks;
    }

    static void bracket(Path2D path, double x, double top, double bottom, double depth) {
        path.moveTo(x, top);
        path.lineTo(x + depth, top);
        path.lineTo(x + depth, bottom);
        path.lineTo(x, bottom);
    }

    private static StyledText label(Band band) {
        double z = Math.abs(band.z());
        String number = Double.isInfinite(z) ? "∞" : String.format(Locale.ROOT, z < 99.95 ? "%.1f" : "%.3g", z);
        return StyledText.EMPTY.plain("z " + (band.z() < 0 ? "−" : "") + number);
    }
}
