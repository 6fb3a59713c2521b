package io.github.latentconvergence.plot;

/**
 * Heights of the texts of a figure in its units. At the default size the smallest is over 5 points when the figure is printed 6.5 inches wide.
 *
 * @param title of the figure
 * @param axis of axis titles
 * @param tick of ticks, labels and the legend
 * @param smallest of labels where there is little room
 */
record FontSizes(double title, double axis, double tick, double smallest) {
    private static final FontSizes NORMAL = new FontSizes(20, 17, 15, 12);
    private static final double ROOMY_WIDTH = 760;
    private static final double ROOMY_HEIGHT = 480;

    /** Sizes for a figure of unknown size. */
    static FontSizes normal() {
        return NORMAL;
    }

    /** Sizes for a figure of this size: the normal ones, down to 0.6 of them where it is small. */
    static FontSizes in(double width, double height) {
        double f = Math.clamp(Math.min(width / ROOMY_WIDTH, height / ROOMY_HEIGHT), 0.6, 1);
        return new FontSizes(NORMAL.title * f, NORMAL.axis * f, NORMAL.tick * f, NORMAL.smallest * f);
    }
}
