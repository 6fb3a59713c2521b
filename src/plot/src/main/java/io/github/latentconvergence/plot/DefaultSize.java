package io.github.latentconvergence.plot;

/** The size of a plot nobody gave a size: as large as its cells want, within what a page or a screen can show. */
final class DefaultSize {
    private static final double PANEL = 330;
    private static final double LARGEST_PANEL = 512;

    private DefaultSize() {}

    /** Width of the cells together, in figure units. */
    static double plotWidth(int iterations) {
        return iterations <= 760 ? Math.clamp(16.0 * iterations, 480, 760) : Math.min(iterations, 1024);
    }

    /** Width of one of several panels beside each other: a whole number of units for each iteration, as long as there is room. */
    static double panelWidth(int iterations) {
        return iterations <= PANEL ? iterations * Math.max(1, Math.rint(PANEL / iterations)) : Math.min(iterations, LARGEST_PANEL);
    }

    /**
     * Height of the cells together: generous rows for tens of tokens, rows just high enough for their labels up to a hundred, then a page whatever the number.
     */
    static double plotHeight(int tokens) {
        return Math.clamp(20.0 * tokens, 240, Math.clamp(15.0 * tokens, 800, 1400));
    }
}
