package io.github.latentconvergence.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Ticks of a log axis: whole decades written as powers, with 2 to 9 times a power between them. */
final class DecadeTicks {
    /** Slack for a bound that is a tick but for rounding. */
    private static final double SLACK = 1e-9;

    /**
     * One tick.
     *
     * @param log log10 of the distance it marks
     * @param major whether it is drawn long
     * @param label its text; empty if it has none
     */
    record Tick(double log, boolean major, StyledText label) {}

    private DecadeTicks() {}

    /**
     * The ticks from {@code low} to {@code high} (log10), in rising order. Decades are labelled, every n-th where there are more than {@code most}. A range with less than
     * two decades in it has labels at some of its minor ticks too, so that there is always more than one number to read; where no two ticks would have one, the ends do.
     */
    static List<Tick> between(double low, double high, int most) {
        int first = (int) Math.ceil(low - SLACK);
        int last = (int) Math.floor(high + SLACK);
        int step = NiceSteps.atLeast((last - first + 1) / (double) Math.max(2, most));
        boolean minor = last - first <= 12 && step == 1;
        boolean labelMinor = last - first < 1;
        List<Tick> ticks = new ArrayList<>();
        for (int decade = (int) Math.floor(low); decade <= last; decade++) {
            if (decade >= first && Math.floorMod(decade, step) == 0) {
                ticks.add(new Tick(decade, true, StyledText.EMPTY.plain("10").raised(minus(decade))));
            }
            for (int digit = 2; minor && digit <= 9; digit++) {
                double log = decade + StrictMath.log10(digit);
                if (log >= low - SLACK && log <= high + SLACK) {
                    boolean labelled = labelMinor && (high - low < 0.8 || digit == 2 || digit == 5);
                    StyledText label = StyledText.EMPTY.plain(digit + " × 10").raised(minus(decade));
                    ticks.add(new Tick(log, false, labelled ? label : StyledText.EMPTY));
                }
            }
        }
        if (ticks.stream().filter(tick -> !tick.label().isEmpty()).count() < 2) {
            // Between two neighbouring round numbers: the ends say what the range is.
            ticks.addFirst(new Tick(low, false, exact(low)));
            ticks.addLast(new Tick(high, false, exact(high)));
        }
        return ticks;
    }

    private static StyledText exact(double log) {
        int decade = (int) Math.floor(log + SLACK);
        String mantissa = String.format(Locale.ROOT, "%.3g", StrictMath.pow(10, log - decade));
        return StyledText.EMPTY.plain(mantissa + " × 10").raised(minus(decade));
    }

    /** The largest log10 of 1 to 9 times a power of ten that is not above {@code log}. */
    static double roundDown(double log) {
        double decade = Math.floor(log + SLACK);
        for (int digit = 9; digit > 1; digit--) {
            double round = decade + StrictMath.log10(digit);
            if (round <= log + SLACK) {
                return Math.min(round, log);
            }
        }
        return Math.min(decade, log);
    }

    /** The smallest log10 of 1 to 9 times a power of ten that is not below {@code log}. */
    static double roundUp(double log) {
        double decade = Math.floor(log + SLACK);
        for (int digit = 1; digit <= 9; digit++) {
            double round = decade + StrictMath.log10(digit);
            if (round >= log - SLACK) {
                return Math.max(round, log);
            }
        }
        return Math.max(decade + 1, log);
    }

    private static String minus(int exponent) {
        return exponent < 0 ? "−" + -exponent : Integer.toString(exponent);
    }
}
