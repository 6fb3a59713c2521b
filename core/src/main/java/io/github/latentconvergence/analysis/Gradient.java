package io.github.latentconvergence.analysis;

/**
 * The overall trend from left to right. NaN where there are too few columns to say.
 *
 * @param spearmanMedian median over tokens of the rank correlation of log distance with iteration: -1 where all fall without a pause
 * @param fallingShare share of columns at which the median distance is below that of the column before
 * @param decades log10 of the median distance at the first column over that at the last
 */
public record Gradient(double spearmanMedian, double fallingShare, double decades) {}
