package io.github.latentconvergence.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * An axis of a chart. Log axes count in log10.
 *
 * @param low the value at the left or lower end; may be the larger one
 * @param high the value at the other end
 * @param ticks in any order
 * @param title what it measures; empty for none
 */
record Axis(double low, double high, List<DecadeTicks.Tick> ticks, String title) {
    private static final int MOST_TICKS = 10;
    private static final int MOST_DECADES = 8;
    /** Where zeros are, below the lowest number, as a share of the axis. */
    private static final double ZERO_ROOM = 0.07;

    Axis {
        ticks = List.copyOf(ticks);
    }

    /** Whole numbers from {@code first} to {@code last}, with half a number of room at both ends. */
    static Axis counting(int first, int last, String title) {
        int step = NiceSteps.atLeast((last - first) / (double) MOST_TICKS);
        List<DecadeTicks.Tick> ticks = new ArrayList<>();
        for (int at = first; at <= last; at += step) {
            ticks.add(tick(at, Integer.toString(at)));
        }
        return new Axis(first - 0.5, last + 0.5, ticks, title);
    }

    /**
     * Decades.
     *
     * @param least the smallest number there is, log10; {@code least > most} if there is none
     * @param most the largest
     * @param zeros whether zeros have a place, below all numbers
     */
    static Axis log(double least, double most, boolean zeros, String title) {
        double low = least > most ? -1 : DecadeTicks.roundDown(least);
        double high = least > most ? 0 : DecadeTicks.roundUp(most);
        if (high - low < 0.05) {
            low -= 0.5;
            high += 0.5;
        }
        List<DecadeTicks.Tick> ticks = new ArrayList<>(DecadeTicks.between(low, high, MOST_DECADES));
        double end = zeros ? low - ZERO_ROOM * (high - low) : low;
        if (zeros) {
            ticks.add(tick(end, "0"));
        }
        return new Axis(end, high, ticks, title);
    }

    /** With another end and more ticks. */
    Axis to(double otherHigh, List<DecadeTicks.Tick> more) {
        List<DecadeTicks.Tick> all = new ArrayList<>(ticks);
        all.addAll(more);
        return new Axis(low, otherHigh, all, title);
    }

    static DecadeTicks.Tick tick(double at, String label) {
        return new DecadeTicks.Tick(at, true, StyledText.EMPTY.plain(label));
    }

    /** Where a value is, 0 at the low end, 1 at the high one. A log of 0 is at the low end. */
    double share(double value) {
        return value == Double.NEGATIVE_INFINITY ? 0 : (value - low) / (high - low);
    }
}
