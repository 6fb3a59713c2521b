package io.github.latentconvergence.io;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;

/** Bytes without a header: little-endian, C order, of the shape and type that the caller gives. */
final class Raw {
    private Raw() {}

    /** Whether the caller has described exactly as many bytes as the file has. */
    static boolean fits(Source source, TraceOptions options) {
        return options.shape().isPresent() && options.dtype().isPresent()
                && bytes(options.shape().get(), options.dtype().get()) == source.size();
    }

    static Contents read(Source source, TraceOptions options) throws TraceFormatException {
        if (options.shape().isEmpty() || options.dtype().isEmpty()) {
            throw source.error("the content is not safetensors, npy or npz, expected one of these, or shape and dtype given for raw bytes");
        }
        Shape shape = options.shape().get();
        DType dtype = options.dtype().get();
        if (!fits(source, options)) {
            long expected = bytes(shape, dtype);
            throw source.error("found " + source.size() + " bytes, expected " + (expected < 0 ? "more than 2^63 - 1" : expected)
                    + " for raw " + dtype.label() + " " + shape);
        }
        return Contents.single(new StoredArray("", ElementType.valueOf(dtype.name()), dtype.label(), shape.toArray(), null, source::bytes));
    }

    /** Bytes that the tensor takes; -1 if they are too many to count. */
    private static long bytes(Shape shape, DType dtype) {
        return shape.elements() > Long.MAX_VALUE / dtype.bytes() ? -1 : shape.bytes(dtype);
    }
}
