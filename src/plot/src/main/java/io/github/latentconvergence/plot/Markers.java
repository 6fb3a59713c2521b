package io.github.latentconvergence.plot;

import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** Shapes that stand for a point, so that colour is not all that tells points apart. */
enum Markers {
    CIRCLE, SQUARE, DIAMOND, UP, DOWN;

    /** About a point, reaching {@code size} from it. */
    Path2D at(double x, double y, double size) {
        return switch (this) {
            case CIRCLE -> new Path2D.Double(new Ellipse2D.Double(x - size, y - size, 2 * size, 2 * size));
            case SQUARE -> polygon(x, y, 0.85 * size, -1, -1, 1, -1, 1, 1, -1, 1);
            case DIAMOND -> polygon(x, y, 1.15 * size, 0, -1, 1, 0, 0, 1, -1, 0);
            case UP -> polygon(x, y, size, 0, -1.1, 1.05, 0.8, -1.05, 0.8);
            case DOWN -> polygon(x, y, size, 0, 1.1, 1.05, -0.8, -1.05, -0.8);
        };
    }

    private static Path2D polygon(double x, double y, double size, double... corners) {
        Path2D path = new Path2D.Double();
        path.moveTo(corners[0], corners[1]);
        for (int k = 2; k < corners.length; k += 2) {
            path.lineTo(corners[k], corners[k + 1]);
        }
        path.closePath();
        path.transform(new AffineTransform(size, 0, 0, size, x, y));
        return path;
    }
}
