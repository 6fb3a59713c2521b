package io.github.latentconvergence.analysis;

import java.util.OptionalDouble;

/**
 * The whole in a few numbers and one paragraph.
 *
 * @param medianStep median convergence step, tokens without one counted as later than all; none where the median is one of those
 * @param converged tokens with a convergence step
 * @param notConverged tokens without
 * @param atFloor tokens at their arithmetic floor
 * @param stillContracting tokens that are not, and whose step norm still shrinks over the last half of the run by more than its noise
 * @param floor median arithmetic floor of those that have one
 * @param text plain English, made from the numbers: what happened, whether the run was long enough, and what would change the answer
 */
public record Summary(OptionalDouble medianStep, int converged, int notConverged, int atFloor, int stillContracting, OptionalDouble floor,
        String text) {}
