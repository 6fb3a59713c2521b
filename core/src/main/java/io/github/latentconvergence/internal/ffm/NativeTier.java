package io.github.latentconvergence.internal.ffm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The functions of one instruction set, as {@code lc_tier} in latent_convergence.h lists them. A value: any number of tiers may be used side by side in one JVM, from any
 * thread. Callers check every size before they call; the segments are kept alive by the call itself.
 */
public final class NativeTier {
    private final String name;
    private final boolean usable;
    private final MemorySegment widen;
    private final MemorySegment mean;
    private final MemorySegment measure;
    private final MemorySegment read;
    private final MemorySegment pairs;
    private final MemorySegment logits;
    private final MemorySegment project;
    private final MemorySegment combine;

    /** @param table {@code lc_tier} */
    private NativeTier(MemorySegment table, boolean usable) {
        this.name = Downcalls.string(table.getAtIndex(ValueLayout.ADDRESS, 0));
        this.usable = usable;
        this.widen = table.getAtIndex(ValueLayout.ADDRESS, 1);
        this.mean = table.getAtIndex(ValueLayout.ADDRESS, 2);
        this.measure = table.getAtIndex(ValueLayout.ADDRESS, 3);
        this.read = table.getAtIndex(ValueLayout.ADDRESS, 4);
        this.pairs = table.getAtIndex(ValueLayout.ADDRESS, 5);
        this.logits = table.getAtIndex(ValueLayout.ADDRESS, 6);
        this.project = table.getAtIndex(ValueLayout.ADDRESS, 7);
        this.combine = table.getAtIndex(ValueLayout.ADDRESS, 8);
    }

    @SuppressWarnings("restricted") // the one purpose of this package
    static NativeTier read(MemorySegment address, boolean usable) {
        return new NativeTier(address.reinterpret(Downcalls.addresses(9)), usable);
    }

    /** The tier's name, for example {@code avx2}. */
    public String name() {
        return name;
    }

    /** Whether this processor and operating system can run it. */
    public boolean isUsable() {
        return usable;
    }

    /** Widens rows; see {@code lc_tier.widen}. */
    public void widen(MemorySegment source, long sourceOffset, long tokenStride, long tokens, long hidden, int sourceType, int statesType,
            boolean wide,
            MemorySegment work, long targetOffset) {
        try {
            check((int) Downcalls.WIDEN.invokeExact(widen, source, sourceOffset, tokenStride, tokens, hidden, (long) sourceType,
                    (long) statesType,
                    wide ? 1L : 0L, work, targetOffset), "widen");
        } catch (Throwable thrown) {
            throw Downcalls.unchecked(thrown);
        }
    }

    /** Averages over iterations; see {@code lc_tier.mean}. */
    public void mean(MemorySegment states, long statesOffset, long iterationStride, long tokenStride, long iterations, long tokens,
            long hidden, int type,
            MemorySegment work, long targetOffset) {
        try {
            check((int) Downcalls.MEAN.invokeExact(mean, states, statesOffset, iterationStride, tokenStride, iterations, tokens, hidden,
                    (long) type, work,
                    targetOffset), "mean");
        } catch (Throwable thrown) {
            throw Downcalls.unchecked(thrown);
        }
    }

    /** Computes the reductions of a tile; see {@code lc_tier.measure}. */
    public void measure(MemorySegment states, MemorySegment work, long tileOffset) {
        try {
            check((int) Downcalls.MEASURE.invokeExact(measure, states, work, tileOffset), "measure");
        } catch (Throwable thrown) {
            throw Downcalls.unchecked(thrown);
        }
    }

    /** Reads memory in so many streams (1 or 4) and returns a checksum; see {@code lc_tier.read}. */
    public long read(MemorySegment memory, long offset, long bytes, int streams) {
        try {
            return (long) Downcalls.READ.invokeExact(read, memory, offset, bytes, (long) streams);
        } catch (Throwable thrown) {
            throw Downcalls.unchecked(thrown);
        }
    }

    /** Adds the squared differences of every two of some widened rows to their sums; see {@code lc_tier.pairs}. */
    public void pairs(MemorySegment work, long rowsOffset, long rows, long elements, boolean wide, long sumsOffset) {
        try {
            check((int) Downcalls.PAIRS.invokeExact(pairs, work, rowsOffset, rows, elements, wide ? 1L : 0L, sumsOffset), "pairs");
        } catch (Throwable thrown) {
            throw Downcalls.unchecked(thrown);
        }
    }

    /** What one token's logits predict at consecutive iterations; see {@code lc_tier.logits}. */
    public void logits(MemorySegment logits, long offset, long iterationStride, long first, long iterations, long vocabulary, int type,
            MemorySegment work, long targetOffset) {
        try {
            check((int) Downcalls.LOGITS.invokeExact(this.logits, logits, offset, iterationStride, first, iterations, vocabulary,
                    (long) type, work, targetOffset), "logits");
        } catch (Throwable thrown) {
            throw Downcalls.unchecked(thrown);
        }
    }

    /** Coordinates of one token's states; see {@code lc_tier.project}. */
    public void project(MemorySegment states, long offset, long iterationStride, long iterations, long hidden, int type, MemorySegment work,
            long axesOffset) {
        ofRows(project, "project", states, offset, iterationStride, iterations, hidden, type, work, axesOffset);
    }

    /** Adds one token's states, weighted, to sums; see {@code lc_tier.combine}. */
    public void combine(MemorySegment states, long offset, long iterationStride, long iterations, long hidden, int type, MemorySegment work,
            long axesOffset) {
        ofRows(combine, "combine", states, offset, iterationStride, iterations, hidden, type, work, axesOffset);
    }

    private void ofRows(MemorySegment function, String called, MemorySegment states, long offset, long iterationStride, long iterations,
            long hidden, int type, MemorySegment work, long axesOffset) {
        try {
            check((int) Downcalls.OF_ROWS.invokeExact(function, states, offset, iterationStride, iterations, hidden, (long) type, work,
                    axesOffset), called);
        } catch (Throwable thrown) {
            throw Downcalls.unchecked(thrown);
        }
    }

    private void check(int status, String function) {
        if (status != 0) {
            throw new NativeLibraryException("native " + function + " of tier " + name + " refused its arguments with status " + status
                    + ": library and Java side do not belong together");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
