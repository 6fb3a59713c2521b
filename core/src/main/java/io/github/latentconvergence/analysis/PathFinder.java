package io.github.latentconvergence.analysis;

import io.github.latentconvergence.analysis.PathAnalysis.Verdict;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Concludes from the distances between two runs of a token, and the floor of the arithmetic, whether it is path independent. */
final class PathFinder {
    /** Two states at their floors differ by about as much as two states one after the other: up to so many times that is the floor. */
    private static final double AT_FLOOR = 3;

    /** What distances are promised to be good for: a slope below it is none. */
    private static final double ACCURACY = 1e-6;

    private PathFinder() {}

    static PathAnalysis find(int token, String text, double[] distances, double floor) {
        int columns = distances.length;
        int reached = columns;
        while (reached > 0 && distances[reached - 1] <= AT_FLOOR * floor) {
            reached--;
        }
        double slope = slope(distances, 0, reached).slope();
        double level = Median.of(Arrays.copyOfRange(distances, columns - Math.max(1, columns / 4), columns));
        return new PathAnalysis(token, text, Double.isNaN(slope) ? OptionalDouble.empty() : OptionalDouble.of(StrictMath.exp(slope)), level,
                floor, reached < columns ? OptionalInt.of(reached) : OptionalInt.empty(), verdict(distances, reached));
    }

    private static Verdict verdict(double[] distances, int reached) {
        if (reached < distances.length) {
            return Verdict.INDEPENDENT;
        }
        int half = distances.length / 2;
        TheilSen end = slope(distances, distances.length - half, distances.length);
        if (half < ShapeFinder.LEAST_WINDOW || Double.isNaN(end.slope()) || !Double.isFinite(distances[distances.length - 1])) {
            return Verdict.UNRESOLVED;
        }
        return end.slope() < -3 * Math.hypot(end.noise(), ACCURACY) / end.spread() ? Verdict.APPROACHING : Verdict.DEPENDENT;
    }

    private static TheilSen slope(double[] distances, int from, int to) {
        // With no rounding to allow for: it is the floor that distances are held against.
        return new StepNorms(distances, 0).slope(from, to);
    }
}
