package io.github.latentconvergence.analysis;

/**
 * The overall trend from left to right. NaN where there are too few columns to say.
 *
 * @param spearmanMedian median over tokens of the rank correlation of log distance with iteration: -1 where all fall without a pause
 * @param fallingShare share of columns at which the median distance is below that of the column before
 * @param decades median log10 distance at the first column less that at the last, distances below what the dtype resolves counted as that
 */
public record Gradient(double spearmanMedian, double fallingShare, double decades) {}
