package io.github.latentconvergence.cli;

/**
 * The ends of the colour bar, as distances.
 *
 * @param lo drawn darkest
 * @param hi drawn brightest
 */
record ColorRange(double lo, double hi) {
    /** From {@code LO,HI}. */
    static ColorRange parse(String text) {
        String[] ends = text.split(",", -1);
        try {
            if (ends.length == 2) {
                ColorRange range = new ColorRange(Double.parseDouble(ends[0].strip()), Double.parseDouble(ends[1].strip()));
                if (0 < range.lo && range.lo < range.hi && range.hi < Double.POSITIVE_INFINITY) {
                    return range;
                }
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(problem(text), e);
        }
        throw new IllegalArgumentException(problem(text));
    }

    private static String problem(String text) {
        return "'" + text + "': expected LO,HI, two distances above 0, the smaller first, such as 1e-3,100";
    }
}
