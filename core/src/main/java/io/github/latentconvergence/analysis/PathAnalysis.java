package io.github.latentconvergence.analysis;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Whether one token comes to the same place in two runs.
 *
 * @param index its row in both traces
 * @param text its text, or its index where the traces have none
 * @param rate contraction rate of the distance between the runs on its descent; none with fewer than 4 columns
 * @param level median distance between the runs over the last quarter, in the metric's unit
 * @param floor the distance that arithmetic alone leaves between two runs of this token, in the same unit: the larger of the two runs' median
 *        steps over their flat tails, and of one roundoff
 * @param reached the first position from which the distance stays at that floor; empty if it does not
 * @param verdict the conclusion
 */
public record PathAnalysis(int index, String text, OptionalDouble rate, double level, double floor, OptionalInt reached, Verdict verdict) {
    /** What can be concluded of a token. */
    public enum Verdict {
        /** The distance between the runs reaches the arithmetic floor: where it started does not matter. */
        INDEPENDENT,
        /** The distance still shrinks at the end. */
        APPROACHING,
        /** The distance has levelled off above the floor, or grows. */
        DEPENDENT,
        /** The run is too short to say, or a distance is not a number. */
        UNRESOLVED;

        /** The name in results, for example {@code independent}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
