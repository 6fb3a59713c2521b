package io.github.latentconvergence.bench.peers;

import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The loop that one writes first: element by element, summed in double. Java may not reorder such a sum, so that it is never vectorised. */
final class PlainLoop implements RowByRow.Kernel {
    private final StateTensor states;
    private final MemorySegment memory;
    private final int hidden;
    private int token;
    private long last;

    PlainLoop(StateTensor states) {
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
        long row = row(iteration);
        return switch (states.dtype()) {
            case BF16 -> bf16(row);
            case F16 -> f16(row);
            case F32 -> f32(row);
            case F64 -> f64(row);
        };
    }

    private long row(int iteration) {
        return iteration * states.iterationStride() + token * states.tokenStride();
    }

    private double bf16(long row) {
        double sum = 0;
        for (int d = 0; d < hidden; d++) {
            double x = Float.intBitsToFloat(memory.getAtIndex(ValueLayout.JAVA_SHORT, row + d) << 16);
            double y = Float.intBitsToFloat(memory.getAtIndex(ValueLayout.JAVA_SHORT, last + d) << 16);
            sum += (x - y) * (x - y);
        }
        return sum;
    }

    private double f16(long row) {
        double sum = 0;
        for (int d = 0; d < hidden; d++) {
            double x = Float.float16ToFloat(memory.getAtIndex(ValueLayout.JAVA_SHORT, row + d));
            double y = Float.float16ToFloat(memory.getAtIndex(ValueLayout.JAVA_SHORT, last + d));
            sum += (x - y) * (x - y);
        }
        return sum;
    }

    private double f32(long row) {
        double sum = 0;
        for (int d = 0; d < hidden; d++) {
            double difference = (double) memory.getAtIndex(ValueLayout.JAVA_FLOAT, row + d)
                    - memory.getAtIndex(ValueLayout.JAVA_FLOAT, last + d);
            sum += difference * difference;
        }
        return sum;
    }

    private double f64(long row) {
        double sum = 0;
        for (int d = 0; d < hidden; d++) {
            double difference = memory.getAtIndex(ValueLayout.JAVA_DOUBLE, row + d) - memory.getAtIndex(ValueLayout.JAVA_DOUBLE, last + d);
            sum += difference * difference;
        }
        return sum;
    }
}
