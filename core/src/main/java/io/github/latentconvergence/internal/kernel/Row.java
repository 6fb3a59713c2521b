package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * One row of components, widened exactly and padded with zeros to whole steps of 16: in float32 unless it is float64, and in float64 on demand. In blocks of 512, each an
 * array of its own whose first {@link #START} elements are unused: then every array that takes part in a reduction, the lanes' among them, is read and written at one
 * index, which is what the compiler needs to see that they do not overlap, and so to use vector instructions.
 */
final class Row {
    /** Where the components of a block begin: one step, so that an accumulator can look back to the step before the first. */
    static final int START = 16;
    /** Components of a block. */
    static final int BLOCK = 512;

    private final int hidden;
    private float[][] narrow = {};
    private double[][] wide = {};
    /** Whether {@code wide} holds this row's values. */
    private boolean isWide;

    Row(int hidden) {
        this.hidden = hidden;
    }

    /** These values in float64, and rounded in float32. */
    static Row of(double[] values) {
        Row row = new Row(values.length);
        double[][] wide = row.forWide();
        for (int d = 0; d < values.length; d++) {
            wide[d / BLOCK][START + d % BLOCK] = values[d];
        }
        row.round();
        row.isWide = true;
        return row;
    }

    /** Loads a row of a tensor. */
    void load(StateTensor tensor, long t, long i, boolean float64, Widening widening) {
        MemorySegment memory = tensor.segment();
        int bytes = tensor.dtype().bytes();
        long at = (t * tensor.iterationStride() + i * tensor.tokenStride()) * bytes;
        boolean stored64 = tensor.dtype() == DType.F64;
        int blocks = stored64 ? forWide().length : forNarrow().length;
        for (int b = 0; b < blocks; b++, at += (long) BLOCK * bytes) {
            int n = Math.min(BLOCK, hidden - b * BLOCK);
            if (stored64) {
                Widening.copy(memory, at, wide[b], n);
            } else {
                widening.widen(tensor.dtype(), memory, at, narrow[b], n);
            }
        }
        isWide = stored64;
        if (float64) {
            wide();
        }
    }

    /** Makes it the mean of some rows: summed in float64 in the order of iterations, divided, and rounded to float32 unless the states are float64. */
    void mean(StateTensor states, long i, Row each, boolean float64, Widening widening) {
        double[][] sums = forWide();
        for (double[] sum : sums) {
            Arrays.fill(sum, 0);
        }
        for (long t = 0; t < states.iterations(); t++) {
            each.load(states, t, i, float64, widening);
            for (int b = 0; b < sums.length; b++) {
                add(each.wide()[b], sums[b]);
            }
        }
        for (double[] sum : sums) {
            divide(sum, (double) states.iterations());
        }
        if (!float64) {
            round();
        }
    }

    private static void add(double[] values, double[] sums) {
        for (int d = START; d < sums.length; d++) {
            sums[d] += values[d];
        }
    }

    private static void divide(double[] sums, double by) {
        for (int d = START; d < sums.length; d++) {
            sums[d] /= by;
        }
    }

    /** Makes the float32 values those of {@code wide}, rounded, which the row then is. */
    private void round() {
        forNarrow();
        for (int b = 0; b < wide.length; b++) {
            for (int d = START; d < wide[b].length; d++) {
                narrow[b][d] = (float) wide[b][d];
            }
        }
        isWide = false;
    }

    float[][] narrow() {
        return narrow;
    }

    double[][] wide() {
        if (!isWide) {
            forWide();
            for (int b = 0; b < wide.length; b++) {
                widen(narrow[b], wide[b]);
            }
        }
        return wide;
    }

    /** A block, exactly. */
    static void widen(float[] narrow, double[] wide) {
        for (int d = START; d < wide.length; d++) {
            wide[d] = narrow[d];
        }
    }

    private float[][] forNarrow() {
        if (narrow.length == 0) {
            narrow = new float[blocks()][];
            for (int b = 0; b < narrow.length; b++) {
                narrow[b] = new float[end(b)];
            }
        }
        return narrow;
    }

    private double[][] forWide() {
        if (wide.length == 0) {
            wide = new double[blocks()][];
            for (int b = 0; b < wide.length; b++) {
                wide[b] = new double[end(b)];
            }
        }
        isWide = true;
        return wide;
    }

    private int blocks() {
        return (int) (((long) hidden + BLOCK - 1) / BLOCK);
    }

    /** The last block is as long as its whole steps. */
    private int end(int block) {
        return START + (Math.min(BLOCK, hidden - block * BLOCK) + 15 & ~15);
    }
}
