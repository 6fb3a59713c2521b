package io.github.latentconvergence.analysis;

import io.github.latentconvergence.ConvergenceMatrix;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Finds the arithmetic floor of a token that neither orbits nor drifts.
 *
 * <p>The flat tail is the last 8 columns, or the last 16, 32, ... as long as these are flat too. It is flat if the slope of its log step norms is within noise of 0; or if it
 * levels off near the resolution of the arithmetic: its median is within {@value #NEAR} roundoffs of the state, and it falls less than the descent before it would have, by
 * {@value #LEVELLED} or more.
 */
final class FloorFinder {
    /** Columns: fewer say nothing of an end. */
    static final int LEAST_TAIL = 8;
    /** A floor is at most this share of the largest step norm. */
    static final double SMALL = 0.1;
    /** Step norms up to so many times the level are at the floor. */
    private static final double AT_FLOOR = 1.5;
    /** Floors of real models are at 2 to 4 roundoffs; their approach is visible from about 20. */
    private static final double NEAR = 20;
    private static final double LEVELLED = 1.75;

    private FloorFinder() {}

    static ArithmeticFloor find(StepNorms steps, ConvergenceMatrix distances, int token) {
        Optional<Integer> tail = tail(steps);
        if (tail.isEmpty()) {
            return ArithmeticFloor.NONE;
        }
        int from = tail.get();
        if (steps.last() == 0) {
            return floor(0, from, distances, token, from);
        }
        double level = steps.median(from) > 0 ? steps.median(from) : steps.medianOfPositive(from);
        return floor(level, steps.firstAtMost(AT_FLOOR * level), distances, token, from);
    }

    /** Where the flat tail begins, if there is one whose steps are small. */
    static Optional<Integer> tail(StepNorms steps) {
        if (steps.last() == 0) {
            return Optional.of(steps.firstAtMost(0));
        }
        int end = steps.iterations();
        int from = end - LEAST_TAIL;
        if (from < 1 || (!steps.isFlat(from) && !levelsOff(steps, from))) {
            return Optional.empty();
        }
        int longer = end - 2 * LEAST_TAIL;
        while (longer >= 1 && steps.isFlat(longer)) {
            from = longer;
            longer = end - 2 * (end - longer);
        }
        return steps.median(from) <= SMALL * steps.largest() ? Optional.of(from) : Optional.empty();
    }

    private static boolean levelsOff(StepNorms steps, int from) {
        double descent = steps.slope(1, from).slope();
        int last = steps.iterations() - 1;
        double fallen = StrictMath.log(steps.norms()[last] / steps.norms()[from]);
        return steps.median(from) <= NEAR * steps.roundoff() && fallen - descent * (last - from) >= StrictMath.log(LEVELLED);
    }

    private static ArithmeticFloor floor(double level, int step, ConvergenceMatrix distances, int token, int tail) {
        double[] plateau = new double[distances.iterations() - tail];
        int count = 0;
        for (int t = tail; t < distances.iterations(); t++) {
            if (!distances.isSelfReference(token, t)) {
                plateau[count++] = distances.distance(token, t);
            }
        }
        double middle = Median.ofOwn(plateau, count);
        // The last step may lie above the level that its tail has: then the floor is not yet kept to.
        return new ArithmeticFloor(OptionalDouble.of(level), step < distances.iterations() ? OptionalInt.of(step) : OptionalInt.empty(),
                Double.isNaN(middle) ? OptionalDouble.empty() : OptionalDouble.of(middle));
    }
}
