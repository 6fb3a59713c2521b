package io.github.latentconvergence.analysis;

/**
 * How slow a token is beside the others.
 *
 * @param meanLog10 mean of log10 distance over the iterations, cells that are their own reference left out, distances below what the dtype resolves counted as that; NaN where
 *        a distance is not a finite number, or is 0 to a reference of 0
 * @param excess decades above the median of all tokens
 * @param z robust z-score, the excess over 1.4826 times the median absolute deviation; infinite (or 0) where that is 0
 */
public record Slowness(double meanLog10, double excess, double z) {}
