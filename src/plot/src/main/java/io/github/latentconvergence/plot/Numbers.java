package io.github.latentconvergence.plot;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Numbers as people read them in tables, the same in all languages; a dash for none. */
final class Numbers {
    private static final String NONE = "–";
    private static final double LARGE = 1e5;

    private Numbers() {}

    static String of(OptionalInt number) {
        return number.isPresent() ? Integer.toString(number.getAsInt()) : NONE;
    }

    /** Three digits. */
    static String of(double number) {
        return number == 0 ? "0" : formatted("%.3g", number);
    }

    static String of(OptionalDouble number) {
        return of(number.orElse(Double.NaN));
    }

    /** With so many digits behind the point. */
    static String fixed(double number, int digits) {
        return formatted(Math.abs(number) < LARGE ? "%." + digits + "f" : "%.1e", number);
    }

    static String fixed(OptionalDouble number, int digits) {
        return fixed(number.orElse(Double.NaN), digits);
    }

    /** With its sign, also where that is plus. */
    static String signed(double number, int digits) {
        return formatted(Math.abs(number) < LARGE ? "%+." + digits + "f" : "%+.1e", number);
    }

    private static String formatted(String format, double number) {
        if (Double.isNaN(number)) {
            return NONE;
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "∞" : "−∞";
        }
        return String.format(Locale.ROOT, format, number);
    }
}
