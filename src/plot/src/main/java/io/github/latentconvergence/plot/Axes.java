package io.github.latentconvergence.plot;

import java.awt.geom.Path2D;
import java.util.List;

/** The two axes of a chart on their plot. */
record Axes(Rect plot, Axis x, Axis y) {
    /** Half the length of the dash that a point without neighbours is drawn as. */
    private static final double ALONE = 1.5;

    /** What a chart draws, once there are axes to draw it on. */
    interface Layer {
        List<Mark> on(Axes axes);
    }

    double x(double value) {
        return plot.x() + x.share(value) * plot.width();
    }

    double y(double value) {
        return plot.bottom() - y.share(value) * plot.height();
    }

    /** Through points; NaN breaks it. */
    Path2D curve(double[] xs, double[] ys) {
        Path2D path = new Path2D.Double();
        for (int k = 0; k < ys.length; k++) {
            if (isPoint(xs, ys, k)) {
                double x = x(xs[k]);
                double y = y(ys[k]);
                boolean goesOn = isPoint(xs, ys, k - 1);
                if (!goesOn && !isPoint(xs, ys, k + 1)) {
                    path.moveTo(x - ALONE, y);
                    path.lineTo(x + ALONE, y);
                } else if (goesOn) {
                    path.lineTo(x, y);
                } else {
                    path.moveTo(x, y);
                }
            }
        }
        return path;
    }

    private static boolean isPoint(double[] xs, double[] ys, int k) {
        return k >= 0 && k < ys.length && !Double.isNaN(xs[k]) && !Double.isNaN(ys[k]);
    }

    /** Between two curves that have the same gaps. */
    Path2D between(double[] xs, double[] lower, double[] upper) {
        Path2D path = new Path2D.Double();
        for (int from = 0; from < xs.length; from++) {
            int to = from;
            while (isPoint(xs, lower, to) && isPoint(xs, upper, to)) {
                to++;
            }
            if (to > from) {
                path.moveTo(x(xs[from]), y(upper[from]));
                for (int k = from + 1; k < to; k++) {
                    path.lineTo(x(xs[k]), y(upper[k]));
                }
                for (int k = to - 1; k >= from; k--) {
                    path.lineTo(x(xs[k]), y(lower[k]));
                }
                path.closePath();
                from = to;
            }
        }
        return path;
    }

    /** A straight line. */
    static Path2D line(double x1, double y1, double x2, double y2) {
        Path2D path = new Path2D.Double();
        path.moveTo(x1, y1);
        path.lineTo(x2, y2);
        return path;
    }
}
