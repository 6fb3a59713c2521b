package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Pairs in plain Java. */
final class JavaPairs implements PairBlocks {
    private final int hidden;
    private final Widening widening = new Widening();
    private final Lanes32 lanes32 = new Lanes32();
    private final Lanes64 lanes64 = new Lanes64();
    private float[][] narrow = {};
    private double[][] wides = {};
    private double[] sums = {};

    JavaPairs(int hidden) {
        this.hidden = hidden;
    }

    @Override
    public void start(int rows) {
        narrow = new float[rows][0];
        wides = new double[rows][0];
        sums = new double[PairSums.index(rows, rows)];
    }

    @Override
    public void load(int row, int count, StateTensor states, int iteration, int token, int component, boolean wide) {
        int n = Math.min(Row.BLOCK, hidden - component);
        int length = Row.START + (n + 15 & ~15);
        for (int k = 0; k < count; k++) {
            MemorySegment memory = states.segment();
            long at = ((iteration + k) * states.iterationStride() + token * states.tokenStride() + component) * states.dtype().bytes();
            if (wide) {
                wides[row + k] = wides[row + k].length == length ? wides[row + k] : new double[length];
                Arrays.fill(wides[row + k], Row.START + n, length, 0);
            }
            if (states.dtype() == DType.F64) {
                Widening.copy(memory, at, wides[row + k], n);
                continue;
            }
            narrow[row + k] = narrow[row + k].length == length ? narrow[row + k] : new float[length];
            Arrays.fill(narrow[row + k], Row.START + n, length, 0);
            widening.widen(states.dtype(), memory, at, narrow[row + k], n);
            if (wide) {
                Row.widen(narrow[row + k], wides[row + k]);
            }
        }
    }

    @Override
    public void add(int component, boolean wide) {
        for (int j = 0; j < narrow.length; j++) {
            for (int i = 0; i <= j; i++) {
                sums[PairSums.index(i, j)] += wide ? lanes64.squares(wides[i], wides[j]) : lanes32.squares(narrow[i], narrow[j]);
            }
        }
    }

    @Override
    public double sum(int i, int j) {
        return sums[PairSums.index(i, j)];
    }

    @Override
    public void close() {}
}
