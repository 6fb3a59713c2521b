package io.github.latentconvergence.plot;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The colour maps of the page, 256 colours each from near to far, and the colours of cells that are on none of them. */
final class PageColors {
    private static final int SIZE = 256;

    private PageColors() {}

    /** Name to colours, six hexadecimal digits each, one behind the other; the default first. */
    static Map<String, Object> maps() {
        Map<String, Object> maps = new LinkedHashMap<>();
        for (ColorMap map : ColorMap.values()) {
            maps.put(map.label(), table(index -> map.at((index + 0.5) / SIZE)));
        }
        return maps;
    }

    /** {@code #rrggbb}. */
    static String css(int rgb) {
        return "#" + hex(rgb);
    }

    private static String table(IntUnaryOperator colors) {
        return IntStream.range(0, SIZE).map(colors).mapToObj(PageColors::hex).collect(Collectors.joining());
    }

    private static String hex(int rgb) {
        return String.format(Locale.ROOT, "%06x", rgb);
    }
}
