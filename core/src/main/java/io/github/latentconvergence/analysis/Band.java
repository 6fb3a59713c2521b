package io.github.latentconvergence.analysis;

import java.util.List;

/**
 * Neighbouring tokens that all stand out in the same direction; as many as there are.
 *
 * @param first index of the first
 * @param last index of the last
 * @param texts of all of them
 * @param z robust z-score of the one that stands out most
 * @param excess decades from the median of all tokens, of that same one; negative for fast tokens
 */
public record Band(int first, int last, List<String> texts, double z, double excess) {}
