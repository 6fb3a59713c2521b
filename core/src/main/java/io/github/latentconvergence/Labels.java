package io.github.latentconvergence;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks a constant up by the name that people type. */
final class Labels {
    private Labels() {}

    static <T> T find(String what, T[] all, Function<T, String> label, String wanted) {
        for (T one : all) {
            if (label.apply(one).equalsIgnoreCase(wanted)) {
                return one;
            }
        }
        throw new IllegalArgumentException("unknown " + what + " '" + wanted + "': expected one of "
                + Arrays.stream(all).map(label).collect(Collectors.joining(", ")));
    }
}
