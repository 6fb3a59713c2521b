package io.github.latentconvergence.plot;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/**
 * What a cell of the heatmap shows. All but {@link #MEASURED} have no log distance and are drawn apart, each with a colour that is not on the colour map and, where a
 * cell is large enough, a texture, so that they are told from each other in grey-scale too.
 *
 * <p>Listed by what wins when several cells share one pixel: whatever is large or wrong before whatever is near or says nothing.
 */
enum CellKind {
    /** An infinite distance. */
    INFINITE(0xff6ad5, 0x3a0030),
    /** A positive, finite distance: on the colour map. */
    MEASURED(0, 0),
    /** Not a number. */
    NAN(0xe3202b, 0xffffff),
    /** Distance exactly 0: the state is the reference. */
    ZERO(0xffffff, 0xa78fb5),
    /** Distance 0 by construction, because the reference is the cell's own state. */
    SELF_REFERENCE(0xd2d2d2, 0xd2d2d2),
    /** Not a number by construction: the first state has no previous one. */
    UNDEFINED(0xdedede, 0xdedede),
    /** A padding token. */
    MASKED(0xf3f3f3, 0xb4b4b4),
    /** Where two matrices are held against each other, a cell in which one of them has no log distance, or both. A grey that is far from all the colours of ratios. */
    NO_RATIO(0x6e6e6e, 0xe4e4e4);

    private final int fill;
    private final int ink;

    CellKind(int fill, int ink) {
        this.fill = fill;
        this.ink = ink;
    }

    /** The ground colour, {@code 0xrrggbb}; meaningless for {@link #MEASURED}. */
    int fill() {
        return fill;
    }

    /** The colour of the texture on it. */
    int ink() {
        return ink;
    }

    /** The symbol of a cell around {@code x, y} with room for {@code r} on every side: an area if {@link #isSymbolFilled}, else lines; nothing for most kinds. */
    Path2D symbol(double x, double y, double r) {
        Path2D path = new Path2D.Double();
        switch (this) {
            case ZERO -> path.append(new Ellipse2D.Double(x - r / 2, y - r / 2, r, r), false);
            case NAN -> {
                line(path, x - r, y - r, x + r, y + r);
                line(path, x - r, y + r, x + r, y - r);
            }
            case INFINITE -> {
                line(path, x, y - r, x, y + r);
                line(path, x - r, y, x + r, y);
            }
            case NO_RATIO -> line(path, x - r, y + r, x + r, y - r);
            case MASKED, SELF_REFERENCE, UNDEFINED, MEASURED -> {
                // Plain, or hatched.
            }
        }
        return path;
    }

    /** Whether a cell of one matrix can be it, rather than one of two held against each other. */
    boolean isOfDistance() {
        return this != NO_RATIO;
    }

    boolean isSymbolFilled() {
        return this == ZERO;
    }

    private static void line(Path2D path, double x1, double y1, double x2, double y2) {
        path.moveTo(x1, y1);
        path.lineTo(x2, y2);
    }
}
