package io.github.latentconvergence;

import static io.github.latentconvergence.DefinedLanes.fma;
import static io.github.latentconvergence.DefinedLanes.lanes;

/** What is summed over the components of two rows, and when a float32 sum is not to be trusted: as numerics.md has it, without any of the code under test. */
final class DefinedTotals {
    private DefinedTotals() {}

    /** What is made of the differences of two sides. */
    enum Total {
        SQUARES, MAGNITUDES, LARGEST, TIMES_SIDE, TIMES_SUM
    }

    /** Element d of one side less the other's, the other's, and the sum of both. */
    interface Pair {
        double difference(int d);

        double side(int d);

        double sum(int d);
    }

    static double total(Total total, Pair pair, int length, boolean wide) {
        return switch (total) {
            case SQUARES -> lanes(wide, length, (lane, d) -> fma(wide, pair.difference(d), pair.difference(d), lane));
            case TIMES_SIDE -> lanes(wide, length, (lane, d) -> fma(wide, pair.difference(d), pair.side(d), lane));
            case TIMES_SUM -> lanes(wide, length, (lane, d) -> fma(wide, pair.difference(d), pair.sum(d), lane));
            case MAGNITUDES -> lanes(wide, length, (lane, d) -> {
                double magnitude = Math.abs(pair.difference(d));
                return wide ? lane + magnitude : (float) lane + (float) magnitude;
            });
            case LARGEST -> {
                double largest = 0;
                for (int d = 0; d < length && !Double.isNaN(largest); d++) {
                    double magnitude = Math.abs(pair.difference(d));
                    largest = magnitude <= largest ? largest : magnitude; // a NaN is not
                }
                yield largest;
            }
        };
    }

    static boolean doubtful(double sum) {
        return !(Math.abs(sum) < Double.POSITIVE_INFINITY) || sum < 0x1p-100; // true of NaN
    }

    /** A maximum loses nothing, however small. */
    static boolean doubtful(Total total, double sum) {
        return total == Total.LARGEST ? !Double.isFinite(sum) : doubtful(Math.abs(sum));
    }
}
