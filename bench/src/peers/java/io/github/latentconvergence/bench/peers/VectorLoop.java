package io.github.latentconvergence.bench.peers;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API with the widest registers the JVM prefers: fused multiply-adds into four sums, straight from the memory of the states. bfloat16 is widened in registers; float16
 * has no vectors in this JDK.
 */
final class VectorLoop implements RowByRow.Kernel {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    private static final VectorSpecies<Short> SHORTS = VectorSpecies.of(short.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));
    private static final int LANES = FLOATS.length();

    private final StateTensor states;
    private final MemorySegment memory;
    private final int hidden;
    private int token;
    private long last;

    VectorLoop(StateTensor states) {
        this.states = states;
        memory = states.segment();
        hidden = Math.toIntExact(states.hidden());
    }

    @Override
    public void token(int other) {
        token = other;
        last = row(Math.toIntExact(states.iterations() - 1));
    }

    @Override
    public double squared(int iteration) {
        return states.dtype() == DType.BF16 ? bf16(row(iteration)) : f32(row(iteration));
    }

    /** In bytes. */
    private long row(int iteration) {
        return (iteration * states.iterationStride() + token * states.tokenStride()) * states.dtype().bytes();
    }

    private double f32(long row) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector e = a;
        int d = 0;
        for (; d + 4 * LANES <= hidden; d += 4 * LANES) {
            a = add(a, floats(row, d).sub(floats(last, d)));
            b = add(b, floats(row, d + LANES).sub(floats(last, d + LANES)));
            c = add(c, floats(row, d + 2 * LANES).sub(floats(last, d + 2 * LANES)));
            e = add(e, floats(row, d + 3 * LANES).sub(floats(last, d + 3 * LANES)));
        }
        double sum = a.add(b).add(c.add(e)).reduceLanes(VectorOperators.ADD);
        for (; d < hidden; d++) {
            float difference = memory.get(ValueLayout.JAVA_FLOAT, row + 4L * d) - memory.get(ValueLayout.JAVA_FLOAT, last + 4L * d);
            sum += (double) difference * difference;
        }
        return sum;
    }

    private double bf16(long row) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector e = a;
        int d = 0;
        for (; d + 4 * LANES <= hidden; d += 4 * LANES) {
            a = add(a, widened(row, d).sub(widened(last, d)));
            b = add(b, widened(row, d + LANES).sub(widened(last, d + LANES)));
            c = add(c, widened(row, d + 2 * LANES).sub(widened(last, d + 2 * LANES)));
            e = add(e, widened(row, d + 3 * LANES).sub(widened(last, d + 3 * LANES)));
        }
        double sum = a.add(b).add(c.add(e)).reduceLanes(VectorOperators.ADD);
        for (; d < hidden; d++) {
            float difference = Float.intBitsToFloat(memory.get(ValueLayout.JAVA_SHORT, row + 2L * d) << 16)
                    - Float.intBitsToFloat(memory.get(ValueLayout.JAVA_SHORT, last + 2L * d) << 16);
            sum += (double) difference * difference;
        }
        return sum;
    }

    private static FloatVector add(FloatVector sum, FloatVector difference) {
        return difference.fma(difference, sum);
    }

    private FloatVector floats(long row, int d) {
        return FloatVector.fromMemorySegment(FLOATS, memory, row + 4L * d, ByteOrder.LITTLE_ENDIAN);
    }

    private FloatVector widened(long row, int d) {
        ShortVector bits = ShortVector.fromMemorySegment(SHORTS, memory, row + 2L * d, ByteOrder.LITTLE_ENDIAN);
        IntVector ints = (IntVector) bits.convertShape(VectorOperators.S2I, INTS, 0);
        return ints.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
    }
}
