package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.stream.IntStream;

/**
 * Sums of squared differences of every two states of a token, with the bits of {@link Op#DIFF2} of one against the other. For one thread, which alone may use and close it.
 *
 * <p>Sums in float32 that are not to be trusted are made again in float64, together: of all rows that have one, every two once more.
 */
public final class PairSums implements AutoCloseable {
    private final StateTensor states;
    private final PairBlocks blocks;
    private final int rows;
    private final int hidden;

    PairSums(StateTensor states, PairBlocks blocks) {
        this.states = states;
        this.blocks = blocks;
        this.rows = Math.toIntExact(states.iterations());
        this.hidden = Math.toIntExact(states.hidden());
    }

    /** Where the sum of two states is, {@code i <= j}. */
    public static int index(int i, int j) {
        return j * (j + 1) / 2 + i;
    }

    /** Every two states of a token, in the order of {@link #index}; of a state and itself 0, or NaN where it is not finite. */
    public double[] of(int token) {
        boolean float64 = states.dtype() == DType.F64;
        pass(token, IntStream.range(0, rows).toArray(), float64);
        double[] sums = new double[index(rows, rows)]; // the next column's first place is the number of places before it
        for (int j = 0; j < rows; j++) {
            for (int i = 0; i <= j; i++) {
                sums[index(i, j)] = blocks.sum(i, j);
            }
        }
        if (!float64) {
            redo(token, sums);
        }
        return sums;
    }

    private void redo(int token, double[] sums) {
        boolean[] again = new boolean[rows];
        for (int j = 0; j < rows; j++) {
            for (int i = 0; i < j; i++) {
                if (RowReductions.isDoubtful(Op.DIFF2, sums[index(i, j)])) {
                    again[i] = true;
                    again[j] = true;
                }
            }
        }
        int[] iterations = IntStream.range(0, rows).filter(t -> again[t]).toArray();
        if (iterations.length == 0) {
            return;
        }
        pass(token, iterations, true);
        for (int j = 0; j < iterations.length; j++) {
            for (int i = 0; i < j; i++) {
                int at = index(iterations[i], iterations[j]);
                if (RowReductions.isDoubtful(Op.DIFF2, sums[at])) {
                    sums[at] = blocks.sum(i, j);
                }
            }
        }
    }

    private void pass(int token, int[] iterations, boolean wide) {
        blocks.start(iterations.length);
        for (int component = 0; component < hidden; component += Row.BLOCK) {
            for (int row = 0; row < iterations.length;) {
                int end = row + 1;
                while (end < iterations.length && iterations[end] == iterations[end - 1] + 1) {
                    end++;
                }
                blocks.load(row, end - row, states, iterations[row], token, component, wide);
                row = end;
            }
            blocks.add(component, wide);
        }
    }

    @Override
    public void close() {
        blocks.close();
    }
}
