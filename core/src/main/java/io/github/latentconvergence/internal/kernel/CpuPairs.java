package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.internal.ffm.HugePages;
import io.github.latentconvergence.internal.ffm.NativeTier;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * Pairs by the C kernels. Scratch memory is one segment: the rows' blocks, then the square of sums as {@code lc_tier.pairs} has it. Every size has been checked before a
 * call.
 */
final class CpuPairs implements PairBlocks {
    private final NativeTier tier;
    private final int mostRows;
    private final int hidden;
    private final long sums;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment work;
    private int rows;
    private long width;

    /** For at most so many rows of so many components. */
    CpuPairs(NativeTier tier, int mostRows, int hidden) {
        this.tier = tier;
        this.mostRows = mostRows;
        this.hidden = hidden;
        this.sums = Math.multiplyExact((long) mostRows, Row.BLOCK * Double.BYTES);
        try {
            this.work = HugePages.allocate(arena, Math.addExact(sums, bytesOfSums(mostRows)));
        } catch (RuntimeException | Error failure) {
            arena.close();
            throw failure;
        }
    }

    private static long width(int rows) {
        return rows + 3L & ~3L;
    }

    private static long bytesOfSums(int rows) {
        return Math.multiplyExact(Math.multiplyExact(width(rows), width(rows)), Double.BYTES);
    }

    @Override
    public void start(int count) {
        if (count < 1 || count > mostRows) {
            throw new IllegalArgumentException(count + " rows; there is room for 1 to " + mostRows);
        }
        rows = count;
        width = width(count);
        work.asSlice(sums, bytesOfSums(count)).fill((byte) 0);
    }

    @Override
    public void load(int row, int count, StateTensor states, int iteration, int token, int component, boolean wide) {
        Objects.checkFromIndexSize(row, count, rows);
        Objects.checkFromIndexSize(iteration, count, states.iterations());
        Objects.checkIndex(token, states.tokens());
        Objects.checkFromIndexSize(component, components(component), Math.min(hidden, states.hidden()));
        if (!wide && states.dtype() == DType.F64) {
            throw new IllegalArgumentException("float64 states in float32 lanes");
        }
        int bytes = states.dtype().bytes();
        long from = (iteration * states.iterationStride() + token * states.tokenStride() + component) * bytes;
        tier.widen(states.segment(), from, states.iterationStride() * bytes, count, components(component), states.dtype().ordinal(),
                DType.F32.ordinal(), wide, work, (long) row * padded(component) * (wide ? Double.BYTES : Float.BYTES));
    }

    @Override
    public void add(int component, boolean wide) {
        tier.pairs(work, 0, rows, padded(component), wide, sums);
    }

    /** Of the block that begins there. */
    private int components(int component) {
        return Math.min(Row.BLOCK, hidden - component);
    }

    private long padded(int component) {
        return components(component) + 15L & ~15L;
    }

    @Override
    public double sum(int i, int j) {
        return work.get(ValueLayout.JAVA_DOUBLE, sums + (i * width + j) * Double.BYTES);
    }

    @Override
    public void close() {
        arena.close();
    }
}
