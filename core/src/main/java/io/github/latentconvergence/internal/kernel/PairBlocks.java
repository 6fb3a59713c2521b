package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.tensor.StateTensor;

/**
 * Sums of squared differences of every two of some rows, built up block by block of {@link Row#BLOCK} components, so that only one block of each row is at hand at a time. For
 * one thread. All implementations give the bits of {@link Op#DIFF2} without redo.
 */
interface PairBlocks extends AutoCloseable {
    /** Forgets what there was; so many rows follow, each block of which is loaded before it is added. */
    void start(int rows);

    /**
     * Loads a block of neighbouring states of one token, widened.
     *
     * @param row the first of the rows that they become
     * @param count how many states
     * @param iteration the first one's
     * @param component the block's first
     * @param wide to float64, not float32
     */
    void load(int row, int count, StateTensor states, int iteration, int token, int component, boolean wide);

    /** Adds the block that was loaded of each row to the sums. */
    void add(int component, boolean wide);

    /** The sum of two rows, {@code i <= j}, after all blocks. */
    double sum(int i, int j);

    @Override
    void close();
}
