package io.github.latentconvergence.plot;

import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;

/** Paths in the words of SVG. */
final class SvgPath {
    private SvgPath() {}

    /** The {@code d} of a path. */
    static String of(Path2D path) {
        StringBuilder d = new StringBuilder();
        double[] at = new double[6];
        for (PathIterator it = path.getPathIterator(null); !it.isDone(); it.next()) {
            switch (it.currentSegment(at)) {
                case PathIterator.SEG_MOVETO -> append(d, 'M', at, 2);
                case PathIterator.SEG_LINETO -> append(d, 'L', at, 2);
                case PathIterator.SEG_QUADTO -> append(d, 'Q', at, 4);
                case PathIterator.SEG_CUBICTO -> append(d, 'C', at, 6);
                default -> d.append('Z');
            }
        }
        return d.toString();
    }

    private static void append(StringBuilder d, char command, double[] at, int count) {
        d.append(command);
        for (int k = 0; k < count; k++) {
            d.append(k == 0 ? "" : " ").append(SvgWriter.number(at[k]));
        }
    }

    /** Appends a rectangle. */
    static void rectangle(StringBuilder d, double x, double y, double width, double height) {
        d.append('M').append(SvgWriter.number(x)).append(' ').append(SvgWriter.number(y)).append('h').append(SvgWriter.number(width))
                .append('v')
                .append(SvgWriter.number(height)).append('h').append(SvgWriter.number(-width)).append('z');
    }
}
