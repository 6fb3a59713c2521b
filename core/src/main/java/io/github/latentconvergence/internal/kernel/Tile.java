package io.github.latentconvergence.internal.kernel;

/**
 * Neighbouring tokens at consecutive iterations: what one worker does at a time.
 *
 * @param token the first
 * @param tokens how many
 * @param iteration the first
 * @param iterations how many
 */
public record Tile(int token, int tokens, int iteration, int iterations) {}
