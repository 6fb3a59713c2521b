package io.github.latentconvergence.io;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * One array as a file's header describes it, not opened yet.
 *
 * @param name its name in the file; empty where the format has none
 * @param type null for a type this library has no use for
 * @param typeName as the file writes it
 * @param sizes of its axes, outermost first; none negative, their product fits a {@code long}
 * @param obstacle why it cannot be used although it is well-formed; null if it can
 * @param data all of it and no more
 */
record StoredArray(String name, @Nullable ElementType type, String typeName, long[] sizes, @Nullable String obstacle, Data data) {
    /** Where the elements come from. */
    interface Data {
        /** The elements, mapped or, if they are compressed, inflated off-heap. */
        MemorySegment open() throws IOException;
    }

    /** For messages. */
    String label() {
        return name.isEmpty() ? "the array" : "tensor " + Printable.quoted(name);
    }

    /** For messages: type and shape. */
    String description() {
        return typeName + " " + Printable.shape(sizes);
    }

    int rank() {
        return sizes.length;
    }

    /**
     * The number of elements.
     *
     * @throws ArithmeticException if it does not fit
     */
    static long elements(long... sizes) {
        long product = 1;
        for (long size : sizes) {
            product = Math.multiplyExact(product, size);
        }
        return product;
    }
}
