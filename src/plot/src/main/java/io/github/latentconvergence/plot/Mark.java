package io.github.latentconvergence.plot;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.List;

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
    record Arrow(Rect area, boolean up, int color) implements Mark {
        /** A triangle. */
        Path2D outline() {
            double base = up ? area.bottom() : area.y();
            Path2D path = new Path2D.Double();
            path.moveTo(area.x(), base);
            path.lineTo(area.right(), base);
            path.lineTo(area.centerX(), up ? area.y() : area.bottom());
            path.closePath();
            return path;
        }
    }

    /** An area of one colour. */
    record Fill(Rect area, int color) implements Mark {}

    /**
     * Lines or areas.
     *
     * @param name what they show, in one word
     */
    record Drawing(String name, Path2D path, Ink ink) implements Mark {}

    /**
     * Areas that show diagonals over what they lie on, which run on from one area to the next.
     *
     * @param name what they show, in one word
     */
    record Hatch(String name, List<Rect> areas) implements Mark {
        /** Distance of the diagonals along the axes. */
        static final double APART = 6;
        static final double WIDTH = 0.9;
        static final int COLOR = 0xffffff;
    }

    /**
     * A way from point to point, each piece in the colour of the point it leads to, set off from what lies below by an edge.
     *
     * @param name what it shows, in one word
     * @param dot radius of the points
     */
    record Trail(String name, List<Point> points, double width, double dot, int edge, double edgeWidth) implements Mark {
        /** A point of it. */
        record Point(double x, double y, int color) {}

        /** All of it. */
        Path2D line() {
            Path2D line = new Path2D.Double();
            line.moveTo(points.getFirst().x(), points.getFirst().y());
            points.forEach(p -> line.lineTo(p.x(), p.y()));
            return line;
        }

        /** The piece that leads to a point other than the first. */
        Path2D piece(int n) {
            Path2D piece = new Path2D.Double();
            piece.moveTo(points.get(n - 1).x(), points.get(n - 1).y());
            piece.lineTo(points.get(n).x(), points.get(n).y());
            return piece;
        }

        /** A point's area, with this much around it. */
        Ellipse2D dot(Point point, double around) {
            double r = dot + around;
            return new Ellipse2D.Double(point.x() - r, point.y() - r, 2 * r, 2 * r);
        }
    }

    /** A sample of a kind of cell. */
    record Swatch(Rect area, CellKind kind) implements Mark {}

    /** The cells, first row at the top, first column at the left. */
    record Cells(Rect area, CellGrid grid, ColorScale colors) implements Mark {}

    /** The colours from high (top) to low. */
    record Bar(Rect area, ColorScale colors) implements Mark {}
}
