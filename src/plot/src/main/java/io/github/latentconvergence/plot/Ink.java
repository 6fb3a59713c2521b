package io.github.latentconvergence.plot;

/** How a shape is drawn: what over cells is seen on the darkest and on the lightest of them. Colours are {@code 0xrrggbb}, widths in figure units. */
enum Ink {
    /** A light line with dark edges. */
    LINE_OVER_CELLS(Ink.NONE, Ink.DARK, 4, Ink.LIGHT, 2, 0),
    /** A light area with dark edges; of areas that touch, the edges of all together. */
    MARKER_OVER_CELLS(Ink.LIGHT, Ink.DARK, 2.4, Ink.NONE, 0, 0),
    /** Dark dashes with light between them. */
    DASHES_OVER_CELLS(Ink.NONE, Ink.LIGHT, 1.6, Ink.DARK, 1.6, 4),
    /** A dark area with light edges. */
    DARK_MARKER(Ink.DARK, Ink.LIGHT, 2.4, Ink.NONE, 0, 0),
    /** A line that guides the eye and means nothing. */
    GUIDE(Ink.NONE, Ink.NONE, 0, 0xd4d4d4, 1, 0),
    /** A line down to what something stands on. */
    STEM(Ink.NONE, Ink.NONE, 0, 0xb4b4b4, 0.8, 0),
    /** A line on white. */
    LINE(Ink.NONE, Ink.NONE, 0, 0x444444, 1.5, 0);

    /** No colour: nothing is drawn. */
    static final int NONE = -1;
    private static final int DARK = 0x1c1c1c;
    private static final int LIGHT = 0xffffff;

    private final int fill;
    private final int under;
    private final double underWidth;
    private final int line;
    private final double width;
    private final double dash;

    Ink(int fill, int under, double underWidth, int line, double width, double dash) {
        this.fill = fill;
        this.under = under;
        this.underWidth = underWidth;
        this.line = line;
        this.width = width;
        this.dash = dash;
    }

    /** The colour of the inside, drawn second; or {@link #NONE}. */
    int fill() {
        return fill;
    }

    /** The colour of the wider line below all else, drawn first; or {@link #NONE}. */
    int under() {
        return under;
    }

    double underWidth() {
        return underWidth;
    }

    /** The colour of the line, drawn last; or {@link #NONE}. */
    int line() {
        return line;
    }

    double width() {
        return width;
    }

    /** Length of the line's dashes and of the gaps between them; 0 for none. */
    double dash() {
        return dash;
    }
}
