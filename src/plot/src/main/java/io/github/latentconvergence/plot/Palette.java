package io.github.latentconvergence.plot;

/**
 * Colours of lines on white: those of Okabe and Ito, which people with any form of colour blindness can tell apart, and greys. Their yellow is left out, as it is too light for
 * lines.
 */
final class Palette {
    static final int BLACK = 0x222222;
    static final int BLUE = 0x0072b2;
    static final int VERMILLION = 0xd55e00;
    static final int GREEN = 0x009e73;
    static final int PURPLE = 0xcc79a7;
    static final int ORANGE = 0xe69f00;
    static final int SKY = 0x56b4e9;
    static final int GREY = 0x8c8c8c;
    static final int BROWN = 0x7a4b1e;
    /** Of many curves that are only to be seen together. */
    static final int MANY = 0xb9c0c7;
    static final int PALE = 0xe4e8ec;
    static final int PALEST = 0xf1f3f5;

    private static final int[] ALL = {BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY, BLACK, GREY, BROWN};

    private Palette() {}

    /** The {@code k}-th colour of things that are told apart. */
    static int color(int k) {
        return ALL[k % ALL.length];
    }
}
