package io.github.latentconvergence.analysis;

import io.github.latentconvergence.ConvergenceMatrix;
import java.util.OptionalInt;

/** Finds the convergence step of a token. */
final class StepFinder {
    private final ConvergenceMatrix matrix;
    private final Threshold threshold;
    private final StepRule rule;

    StepFinder(ConvergenceMatrix matrix, Threshold threshold, StepRule rule) {
        this.matrix = matrix;
        this.threshold = threshold;
        this.rule = rule;
    }

    OptionalInt find(int token) {
        return switch (rule) {
            case StepRule.Stays stays -> run(token, Integer.MAX_VALUE);
            case StepRule.First first -> run(token, 1);
            case StepRule.Consecutive consecutive -> run(token, consecutive.k());
        };
    }

    /** The start of the first run of {@code length} columns below the threshold, or of the one that lasts to the end if that is asked for. */
    private OptionalInt run(int token, int length) {
        int start = -1;
        int columns = 0;
        for (int t = 0; t < matrix.iterations(); t++) {
            if (matrix.isSelfReference(token, t)) {
                continue;
            }
            if (!isBelow(token, t)) {
                start = -1;
                columns = 0;
                continue;
            }
            start = start < 0 ? t : start;
            if (++columns == length) {
                return OptionalInt.of(start);
            }
        }
        return length == Integer.MAX_VALUE && start >= 0 ? OptionalInt.of(start) : OptionalInt.empty();
    }

    /** A distance of 0 is below any threshold, also below a fraction of 0. */
    private boolean isBelow(int token, int t) {
        double distance = matrix.distance(token, t);
        return distance == 0 || distance < limit(token, t);
    }

    private double limit(int token, int t) {
        return threshold.value() * switch (threshold.kind()) {
            case RELATIVE -> matrix.referenceSize(token, t);
            case ABSOLUTE -> 1;
            case OF_START -> matrix.distance(token, 0);
        };
    }

    /** Whether a position is in the last quarter of the run. */
    static boolean isLate(int step, int iterations) {
        return step >= iterations - iterations / 4;
    }
}
