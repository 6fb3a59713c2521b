package io.github.latentconvergence.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * The labels of the rows: every token's text where there is room for every one, else that of every n-th with its index beside it.
 */
final class RowLabels {
    private static final double TICK = 4;
    private static final double GAP = 4;
    private static final double COLUMN_GAP = 12;
    /** The largest share of the figure's width that labels may take. */
    private static final double WIDEST_SHARE = 0.3;

    private final int bin;
    private final double rowHeight;
    private final int step;
    private final double size;
    private final double indexWidth;
    private final List<StyledText> texts;

    /**
     * Labels for rows of {@code rowHeight} that hold {@code bin} tokens each, in a figure that is {@code figureWidth} wide.
     */
    RowLabels(List<String> tokens, int bin, double rowHeight, double figureWidth, FontSizes fonts) {
        this.bin = bin;
        this.rowHeight = rowHeight;
        double tokenHeight = rowHeight / bin;
        boolean all = tokenHeight >= TextMeasure.lineHeight(fonts.smallest()) - 1e-6;
        this.size = all ? Math.min(fonts.tick(), tokenHeight / TextMeasure.lineHeight(1)) : fonts.smallest();
        this.step = all ? 1 : NiceSteps.atLeast(TextMeasure.lineHeight(size) / tokenHeight);
        StyledText lastIndex = StyledText.EMPTY.plain(Integer.toString(tokens.size() - 1));
        this.indexWidth = all ? 0 : TextMeasure.width(lastIndex, size) + COLUMN_GAP;
        double room = figureWidth * WIDEST_SHARE - indexWidth;
        List<StyledText> labels = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i += step) {
            labels.add(TextMeasure.fit(tokens.get(i), size, room));
        }
        this.texts = List.copyOf(labels);
    }

    /** Width they take at the left of the plot. */
    double width() {
        return TICK + GAP + indexWidth + TextMeasure.widest(texts, size);
    }

    /** Their marks beside the plot. */
    List<Mark> marks(Rect plot) {
        List<Mark> marks = new ArrayList<>();
        double right = plot.x() - TICK - GAP;
        for (int k = 0; k < texts.size(); k++) {
            int token = k * step;
            int row = token / bin;
            double y = plot.y() + (row + 0.5) * rowHeight;
            marks.add(new Mark.Tick(plot.x() - TICK, y, plot.x(), y));
            marks.add(new Mark.Text(texts.get(k), right - indexWidth, y, Mark.Anchor.END, size, false));
            if (step > 1) {
                StyledText index = StyledText.EMPTY.quiet(Integer.toString(token));
                marks.add(new Mark.Text(index, right, y, Mark.Anchor.END, size, false));
            }
        }
        return marks;
    }
}
