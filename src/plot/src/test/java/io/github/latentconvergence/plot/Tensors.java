package io.github.latentconvergence.plot;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** States to project. */
final class Tensors {
    private Tensors() {}

    /** States {@code [iterations][tokens][hidden]} in a type, rounded to it. */
    static StateTensor of(DType dtype, double[][][] values) {
        Shape shape = Shape.of(values.length, values[0].length, values[0][0].length);
        MemorySegment memory = Arena.ofAuto().allocate(shape.bytes(dtype), 8);
        long n = 0;
        for (double[][] iteration : values) {
            for (double[] token : iteration) {
                for (double value : token) {
                    set(dtype, memory, n++, value);
                }
            }
        }
        return StateTensor.of(memory, dtype, shape);
    }

    private static void set(DType dtype, MemorySegment memory, long n, double value) {
        switch (dtype) {
            case BF16 -> memory.setAtIndex(ValueLayout.JAVA_SHORT, n, (short) (Float.floatToRawIntBits((float) value) >>> 16));
            case F16 -> memory.setAtIndex(ValueLayout.JAVA_SHORT, n, Float.floatToFloat16((float) value));
            case F32 -> memory.setAtIndex(ValueLayout.JAVA_FLOAT, n, (float) value);
            case F64 -> memory.setAtIndex(ValueLayout.JAVA_DOUBLE, n, value);
        }
    }

    /** States of one token. */
    static StateTensor of(double[][] values) {
        double[][][] states = new double[values.length][1][];
        for (int t = 0; t < values.length; t++) {
            states[t][0] = values[t];
        }
        return of(DType.F64, states);
    }
}
