package io.github.latentconvergence.tensor;

import io.github.latentconvergence.internal.ffm.HugePages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A view of off-heap memory as latent states.
 *
 * <p><b>Shape</b>: {@code [iterations][tokens][hidden]}; or {@code [iterations][batch][tokens][hidden]}, of which {@link #batch} chooses one sequence; or
 * {@code [tokens][hidden]}, one state per token, as references are. The hidden axis is contiguous; the others may be strided.
 *
 * <p><b>Ownership</b>: {@link #allocate} and {@link #of(Arena, MemorySegment, DType, Shape)} make a tensor that owns its memory and frees it on {@link #close};
 * {@link #of(MemorySegment, DType, Shape)} borrows. Views share the lifetime of what they view, and closing a view does nothing.
 *
 * <p><b>Threads</b>: may be read from any thread, unless it borrows from a confined arena: such a tensor belongs to the thread of that arena and is measured on
 * that thread alone. {@code close()} while a computation runs throws {@link IllegalStateException} and leaves the tensor open; so does any use after
 * {@code close()}.
 */
public final class StateTensor implements AutoCloseable {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(java.nio.ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(java.nio.ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(java.nio.ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment segment;
    private final DType dtype;
    private final Shape shape;
    private final long[] strides;
    private final Lifetime lifetime;
    private final boolean owner;

    private StateTensor(MemorySegment segment, DType dtype, Shape shape, long[] strides, Lifetime lifetime, boolean owner) {
        this.segment = segment;
        this.dtype = dtype;
        this.shape = shape;
        this.strides = strides;
        this.lifetime = lifetime;
        this.owner = owner;
    }

    /**
     * A new contiguous tensor of zeros that owns its memory, on huge pages where the system gives them.
     *
     * @throws IllegalArgumentException if the rank is not 2, 3 or 4
     * @throws OutOfMemoryError if the memory cannot be had
     */
    public static StateTensor allocate(DType dtype, Shape shape) {
        Extent.checkRank(shape);
        Arena arena = Arena.ofShared();
        try {
            return of(arena, HugePages.allocate(arena, shape.bytes(dtype)), dtype, shape);
        } catch (RuntimeException | Error failure) {
            arena.close();
            throw failure;
        }
    }

    /**
     * A contiguous tensor over memory that the caller owns and keeps alive.
     *
     * @throws IllegalArgumentException if the segment is on the heap or smaller than the shape, or the rank is not 2, 3 or 4
     */
    public static StateTensor of(MemorySegment segment, DType dtype, Shape shape) {
        return of(segment, dtype, shape, shape.contiguousStrides());
    }

    /**
     * A strided tensor over memory that the caller owns and keeps alive.
     *
     * @param strides elements from one index to the next, an axis each; not negative, the last is 1
     * @throws IllegalArgumentException if the segment is on the heap or smaller than shape and strides reach, or the rank is not 2, 3 or 4
     */
    public static StateTensor of(MemorySegment segment, DType dtype, Shape shape, long... strides) {
        return checked(segment, dtype, shape, strides.clone(), new Lifetime(null), true);
    }

    /**
     * A contiguous tensor that takes over {@code arena}: closing the tensor closes it.
     *
     * @throws IllegalArgumentException as {@link #of(MemorySegment, DType, Shape)}; the arena is then left open
     */
    public static StateTensor of(Arena arena, MemorySegment segment, DType dtype, Shape shape) {
        return checked(segment, dtype, shape, shape.contiguousStrides(), new Lifetime(Objects.requireNonNull(arena, "arena")), true);
    }

    /**
     * A contiguous view of other memory that lives exactly as long as this tensor's, such as a reference in the same file.
     *
     * @throws IllegalArgumentException as {@link #of(MemorySegment, DType, Shape)}
     */
    public StateTensor alongside(MemorySegment other, DType otherType, Shape otherShape) {
        lifetime.requireOpen();
        return checked(other, otherType, otherShape, otherShape.contiguousStrides(), lifetime, false);
    }

    private static StateTensor checked(MemorySegment segment, DType dtype, Shape shape, long[] strides, Lifetime lifetime, boolean owner) {
        Extent.checkRank(shape);
        if (!segment.isNative()) {
            throw new IllegalArgumentException(
                    "the segment is on the Java heap: states are measured off-heap only (Arena.allocate, or a mapped file)");
        }
        Extent.checkStrides(shape, strides);
        long bytes = Extent.bytes(dtype, shape, strides);
        if (segment.byteSize() < bytes) {
            throw new IllegalArgumentException(
                    "a " + dtype.label() + " tensor of shape " + shape + " reaches over " + bytes + " bytes; the segment has "
                            + segment.byteSize());
        }
        return new StateTensor(segment.asSlice(0, bytes), dtype, shape, strides, lifetime, owner);
    }

    /** How a component is stored. */
    public DType dtype() {
        return dtype;
    }

    /** Sizes of the axes. */
    public Shape shape() {
        return shape;
    }

    /** Elements from one index of an axis to the next. */
    public long stride(int axis) {
        return strides[axis];
    }

    /** The memory from the first element to just past the last. */
    public MemorySegment segment() {
        lifetime.requireOpen();
        return segment;
    }

    /** Number of recorded iterations; 1 for a tensor of one state per token. */
    public long iterations() {
        return shape.rank() == 2 ? 1 : shape.size(0);
    }

    /** Number of sequences: above 1 only with a batch axis, of which one must be {@linkplain #batch chosen} before measuring. */
    public long batches() {
        return shape.rank() == 4 ? shape.size(1) : 1;
    }

    /** Whether there is a batch axis, even one of size 1. */
    public boolean hasBatch() {
        return shape.rank() == 4;
    }

    /** Number of tokens of one sequence. */
    public long tokens() {
        return shape.size(shape.rank() - 2);
    }

    /** Number of components of one state. */
    public long hidden() {
        return shape.size(shape.rank() - 1);
    }

    /** Elements from one iteration to the next; 0 where there is no iteration axis. */
    public long iterationStride() {
        return shape.rank() == 2 ? 0 : strides[0];
    }

    /** Elements from one token to the next. */
    public long tokenStride() {
        return strides[shape.rank() - 2];
    }

    /**
     * Sequence {@code b} of a tensor with a batch axis, as a strided view; nothing is copied.
     *
     * @throws IllegalStateException if there is no batch axis, or the tensor is closed
     * @throws IndexOutOfBoundsException if {@code b} is not one of its sequences
     */
    public StateTensor batch(long b) {
        if (!hasBatch()) {
            throw new IllegalStateException("a tensor of shape " + shape + " has no batch axis");
        }
        Objects.checkIndex(b, batches());
        return view(b * strides[1], Shape.of(iterations(), tokens(), hidden()), strides[0], strides[2], 1);
    }

    /**
     * Iterations {@code from} (inclusive) to {@code to} (exclusive) as a view.
     *
     * @throws IllegalStateException if there is no iteration axis, or the tensor is closed
     * @throws IndexOutOfBoundsException if the range is empty or reaches outside
     */
    public StateTensor iterations(long from, long to) {
        if (shape.rank() == 2) {
            throw new IllegalStateException("a tensor of shape " + shape + " has no iteration axis");
        }
        return slice(0, from, to);
    }

    /**
     * Tokens {@code from} (inclusive) to {@code to} (exclusive) as a view.
     *
     * @throws IllegalStateException if the tensor is closed
     * @throws IndexOutOfBoundsException if the range is empty or reaches outside
     */
    public StateTensor tokens(long from, long to) {
        return slice(shape.rank() - 2, from, to);
    }

    private StateTensor slice(int axis, long from, long to) {
        Objects.checkFromToIndex(from, to, shape.size(axis));
        if (from == to) {
            throw new IndexOutOfBoundsException("range [" + from + ", " + to + ") is empty");
        }
        long[] sizes = shape.toArray();
        sizes[axis] = to - from;
        return view(from * strides[axis], Shape.of(sizes), strides);
    }

    private StateTensor view(long firstElement, Shape viewShape, long... viewStrides) {
        lifetime.requireOpen();
        MemorySegment part = segment.asSlice(firstElement * dtype.bytes(), Extent.bytes(dtype, viewShape, viewStrides));
        return new StateTensor(part, dtype, viewShape, viewStrides.clone(), lifetime, false);
    }

    /**
     * The contiguous {@code [tokens][hidden]} memory of iteration {@code t}, to read or fill.
     *
     * @throws IllegalStateException if the tokens are strided (use {@link #row}), there is a batch axis, or the tensor is closed
     * @throws IndexOutOfBoundsException if {@code t} is not an iteration
     */
    public MemorySegment iteration(long t) {
        requireNoBatch();
        Objects.checkIndex(t, iterations());
        if (tokens() > 1 && tokenStride() != hidden()) {
            throw new IllegalStateException(
                    "the tokens of this view are strided, so that an iteration is not contiguous: use row(iteration, token)");
        }
        return slice(t * iterationStride(), tokens() * hidden());
    }

    /**
     * The contiguous {@code [hidden]} memory of token {@code i} at iteration {@code t}.
     *
     * @throws IllegalStateException if there is a batch axis, or the tensor is closed
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public MemorySegment row(long t, long i) {
        return slice(rowOffset(t, i), hidden());
    }

    /**
     * Component {@code d} of token {@code i} at iteration {@code t}, widened exactly to float64. For looking, not for loops.
     *
     * @throws IllegalStateException if there is a batch axis, or the tensor is closed
     * @throws IndexOutOfBoundsException if there is no such component
     */
    public double get(long t, long i, long d) {
        long element = rowOffset(t, i) + Objects.checkIndex(d, hidden());
        lifetime.requireOpen();
        return switch (dtype) {
            case BF16 -> Float.intBitsToFloat(segment.get(SHORT, 2 * element) << 16);
            case F16 -> Float.float16ToFloat(segment.get(SHORT, 2 * element));
            case F32 -> segment.get(FLOAT, 4 * element);
            case F64 -> segment.get(DOUBLE, 8 * element);
        };
    }

    private long rowOffset(long t, long i) {
        requireNoBatch();
        return Objects.checkIndex(t, iterations()) * iterationStride() + Objects.checkIndex(i, tokens()) * tokenStride();
    }

    private MemorySegment slice(long firstElement, long elements) {
        lifetime.requireOpen();
        return segment.asSlice(firstElement * dtype.bytes(), elements * dtype.bytes());
    }

    /**
     * Throws unless this is a single sequence.
     *
     * @throws IllegalStateException if there is a batch axis; the message says how to choose
     */
    public void requireNoBatch() {
        if (hasBatch()) {
            throw new IllegalStateException(
                    "a tensor of shape " + shape + " holds " + batches() + " sequence(s): choose one with batch(b)");
        }
    }

    /** Keeps the memory open until the hold is closed: {@link StateTensor#close()} throws meanwhile. Computations take one for as long as they run. */
    public Hold hold() {
        lifetime.hold();
        return new Hold(lifetime);
    }

    /** Whether the tensor has not been closed. */
    public boolean isOpen() {
        return lifetime.isOpen();
    }

    /**
     * Frees the memory if this tensor owns it; a second call, or a call on a view, does nothing.
     *
     * @throws IllegalStateException if a computation uses the memory; the tensor then stays open
     */
    @Override
    public void close() {
        if (owner) {
            lifetime.close();
        }
    }

    @Override
    public String toString() {
        return "StateTensor" + shape + " " + dtype.label() + (isOpen() ? "" : " (closed)");
    }

    /** A claim on a tensor's memory, given back by {@link #close}; closing twice is harmless. */
    public static final class Hold implements AutoCloseable {
        private @Nullable Lifetime lifetime;

        private Hold(Lifetime lifetime) {
            this.lifetime = lifetime;
        }

        @Override
        public synchronized void close() {
            if (lifetime != null) {
                lifetime.release();
                lifetime = null;
            }
        }
    }
}
