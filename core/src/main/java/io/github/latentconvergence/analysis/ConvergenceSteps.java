package io.github.latentconvergence.analysis;

import java.util.OptionalInt;

/**
 * The convergence step of one token under different references: positions in the trace, empty where it did not converge. A step that moves with the reference says more of the
 * reference than of the token.
 *
 * @param step under the reference that was asked for
 * @param lateInRun whether that is in the last quarter of the run, where under {@code last} almost every token seems to converge
 * @param last under {@code last}
 * @param tailMean under {@code tail-mean}
 * @param external under the external reference; empty too where there is none
 */
public record ConvergenceSteps(OptionalInt step, boolean lateInRun, OptionalInt last, OptionalInt tailMean, OptionalInt external) {}
