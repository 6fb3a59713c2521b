package io.github.latentconvergence.tensor;

import java.util.Arrays;

/** What memory a shape with strides covers, in exact arithmetic: the checks that native code relies on. */
final class Extent {
    private Extent() {}

    static void checkRank(Shape shape) {
        if (shape.rank() < 2 || shape.rank() > 4) {
            throw new IllegalArgumentException("shape " + shape + " has rank " + shape.rank()
                    + ": expected [tokens][hidden], [iterations][tokens][hidden] or [iterations][batch][tokens][hidden]");
        }
    }

    /** Throws unless there is a stride for each axis, none negative, and the last is 1. */
    static void checkStrides(Shape shape, long[] strides) {
        if (strides.length != shape.rank()) {
            throw new IllegalArgumentException(strides.length + " strides for shape " + shape + ": expected one for each axis");
        }
        if (strides[strides.length - 1] != 1) {
            throw new IllegalArgumentException(
                    "strides " + Arrays.toString(strides) + ": the hidden axis, the last, must be contiguous (stride 1)");
        }
        if (Arrays.stream(strides).anyMatch(stride -> stride < 0)) {
            throw new IllegalArgumentException("strides " + Arrays.toString(strides) + ": a stride must not be negative");
        }
    }

    /** Bytes from the first to just past the last element. */
    static long bytes(DType dtype, Shape shape, long[] strides) {
        try {
            long last = 0;
            for (int axis = 0; axis < strides.length; axis++) {
                last = Math.addExact(last, Math.multiplyExact(shape.size(axis) - 1, strides[axis]));
            }
            return Math.multiplyExact(Math.addExact(last, 1), (long) dtype.bytes());
        } catch (ArithmeticException overflow) {
            throw new IllegalArgumentException(
                    "shape " + shape + " with strides " + Arrays.toString(strides) + " reaches beyond 2^63 - 1 bytes", overflow);
        }
    }
}
