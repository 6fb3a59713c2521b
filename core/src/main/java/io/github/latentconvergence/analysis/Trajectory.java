package io.github.latentconvergence.analysis;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * What the states of a token do towards the end of the run, with the evidence.
 *
 * @param shape the verdict
 * @param period of an orbit, in iterations
 * @param evidence the numbers that it rests on
 */
public record Trajectory(Shape shape, OptionalInt period, Evidence evidence) {
    /** The kinds of trajectories. */
    public enum Shape {
        /** It reaches its floor, or a fixed point. */
        SETTLING,
        /** It comes back to where it was, again and again. */
        ORBITING,
        /** It goes on in one direction. */
        DRIFTING,
        /** The run is too short to say, or none of these: still descending, or wandering. */
        UNRESOLVED;

        /** The name in results, for example {@code settling}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The numbers behind a shape. NaN where one was not needed or cannot be had.
     *
     * @param window columns at the end that were looked at: half the run
     * @param stepShare median step norm over these, as a share of the token's largest
     * @param stepSlope robust slope of ln step norm over these, for each iteration
     * @param slopeNoise what of that slope noise alone would make
     * @param efficiency length of the way as the crow flies, as a share of the way gone, over the window
     * @param recurrence at the period, or the largest where there is none: 1 minus the mean distance of states that many iterations apart over the median distance of all pairs
     * @param recurrenceAtOne the same, one iteration apart
     * @param lag where {@code recurrence} was found, 0 where it was not looked for
     */
    public record Evidence(int window, double stepShare, double stepSlope, double slopeNoise, double efficiency, double recurrence,
            double recurrenceAtOne, int lag) {}
}
