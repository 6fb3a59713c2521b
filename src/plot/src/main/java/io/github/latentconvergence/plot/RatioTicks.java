package io.github.latentconvergence.plot;

import java.util.List;
import java.util.Locale;

/** Ticks of an axis of log ratios about 1. */
final class RatioTicks {
    private static final double SLACK = 1e-9;
    /** Distances are good to about so much: a ratio that lies beyond a round factor by less does not ask for the next. */
    private static final double ACCURACY = 1e-6;
    private static final int[] ROUND = {2, 3, 5, 10};

    private RatioTicks() {}

    /** The end of an axis on which a log ratio {@code farthest} from 0 lies: log10 of 2, 3, 5, 10, 20 and so on. */
    static double end(double farthest) {
        int decade = (int) Math.floor(farthest);
        double end = decade;
        for (int k = 0; end == 0 || end + ACCURACY < farthest; k++) {
            end = decade + StrictMath.log10(ROUND[k]);
        }
        return Math.max(end, farthest);
    }

    /** Where {@link DecadeTicks} are, but named as factors; a range of less than a decade to either side has names at 2 and 5 and their reciprocals too. */
    static List<DecadeTicks.Tick> between(double low, double high, int most) {
        return DecadeTicks.between(low, high, most).stream().map(tick -> new DecadeTicks.Tick(tick.log(), tick.major(), label(tick, high)))
                .toList();
    }

    private static StyledText label(DecadeTicks.Tick tick, double high) {
        if (tick.major()) {
            int decade = (int) Math.rint(tick.log());
            StyledText one = StyledText.EMPTY.plain("×1");
            return decade == 0 ? one : one.plain("0").raised(Integer.toString(decade).replace('-', '−'));
        }
        double factor = StrictMath.pow(10, tick.log());
        boolean named = high < 1 - SLACK && (near(factor, 2) || near(factor, 5) || near(factor, 0.5) || near(factor, 0.2));
        return named ? StyledText.EMPTY.plain(String.format(Locale.ROOT, "×%.1g", factor)) : StyledText.EMPTY;
    }

    private static boolean near(double factor, double number) {
        return Math.abs(factor / number - 1) < SLACK;
    }
}
