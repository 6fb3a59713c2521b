package io.github.latentconvergence.bench;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/** States to measure: the same ones in every run. */
final class SeededStates {
    private static final long SEED = 20250207;

    private SeededStates() {}

    /** Values of one sign and like size, so that no row needs a second look. */
    static StateTensor of(DType dtype, Shape shape) {
        StateTensor states = StateTensor.allocate(dtype, shape);
        MemorySegment memory = states.segment();
        SplittableRandom random = new SplittableRandom(SEED);
        for (long at = 0; at < memory.byteSize(); at += dtype.bytes()) {
            double value = 0.5 + random.nextDouble();
            switch (dtype) {
                case BF16 -> memory.set(ValueLayout.JAVA_SHORT, at, (short) (Float.floatToRawIntBits((float) value) >>> 16));
                case F16 -> memory.set(ValueLayout.JAVA_SHORT, at, Float.floatToFloat16((float) value));
                case F32 -> memory.set(ValueLayout.JAVA_FLOAT, at, (float) value);
                case F64 -> memory.set(ValueLayout.JAVA_DOUBLE, at, value);
            }
        }
        return states;
    }
}
