package io.github.latentconvergence.plot;

/**
 * How a shape is drawn: what over cells is seen on the darkest and on the lightest of them. Colours are {@code 0xrrggbb}, widths in figure units.
 *
 * @param fill the colour of the inside, drawn second; or {@link #NONE}
 * @param under the colour of the wider line below all else, drawn first; or {@link #NONE}
 * @param underWidth its width
 * @param line the colour of the line, drawn last; or {@link #NONE}
 * @param width its width
 * @param dash length of the line's dashes and of the gaps between them; 0 for none
 * @param round whether its corners are round, as those of curves that turn sharply have to be
 */
record Ink(int fill, int under, double underWidth, int line, double width, double dash, boolean round) {
    /** No colour: nothing is drawn. */
    static final int NONE = -1;
    private static final int DARK = 0x1c1c1c;
    private static final int LIGHT = 0xffffff;

    /** A light line with dark edges. */
    static final Ink LINE_OVER_CELLS = new Ink(NONE, DARK, 4, LIGHT, 2, 0, false);
    /** A light area with dark edges; of areas that touch, the edges of all together. */
    static final Ink MARKER_OVER_CELLS = new Ink(LIGHT, DARK, 2.4, NONE, 0, 0, false);
    /** Dark dashes with light between them. */
    static final Ink DASHES_OVER_CELLS = new Ink(NONE, LIGHT, 1.6, DARK, 1.6, 4, false);
    /** A line on white. */
    static final Ink LINE = new Ink(NONE, NONE, 0, 0x444444, 1.5, 0, false);

    /** A dark area with light edges. */
    static final Ink DARK_MARKER = new Ink(DARK, LIGHT, 2.4, NONE, 0, 0, false);
    /** A line that guides the eye and means nothing. */
    static final Ink GUIDE = new Ink(NONE, NONE, 0, 0xd4d4d4, 1, 0, false);

    /** A line down to what something stands on. */
    static final Ink STEM = new Ink(NONE, NONE, 0, 0xb4b4b4, 0.8, 0, false);

    /** A curve on white. */
    static Ink curve(int color, double width) {
        return new Ink(NONE, NONE, 0, color, width, 0, true);
    }

    /** A broken curve. */
    static Ink dashes(int color, double width, double dash) {
        return new Ink(NONE, NONE, 0, color, width, dash, true);
    }

    /** An area without an edge. */
    static Ink area(int color) {
        return new Ink(color, NONE, 0, NONE, 0, 0, false);
    }

    /** A marker that is seen on curves of its own colour, too. */
    static Ink marker(int color) {
        return new Ink(color, LIGHT, 2.4, NONE, 0, 0, false);
    }
}
