package io.github.latentconvergence.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The sizes of a tensor's axes, outermost first. Sizes are {@code long} and at least 1, and every product is exact: a shape whose element count does not fit a
 * {@code long} cannot be made. Immutable.
 */
public final class Shape {
    private final long[] sizes;
    private final long elements;

    private Shape(long[] sizes) {
        this.sizes = sizes;
        long product = 1;
        for (long size : sizes) {
            if (size < 1) {
                throw new IllegalArgumentException(
                        "shape " + text(sizes) + " has an axis of size " + size + ": every axis must be at least 1");
            }
            try {
                product = Math.multiplyExact(product, size);
            } catch (ArithmeticException overflow) {
                throw new IllegalArgumentException("shape " + text(sizes) + " has more than 2^63 - 1 elements", overflow);
            }
        }
        this.elements = product;
    }

    /**
     * The shape with these sizes, for example {@code Shape.of(iterations, tokens, hidden)}.
     *
     * @throws IllegalArgumentException if there is no axis, a size is below 1, or the element count overflows
     */
    public static Shape of(long... sizes) {
        if (sizes.length == 0) {
            throw new IllegalArgumentException("a shape needs at least one axis");
        }
        return new Shape(sizes.clone());
    }

    /** Number of axes. */
    public int rank() {
        return sizes.length;
    }

    /** Size of axis {@code axis}, counted from the outermost, 0. */
    public long size(int axis) {
        return sizes[axis];
    }

    /** Number of elements: the product of the sizes. */
    public long elements() {
        return elements;
    }

    /**
     * Bytes that a contiguous tensor of this shape takes.
     *
     * @throws IllegalArgumentException if they do not fit a {@code long}
     */
    public long bytes(DType dtype) {
        try {
            return Math.multiplyExact(elements, dtype.bytes());
        } catch (ArithmeticException overflow) {
            throw new IllegalArgumentException("a " + dtype.label() + " tensor of shape " + this + " has more than 2^63 - 1 bytes",
                    overflow);
        }
    }

    /** Strides of a contiguous tensor of this shape, in elements: the innermost is 1. */
    public long[] contiguousStrides() {
        long[] strides = new long[sizes.length];
        long stride = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= sizes[axis];
        }
        return strides;
    }

    /** The sizes, outermost first; a copy. */
    public long[] toArray() {
        return sizes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /** Like {@code [65][29][5280]}. */
    @Override
    public String toString() {
        return text(sizes);
    }

    private static String text(long[] sizes) {
        return Arrays.stream(sizes).mapToObj(s -> "[" + s + "]").collect(Collectors.joining());
    }
}
