package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.internal.ffm.HugePages;
import io.github.latentconvergence.internal.ffm.NativeTier;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** One thread's use of the C kernels that project. Scratch memory is one segment: an {@code lc_axes}, and what it points to. Every size has been checked before a call. */
final class CpuProjector implements Kernels.Projector {
    private static final int FIELDS = 8;
    private static final int SCRATCH = 16 << 10;

    private final NativeTier tier;
    private final StateTensor states;
    private final int hidden;
    private final int count;
    private final long columns;
    private final long padded;
    private final long coordinates;
    private final long squares;
    private final long sums;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment work;

    CpuProjector(NativeTier tier, StateTensor states, Axes axes) {
        this.tier = tier;
        this.states = states;
        this.hidden = Math.toIntExact(states.hidden());
        this.count = axes.count();
        this.columns = count + 3L & ~3L;
        this.padded = hidden + 15L & ~15L;
        if (axes.shift().length != hidden) {
            throw new IllegalArgumentException("a shift of " + axes.shift().length + " components; the states have " + hidden);
        }
        long shift = FIELDS * 8L;
        long vectors = shift + bytes(1, padded);
        coordinates = Math.addExact(vectors, bytes(count, padded));
        squares = coordinates + bytes(MOST, columns);
        sums = squares + bytes(1, MOST);
        long scratch = Math.addExact(sums, bytes(columns, padded));
        try {
            work = HugePages.allocate(arena, Math.addExact(scratch, SCRATCH));
            work.set(ValueLayout.JAVA_DOUBLE, 0, axes.scale());
            long[] fields = {shift, count, vectors, coordinates, axes.squares() ? squares : 0, sums, scratch};
            MemorySegment.copy(fields, 0, work, ValueLayout.JAVA_LONG, 8, fields.length);
            MemorySegment.copy(axes.shift(), 0, work, ValueLayout.JAVA_DOUBLE, shift, hidden);
            for (int k = 0; k < count; k++) {
                MemorySegment.copy(axes.vectors()[k], 0, work, ValueLayout.JAVA_DOUBLE, vectors + bytes(k, padded), hidden);
            }
            for (long at = coordinates; at < squares; at += Double.BYTES) {
                work.set(ValueLayout.JAVA_DOUBLE, at, 1);
            }
        } catch (RuntimeException | Error failure) {
            arena.close();
            throw failure;
        }
    }

    private static long bytes(long rows, long columns) {
        return Math.multiplyExact(Math.multiplyExact(rows, columns), Double.BYTES);
    }

    @Override
    public void project(int token, int first, int iterations) {
        long from = offset(token, first, iterations);
        tier.project(states.segment(), from, stride(), iterations, hidden, states.dtype().ordinal(), work, 0);
    }

    @Override
    public void combine(int token, int first, int iterations) {
        long from = offset(token, first, iterations);
        tier.combine(states.segment(), from, stride(), iterations, hidden, states.dtype().ordinal(), work, 0);
    }

    private long offset(int token, int first, int iterations) {
        Objects.checkIndex(token, states.tokens());
        Objects.checkFromIndexSize(first, iterations, states.iterations());
        Objects.checkFromIndexSize(0, iterations, MOST);
        return (first * states.iterationStride() + token * states.tokenStride()) * states.dtype().bytes();
    }

    private long stride() {
        return states.iterationStride() * states.dtype().bytes();
    }

    @Override
    public double coordinate(int row, int direction) {
        return work.get(ValueLayout.JAVA_DOUBLE,
                coordinates + bytes(1, Objects.checkIndex(row, MOST) * columns + Objects.checkIndex(direction, count)));
    }

    @Override
    public double square(int row) {
        return work.get(ValueLayout.JAVA_DOUBLE, squares + bytes(1, Objects.checkIndex(row, MOST)));
    }

    @Override
    public double[][] takeSums() {
        double[][] taken = new double[count][hidden];
        for (int k = 0; k < count; k++) {
            MemorySegment.copy(work, ValueLayout.JAVA_DOUBLE, sums + bytes(k, padded), taken[k], 0, hidden);
        }
        work.asSlice(sums, bytes(columns, padded)).fill((byte) 0);
        return taken;
    }

    @Override
    public void close() {
        arena.close();
    }
}
