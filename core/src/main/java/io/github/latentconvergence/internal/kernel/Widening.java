package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Reads stored components, widened exactly, in loops that become vector instructions: over arrays, into which they are copied first, because loops over memory segments
 * are compiled well in one place and badly in the next. For one thread.
 */
final class Widening {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final short[] halves = new short[Row.START + Row.BLOCK];
    /** Two bfloat16 numbers each, and as float32. */
    private final int[] packed = new int[Row.BLOCK / 2];
    private final long[] pairs = new long[Row.BLOCK / 2];
    private final MemorySegment pairsAsBytes = MemorySegment.ofArray(pairs);

    /** Fills a block from {@code Row.START} on with n numbers of any type but float64. */
    void widen(DType dtype, MemorySegment memory, long at, float[] to, int n) {
        switch (dtype) {
            case BF16 -> bfloat16(memory, at, to, n);
            case F16 -> {
                MemorySegment.copy(memory, SHORT, at, halves, Row.START, n);
                widen(halves, to, Row.START + n);
            }
            case F32 -> MemorySegment.copy(memory, FLOAT, at, to, Row.START, n);
            case F64 -> throw new IllegalArgumentException("float64 is not narrow");
        }
    }

    /** Fills a block from {@code Row.START} on with n float64 numbers. */
    static void copy(MemorySegment memory, long at, double[] to, int n) {
        MemorySegment.copy(memory, DOUBLE, at, to, Row.START, n);
    }

    private static void widen(short[] halves, float[] to, int end) {
        for (int d = Row.START; d < end; d++) {
            to[d] = Float.float16ToFloat(halves[d]);
        }
    }

    /**
     * Two at a time: of an int that holds two bfloat16 numbers a long is made that holds them as float32. The compiler has vector instructions for that, and none for a short
     * that becomes a float32 by its bits.
     */
    private void bfloat16(MemorySegment memory, long at, float[] to, int n) {
        int whole = 0;
        if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            whole = n & -2;
            MemorySegment.copy(memory, INT, at, packed, 0, n / 2);
            unpack(packed, pairs, n / 2);
            MemorySegment.copy(pairsAsBytes, FLOAT, 0, to, Row.START, whole);
        }
        for (int d = whole; d < n; d++) {
            to[Row.START + d] = Float.intBitsToFloat(memory.get(SHORT, at + 2L * d) << 16);
        }
    }

    private static void unpack(int[] packed, long[] pairs, int n) {
        for (int d = 0; d < n; d++) {
            long both = packed[d];
            pairs[d] = (both & 0xffffL) << 16 | (both & 0xffff0000L) << 32;
        }
    }
}
