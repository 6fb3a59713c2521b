package io.github.latentconvergence.plot;

import java.util.Arrays;

/**
 * Colours in order, one after the other from low to high. Immutable.
 *
 * @see #ofMap
 * @see #DIVERGING
 */
final class Ramp {
    /**
     * Orange over a near-white middle to purple, told apart by people of any colour vision: PuOr of eleven classes from ColorBrewer 2.0, colorbrewer2.org, copyright 2002 Cynthia Brewer, Mark Harrower and The Pennsylvania State University, under the Apache License 2.0.
     */
    private static final int[] PUOR = {0x7f3b08, 0xb35806, 0xe08214, 0xfdb863, 0xfee0b6, 0xf7f7f7, 0xd8daeb, 0xb2abd2, 0x8073ac, 0x542788,
        0x2d004b};
    /** An odd number, so that there is a colour in the middle. */
    private static final int DIVERGING_SIZE = 255;

    /** From a dark orange over near-white, exactly in the middle, to a dark purple: between its published colours in straight lines of RGB, as matplotlib draws them too. */
    static final Ramp DIVERGING = between(PUOR, DIVERGING_SIZE);

    private final int[] colors;

    private Ramp(int[] colors) {
        this.colors = colors;
    }

    /** The colours of a map. */
    static Ramp ofMap(ColorMap map) {
        int[] colors = new int[map.size()];
        Arrays.setAll(colors, map::entry);
        return new Ramp(colors);
    }

    private static Ramp between(int[] fixed, int size) {
        int[] colors = new int[size];
        for (int k = 0; k < size; k++) {
            double at = (double) k * (fixed.length - 1) / (size - 1);
            int below = Math.min((int) at, fixed.length - 2);
            for (int shift = 0; shift <= 16; shift += 8) {
                int from = fixed[below] >> shift & 0xff;
                int to = fixed[below + 1] >> shift & 0xff;
                colors[k] |= (int) Math.rint(from + (at - below) * (to - from)) << shift;
            }
        }
        return new Ramp(colors);
    }

    /** Number of colours. */
    int size() {
        return colors.length;
    }

    /** The colour of entry {@code index}, {@code 0xrrggbb}. */
    int entry(int index) {
        return colors[index];
    }

    /** The colour at {@code fraction} of the way from low (0) to high (1); beyond either end, that end. A NaN has no colour: it is an error. */
    int at(double fraction) {
        return colors[index(fraction, colors.length)];
    }

    /** Which of {@code size} colours is at that fraction. */
    static int index(double fraction, int size) {
        if (Double.isNaN(fraction)) {
            throw new IllegalArgumentException("a NaN has no place on the colour map");
        }
        return (int) Math.min(Math.max(fraction * size, 0), size - 1);
    }
}
