package io.github.latentconvergence.plot;

/** Lengths of figures: on whole pixels, and of a size that was asked for. */
final class Sides {
    private Sides() {}

    /** The nearest whole device pixel, so that cells and their frame have sharp edges. */
    static double snap(double length, double deviceScale) {
        return Math.rint(length * deviceScale) / deviceScale;
    }

    /** What was asked for, where it is enough but for rounding. */
    static int of(int asked, double needed) {
        return needed < asked + 1 ? asked : (int) Math.ceil(needed);
    }

    /** A sheet, if it is as large as was asked for; anything is where nothing was. */
    static <S extends Sheet> S within(S sheet, int width, int height) {
        if (width > 0 && (sheet.width() > width || sheet.height() > height)) {
            throw new IllegalArgumentException("size " + width + " x " + height
                    + " leaves no room for the cells beside the texts: expected at least " + sheet.width() + " x " + sheet.height());
        }
        return sheet;
    }
}
