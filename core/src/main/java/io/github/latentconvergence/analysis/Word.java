package io.github.latentconvergence.analysis;

/**
 * Neighbouring tokens that a person reads as one word. For reading only: no number is made from words.
 *
 * @param first index of the first token
 * @param last index of the last
 * @param text the pieces joined, without the marks of tokenizers
 */
public record Word(int first, int last, String text) {}
