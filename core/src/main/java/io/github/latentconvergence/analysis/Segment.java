package io.github.latentconvergence.analysis;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Tokens between special tokens and ends of sentences. Special tokens belong to no segment; the punctuation that ends a sentence belongs to it.
 *
 * @param first index of the first token
 * @param last index of the last
 * @param texts of all of them
 * @param medianStep median convergence step, tokens without one counted as later than all; none where the median is one of those
 * @param medianRate median contraction rate of those that have one
 * @param slowest index of the token with the largest mean log distance; none where no token has one
 */
public record Segment(int first, int last, List<String> texts, OptionalDouble medianStep, OptionalDouble medianRate, OptionalInt slowest) {}
