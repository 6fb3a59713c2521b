package io.github.latentconvergence.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Ticks of a linear axis: multiples of 1, 2 or 5 times a power of ten, written out, or as a multiple of a power where that would take many digits. */
final class LinearTicks {
    /**
     * One tick.
     *
     * @param value what it marks
     * @param label its text
     */
    record Tick(double value, StyledText label) {}

    private LinearTicks() {}

    /** At most {@code most} ticks, and not less than half as many, from {@code low} to a {@code high} that is larger. */
    static List<Tick> between(double low, double high, int most) {
        double least = (high - low) / most;
        int power = (int) Math.floor(StrictMath.log10(least));
        int digit = 1;
        while (value(digit, power) < least) {
            digit = digit == 1 ? 2 : digit == 2 ? 5 : 10;
        }
        int stepPower = digit == 10 ? power + 1 : power;
        int largest = (int) Math.floor(StrictMath.log10(Math.max(Math.abs(low), Math.abs(high))));
        List<Tick> ticks = new ArrayList<>();
        double step = value(digit, power);
        for (long n = (long) Math.ceil(low / step); n * step <= high; n++) {
            ticks.add(new Tick(n * step, label(n * step, stepPower, largest)));
        }
        return ticks;
    }

    private static double value(double digits, int power) {
        return Double.parseDouble(digits + "e" + power);
    }

    private static StyledText label(double value, int stepPower, int largest) {
        boolean plain = value == 0 || (largest < 4 && stepPower > -4);
        int decimals = value == 0 ? 0 : Math.max(0, plain ? -stepPower : largest - stepPower);
        double shown = plain ? value : value / value(1, largest);
        String digits = String.format(Locale.ROOT, "%." + decimals + "f", shown).replace('-', '−');
        StyledText text = StyledText.EMPTY.plain(digits);
        return plain ? text : text.plain(" × 10").raised(Integer.toString(largest).replace('-', '−'));
    }
}
