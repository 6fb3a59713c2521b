package io.github.latentconvergence.plot;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The colour maps of the page, 256 colours each from near to far, and the colours of cells that are on none of them. */
final class PageColors {
    /** Greys end before those of cells without a log distance begin. */
    private static final int DARKEST = 0x0c;
    private static final int LIGHTEST = 0xc0;

    private PageColors() {}

    /** Name to colours, six hexadecimal digits each, one behind the other; the default first. */
    static Map<String, Object> maps() {
        Map<String, Object> maps = new LinkedHashMap<>();
        maps.put("viridis", table(Viridis::entry));
        maps.put("greyscale", table(PageColors::grey));
        return maps;
    }

    /** {@code #rrggbb}. */
    static String css(int rgb) {
        return "#" + hex(rgb);
    }

    static int grey(int index) {
        int level = DARKEST + (LIGHTEST - DARKEST) * index / (Viridis.SIZE - 1);
        return level * 0x010101;
    }

    private static String table(IntUnaryOperator colors) {
        return IntStream.range(0, Viridis.SIZE).map(colors).mapToObj(PageColors::hex).collect(Collectors.joining());
    }

    private static String hex(int rgb) {
        return String.format(Locale.ROOT, "%06x", rgb);
    }
}
