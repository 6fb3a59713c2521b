package io.github.latentconvergence.io;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;

/** The small arrays beside the states, copied onto the heap. */
final class Numbers {
    /** Tokens, or components, beyond which a copy would not fit a small heap; a trace so large would take terabytes. */
    static final long MAX = 1 << 23;
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Numbers() {}

    private static MemorySegment open(Source source, StoredArray array) throws IOException {
        if (array.obstacle() != null) {
            throw source.error(array.label() + " " + array.obstacle());
        }
        if (StoredArray.elements(array.sizes()) > MAX) {
            throw source.error(array.label() + " is " + array.description() + ", expected at most " + MAX + " elements");
        }
        return array.data().open();
    }

    /** Floating-point numbers of any type, widened exactly. */
    static double[] doubles(Source source, StoredArray array, DType dtype) throws IOException {
        MemorySegment data = open(source, array);
        double[] values = new double[Math.toIntExact(StoredArray.elements(array.sizes()))];
        StateTensor row = StateTensor.of(data, dtype, Shape.of(1, values.length));
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(0, 0, i);
        }
        return values;
    }

    /** Whole numbers, a row for each index of the first of two axes; one row for a single axis. */
    static long[][] rows(Source source, StoredArray array) throws IOException {
        ElementType type = array.type();
        if (type == null || type.dtype() != null || type == ElementType.BOOL) {
            if (array.obstacle() == null) {
                throw source.error(array.label() + " is " + array.description() + ", expected whole numbers (I64, I32, ...)");
            }
        }
        MemorySegment data = open(source, array);
        long[][] rows = new long[rowCount(array)][rowLength(array)];
        long at = 0;
        for (long[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = whole(data, Objects.requireNonNull(type), at++);
                if (type == ElementType.U64 && row[i] < 0) {
                    throw source.error(array.label() + " holds " + Long.toUnsignedString(row[i]) + ", expected at most 2^63 - 1");
                }
            }
        }
        return rows;
    }

    /** Truth values: not 0. Fractions are refused, so that an additive mask (0 for real tokens, -inf for padding) is not taken for its opposite. */
    static boolean[][] truths(Source source, StoredArray array) throws IOException {
        ElementType type = array.type();
        if (type == null && array.obstacle() == null) {
            throw source.error(array.label() + " is " + array.description() + ", expected truth values or whole numbers");
        }
        MemorySegment data = open(source, array);
        boolean[][] rows = new boolean[rowCount(array)][rowLength(array)];
        DType dtype = Objects.requireNonNull(type).dtype();
        StateTensor numbers = dtype == null ? null : StateTensor.of(data, dtype, Shape.of(1, StoredArray.elements(array.sizes())));
        long at = 0;
        for (boolean[] row : rows) {
            for (int i = 0; i < row.length; i++, at++) {
                if (numbers == null) {
                    row[i] = whole(data, type, at) != 0;
                    continue;
                }
                double value = numbers.get(0, 0, at);
                if (value != 0 && value != 1) {
                    throw source.error(array.label() + " holds " + value + ", expected 1 for a real token and 0 for padding");
                }
                row[i] = value != 0;
            }
        }
        return rows;
    }

    private static int rowCount(StoredArray array) {
        return array.rank() == 1 ? 1 : Math.toIntExact(array.sizes()[0]);
    }

    private static int rowLength(StoredArray array) {
        return Math.toIntExact(array.sizes()[array.rank() - 1]);
    }

    private static long whole(MemorySegment data, ElementType type, long index) {
        return switch (type) {
            case BOOL, U8 -> data.get(ValueLayout.JAVA_BYTE, index) & 0xff;
            case I8 -> data.get(ValueLayout.JAVA_BYTE, index);
            case U16 -> data.get(I16, 2 * index) & 0xffff;
            case I16 -> data.get(I16, 2 * index);
            case U32 -> data.get(I32, 4 * index) & 0xffff_ffffL;
            case I32 -> data.get(I32, 4 * index);
            case U64, I64 -> data.get(I64, 8 * index);
            case BF16, F16, F32, F64 -> throw new AssertionError(type + " is not whole");
        };
    }
}
