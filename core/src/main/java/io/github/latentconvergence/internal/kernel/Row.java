package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** One row of components, widened exactly and padded with zeros to whole steps of 16: in float32 unless it is float64, and in float64 on demand. */
final class Row {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final float[] narrow;
    private double[] wide = {};
    /** Whether {@code wide} holds this row's values. */
    private boolean isWide;

    Row(int padded) {
        narrow = new float[padded];
    }

    int length() {
        return narrow.length;
    }

    void load(StateTensor tensor, long t, long i, boolean float64) {
        MemorySegment row = tensor.row(t, i);
        int hidden = (int) tensor.hidden();
        isWide = float64;
        switch (tensor.dtype()) {
            case BF16 -> {
                for (int d = 0; d < hidden; d++) {
                    narrow[d] = Float.intBitsToFloat(row.get(SHORT, 2L * d) << 16);
                }
            }
            case F16 -> {
                for (int d = 0; d < hidden; d++) {
                    narrow[d] = Float.float16ToFloat(row.get(SHORT, 2L * d));
                }
            }
            case F32 -> {
                for (int d = 0; d < hidden; d++) {
                    narrow[d] = row.get(FLOAT, 4L * d);
                }
            }
            case F64 -> {
                room();
                for (int d = 0; d < hidden; d++) {
                    wide[d] = row.get(DOUBLE, 8L * d);
                }
            }
        }
        if (float64 && tensor.dtype() != DType.F64) {
            widen();
        }
    }

    /** These values, rounded to float32 unless {@code float64}. */
    void set(double[] values, boolean float64) {
        isWide = float64;
        if (float64) {
            room();
            System.arraycopy(values, 0, wide, 0, values.length);
        } else {
            for (int d = 0; d < values.length; d++) {
                narrow[d] = (float) values[d];
            }
        }
    }

    float[] narrow() {
        return narrow;
    }

    double[] wide() {
        if (!isWide) {
            widen();
            isWide = true;
        }
        return wide;
    }

    private void widen() {
        room();
        for (int d = 0; d < narrow.length; d++) {
            wide[d] = narrow[d];
        }
    }

    private void room() {
        if (wide.length == 0) {
            wide = new double[narrow.length];
        }
    }
}
