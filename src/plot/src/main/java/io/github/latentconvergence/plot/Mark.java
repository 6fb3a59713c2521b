package io.github.latentconvergence.plot;

/** One thing on a figure, placed; all lengths are in figure units. What draws marks decides nothing but how its format says them. */
sealed interface Mark {
    /** Where a text's {@code x} lies on it. */
    enum Anchor {
        START, MIDDLE, END
    }

    /**
     * A line of text.
     *
     * @param x of the anchor
     * @param y of the middle of the line
     * @param size font size
     * @param upward whether it reads upwards, its centre at {@code x, y}
     */
    record Text(StyledText text, double x, double y, Anchor anchor, double size, boolean upward) implements Mark {
        /** The room it takes. */
        Rect bounds() {
            double width = TextMeasure.width(text, size);
            double height = TextMeasure.lineHeight(size);
            if (upward) {
                return new Rect(x - height / 2, y - width / 2, height, width);
            }
            return new Rect(left(width), y - height / 2, width, height);
        }

        /** Its left end if it is {@code width} wide. */
        double left(double width) {
            return switch (anchor) {
                case START -> x;
                case MIDDLE -> x - width / 2;
                case END -> x - width;
            };
        }
    }

    /** A tick: a horizontal or vertical line, one unit thick. */
    record Tick(double x1, double y1, double x2, double y2) implements Mark {}

    /** The outline of an area, drawn just outside it. */
    record Frame(Rect area) implements Mark {}

    /** The end of a colour bar beyond which there is more. */
    record Arrow(Rect area, boolean up, int color) implements Mark {}

    /** A sample of a kind of cell. */
    record Swatch(Rect area, CellKind kind) implements Mark {}

    /** The cells, first row at the top, first column at the left. */
    record Cells(Rect area, CellGrid grid, ColorScale colors) implements Mark {}

    /** The colours from high (top) to low. */
    record Bar(Rect area, ColorScale colors) implements Mark {}
}
