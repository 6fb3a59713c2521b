package io.github.latentconvergence.bench.report;

import java.util.Locale;

/** Numbers as people read them: three digits and a unit. */
final class Text {
    private static final String[] TIMES = {"ns", "µs", "ms", "s"};
    private static final String[] BYTES = {"B", "kB", "MB", "GB", "TB"};

    private Text() {}

    /** Three significant digits, without an exponent or needless zeros after the point. */
    static String number(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : String.valueOf(value);
        }
        int whole = (int) Math.floor(Math.log10(Math.abs(value))) + 1;
        String text = String.format(Locale.ROOT, "%." + Math.clamp(3L - whole, 0, 6) + "f", value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }

    static String nanos(double nanos) {
        return scaled(nanos, TIMES);
    }

    /** In powers of 1000, as bandwidths are. */
    static String bytes(double bytes) {
        return scaled(bytes, BYTES);
    }

    static String gigabytesPerSecond(double value) {
        return number(value) + " GB/s";
    }

    /** A share or a ratio: two digits after the point. */
    static String share(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** How many times: one digit after the point where that is enough to see the difference. */
    static String times(double value) {
        return String.format(Locale.ROOT, value < 2 ? "%.2f" : value < 20 ? "%.1f" : "%.0f", value);
    }

    private static String scaled(double value, String[] units) {
        int unit = 0;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return number(value) + " " + units[unit];
    }
}
