package io.github.latentconvergence.analysis;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.PairwiseDistances;
import io.github.latentconvergence.analysis.Trajectory.Evidence;
import io.github.latentconvergence.analysis.Trajectory.Shape;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Finds what a token does towards the end of the run: over the last half of the recorded states. */
final class ShapeFinder {
    /** Columns: fewer do not tell an orbit or a drift from chance. */
    static final int LEAST_WINDOW = 8;
    /** Of a run of thousands of iterations the end is enough, and all pairs of more would be many. */
    private static final int LONGEST_WINDOW = 256;
    /** A way this straight goes somewhere: a random walk over the shortest window reaches 0.38 on average, over longer ones less. */
    private static final double STRAIGHT = 0.5;
    /** How far the distance to the last state must dip for an orbit to be possible; the states of one that comes back half way do so by more. */
    private static final double DIP = 0.25;

    private final StepNorms steps;
    private final ConvergenceMatrix toLast;
    private final int token;
    private final int window;

    /** @param toLast l2 distances to the last state */
    ShapeFinder(StepNorms steps, ConvergenceMatrix toLast, int token) {
        this.steps = steps;
        this.toLast = toLast;
        this.token = token;
        this.window = window(steps.iterations());
    }

    static int window(int iterations) {
        return Math.min(iterations / 2, LONGEST_WINDOW);
    }

    private int first() {
        return steps.iterations() - window;
    }

    /** Whether the steps at the end are more than rounding, so that an orbit or a drift could be seen. */
    private boolean isAlive() {
        return window >= LEAST_WINDOW && steps.last() > 0 && steps.median(first() + 1) > steps.roundoff();
    }

    /**
     * Whether the token comes back to its last state: it is alive, and its distance to that state dips somewhere, further than one step before the end. Only then are all pairs of
     * states worth measuring.
     */
    boolean mayOrbit() {
        if (!isAlive()) {
            return false;
        }
        int last = steps.iterations() - 1;
        double[] distances = new double[window - 1];
        double nearest = Double.POSITIVE_INFINITY;
        for (int t = first(); t < last; t++) {
            distances[t - first()] = toLast.distance(token, t);
            nearest = t < last - 1 ? Math.min(nearest, toLast.distance(token, t)) : nearest;
        }
        return nearest <= (1 - DIP) * Median.of(distances) && nearest < toLast.distance(token, last - 1);
    }

    /** @param pairs of the states of the window, if they were measured */
    Trajectory find(@Nullable PairwiseDistances pairs, ArithmeticFloor floor) {
        if (window < 2) {
            return new Trajectory(floor.isReached() ? Shape.SETTLING : Shape.UNRESOLVED, OptionalInt.empty(), nothing());
        }
        int from = first() + 1;
        TheilSen line = steps.slope(from, steps.iterations());
        double noise = steps.slopeNoise(line, steps.median(from));
        double efficiency = efficiency(from);
        Recurrence recurrence = pairs == null || window < 4 ? null : new Recurrence(pairs);
        OptionalInt period = recurrence == null || !mayOrbit() ? OptionalInt.empty() : recurrence.period();
        int lag = recurrence == null ? 0 : period.orElse(recurrence.best());
        Evidence evidence = new Evidence(window, steps.median(from) / steps.largest(), line.slope(), noise, efficiency,
                recurrence == null ? Double.NaN : recurrence.at(lag), recurrence == null ? Double.NaN : recurrence.at(1), lag);
        if (period.isPresent()) {
            return new Trajectory(Shape.ORBITING, period, evidence);
        }
        boolean isDrift = isAlive() && line.slope() >= -noise && efficiency >= STRAIGHT;
        Shape shape = isDrift ? Shape.DRIFTING : floor.isReached() ? Shape.SETTLING : Shape.UNRESOLVED;
        return new Trajectory(shape, OptionalInt.empty(), evidence);
    }

    private double efficiency(int from) {
        double way = 0;
        for (int t = from; t < steps.iterations(); t++) {
            way += steps.norms()[t];
        }
        return toLast.distance(token, from - 1) / way;
    }

    private Evidence nothing() {
        return new Evidence(window, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0);
    }
}
