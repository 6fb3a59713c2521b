package io.github.latentconvergence.bench;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/** States to measure: the same ones in every run. */
public final class SeededStates {
    private static final long SEED = 20250207;

    /** Random numbers repeat after so many, a prime: rows differ, and filling a gigabyte takes no longer than copying it. */
    private static final long PERIOD = 1_000_003;

    private SeededStates() {}

    /** Values of one sign and like size, so that no row needs a second look. */
    public static StateTensor of(DType dtype, Shape shape) {
        StateTensor states = StateTensor.allocate(dtype, shape);
        MemorySegment memory = states.segment();
        long period = Math.min(PERIOD * dtype.bytes(), memory.byteSize());
        SplittableRandom random = new SplittableRandom(SEED);
        for (long at = 0; at < period; at += dtype.bytes()) {
            double value = 0.5 + random.nextDouble();
            switch (dtype) {
                case BF16 -> memory.set(ValueLayout.JAVA_SHORT, at, (short) (Float.floatToRawIntBits((float) value) >>> 16));
                case F16 -> memory.set(ValueLayout.JAVA_SHORT, at, Float.floatToFloat16((float) value));
                case F32 -> memory.set(ValueLayout.JAVA_FLOAT, at, (float) value);
                case F64 -> memory.set(ValueLayout.JAVA_DOUBLE, at, value);
            }
        }
        for (long filled = period; filled < memory.byteSize(); filled *= 2) {
            MemorySegment.copy(memory, 0, memory, filled, Math.min(filled, memory.byteSize() - filled));
        }
        return states;
    }
}
