package io.github.latentconvergence.analysis;

import java.util.OptionalInt;

/**
 * What is said of one token.
 *
 * @param index its row in the trace
 * @param text its text, or its index where the trace has none
 * @param steps where it converged, under each reference
 * @param contraction how fast its steps shrink
 * @param floor where they stop shrinking
 * @param slowness its mean log distance, and how far that is from the other tokens'
 * @param early whether its convergence step is in the first quartile
 * @param late whether its convergence step is in the last quartile, or it has none
 * @param trajectory what its states do towards the end
 */
public record TokenAnalysis(int index, String text, ConvergenceSteps steps, Contraction contraction, ArithmeticFloor floor,
        Slowness slowness, boolean early, boolean late, Trajectory trajectory) {

    /** Not at a floor, and its steps shrink to the end: neither on an orbit nor drifting, nor levelled off too high for a floor. */
    boolean isContracting() {
        Trajectory.Evidence evidence = trajectory.evidence();
        return trajectory.shape() == Trajectory.Shape.UNRESOLVED && contraction.errorBar().isPresent()
                && evidence.stepSlope() < -evidence.slopeNoise();
    }

    /** The convergence step under the reference that was asked for; none if it did not converge. */
    public OptionalInt step() {
        return steps.step();
    }
}
