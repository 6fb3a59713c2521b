package io.github.latentconvergence.plot;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Colours from near (dark) to far (light). All survive colour blindness and grey-scale print: lightness alone tells far from near. */
public enum ColorMap {
    /** Dark purple over teal to yellow (S. van der Walt and N. Smith), perceptually even. The default. */
    VIRIDIS {
        @Override
        int size() {
            return Viridis.SIZE;
        }

        @Override
        int entry(int index) {
            return Viridis.entry(index);
        }
    },
    /** Dark blue over grey to yellow (J. R. Nuñez, C. R. Anderton and R. S. Renslow), made to look nearly the same with and without red-green colour blindness. */
    CIVIDIS {
        @Override
        int size() {
            return Cividis.SIZE;
        }

        @Override
        int entry(int index) {
            return Cividis.entry(index);
        }
    },
    /** Black to a light grey, in even steps; the lighter greys are those of cells that have no log distance. */
    GRAY {
        @Override
        int size() {
            return LIGHTEST + 1;
        }

        @Override
        int entry(int index) {
            return index * 0x010101;
        }
    };

    private static final int LIGHTEST = 0xa3;

    /** The name on the command line, {@code viridis}, {@code cividis} or {@code gray}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The map with this label.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static ColorMap ofLabel(String label) {
        return Arrays.stream(values()).filter(m -> m.label().equals(label)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown colors '" + label + "': expected one of "
                        + Arrays.stream(values()).map(ColorMap::label).collect(Collectors.joining(", "))));
    }

    /** Number of colours. */
    abstract int size();

    /** The colour of entry {@code index}, {@code 0xrrggbb}; 0 is the nearest. */
    abstract int entry(int index);

    /** The colour at {@code fraction} of the way from near (0) to far (1); beyond either end, that end. A NaN has no colour: it is an error. */
    int at(double fraction) {
        return entry(Ramp.index(fraction, size()));
    }
}
