package io.github.latentconvergence.cli;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Numbers in tables for people: short, never cut, and a dash for what there is none of or what is not a number. */
final class Cells {
    static final String NONE = "-";
    /** Larger numbers, which no table expects, are written with an exponent. */
    private static final double LARGE = 1e5;

    private Cells() {}

    static String of(OptionalInt number) {
        return number.isPresent() ? Integer.toString(number.getAsInt()) : NONE;
    }

    /** With so many digits behind the point. */
    static String fixed(double number, int digits) {
        return Math.abs(number) < LARGE ? formatted("%." + digits + "f", number) : scientific(number);
    }

    /** The same with its sign, also where that is plus. */
    static String signed(double number, int digits) {
        return Math.abs(number) < LARGE ? formatted("%+." + digits + "f", number) : scientific(number);
    }

    /** With an exponent, except for an exact zero. */
    static String scientific(double number) {
        return number == 0 ? "0" : formatted("%.1e", number);
    }

    static String fixed(OptionalDouble number, int digits) {
        return fixed(number.orElse(Double.NaN), digits);
    }

    static String scientific(OptionalDouble number) {
        return scientific(number.orElse(Double.NaN));
    }

    /** A contraction rate: those near 1 are told apart, those near 0 too. */
    static String rate(OptionalDouble rate) {
        return rate.isPresent() && Math.abs(rate.getAsDouble()) < 0.001 ? scientific(rate) : fixed(rate, 4);
    }

    private static String formatted(String format, double number) {
        if (Double.isNaN(number)) {
            return NONE;
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        return String.format(Locale.ROOT, format, number);
    }
}
