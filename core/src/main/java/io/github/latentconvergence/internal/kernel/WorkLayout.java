package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where things lie in a worker's memory, and the description of a tile that the C side reads there ({@code lc_tile} and {@code lc_reduction} in
 * latent_convergence.h). Offsets are in bytes, all a multiple of 64.
 */
final class WorkLayout {
    /** {@code LC_MAX_REDUCTIONS}. */
    private static final int MAX_REDUCTIONS = 128;
    private static final long TILE_FIELDS = 12;
    private static final long REDUCTION_FIELDS = 13;

    /** {@code enum lc_side}. */
    private static final int ALONE = 0;
    private static final int FIXED = 1;
    private static final int FIXED_WIDE = 2;
    private static final int PREVIOUS = 3;

    final long tile;
    /** Where descriptions end: only they change from tile to tile. */
    final long weightWide;
    final long weightPlain;
    /** Where what is written once ends, and rows begin. */
    final long rows;
    final long meanRows;
    /** Where all sums begin; nothing else is behind. */
    final long sums;
    final Map<DType, Long> narrowWeights = new EnumMap<>(DType.class);

    private final Plan plan;
    private final int tokens;
    private final int iterations;
    private final List<Long> sourceTiles = new ArrayList<>();
    private final List<Long> sourceRows = new ArrayList<>();
    private final List<Long> sourceSums = new ArrayList<>();
    private final List<Long> stateSums = new ArrayList<>();
    private long bytes;

    WorkLayout(Plan plan, int tokens, int iterations) {
        if (plan.ofStates().size() > MAX_REDUCTIONS || plan.ofSources().size() > MAX_REDUCTIONS) {
            throw new IllegalArgumentException(plan.ofStates().size() + " reductions in one pass: at most " + MAX_REDUCTIONS);
        }
        this.plan = plan;
        this.tokens = tokens;
        this.iterations = iterations;
        long padded = plan.padded();
        tile = take(TILE_FIELDS + REDUCTION_FIELDS * plan.ofStates().size(), 8);
        for (int s = 0; s < plan.sources().size(); s++) {
            int source = s;
            long reductions = plan.ofSources().stream().filter(r -> r.source() == source).count();
            sourceTiles.add(take(TILE_FIELDS + REDUCTION_FIELDS * reductions, 8));
        }
        weightWide = take(padded, 8);
        weightPlain = take(padded, 4);
        addWeight(plan.states().dtype());
        boolean anyMean = false;
        plan.sources().forEach(source -> addWeight(source.dtype()));
        rows = bytes;
        for (Source source : plan.sources()) {
            sourceRows.add(take(Math.multiplyExact(padded, tokens), source.wide() ? 8 : 4));
            anyMean |= source.mean();
        }
        meanRows = anyMean ? take(Math.multiplyExact(padded, tokens), 8) : 0;
        sums = bytes;
        for (int r = 0; r < plan.ofSources().size(); r++) {
            sourceSums.add(take(tokens, 8));
        }
        for (int r = 0; r < plan.ofStates().size(); r++) {
            stateSums.add(take(Math.multiplyExact((long) tokens, iterations), 8));
        }
    }

    private void addWeight(DType type) {
        if (type != DType.F64) {
            narrowWeights.computeIfAbsent(type, t -> take(plan.padded(), 4));
        }
    }

    private long take(long elements, int size) {
        long at = bytes;
        long end = Math.addExact(bytes, Math.multiplyExact(elements, (long) size));
        bytes = Math.addExact(end, 63) & -64L;
        return at;
    }

    long bytes() {
        return bytes;
    }

    /** Where the rows of a reference are described, as states of one iteration. */
    long sourceTile(int source) {
        return sourceTiles.get(source);
    }

    long sourceRows(int source) {
        return sourceRows.get(source);
    }

    long sourceSums(int reduction) {
        return sourceSums.get(reduction);
    }

    long stateSums(int reduction) {
        return stateSums.get(reduction);
    }

    void checkFits(Tile wanted) {
        if (wanted.tokens() > tokens || wanted.iterations() > iterations) {
            throw new IllegalArgumentException(
                    wanted + " is larger than the " + tokens + " tokens and " + iterations + " iterations there is room for");
        }
    }

    /** Writes what stays the same for all tiles. */
    void describe(MemorySegment work) {
        StateTensor states = plan.states();
        int size = states.dtype().bytes();
        writeTile(work, tile, states.iterationStride() * size, states.tokenStride() * size, states.dtype(), plan.ofStates().size());
        for (int r = 0; r < plan.ofStates().size(); r++) {
            Reduction reduction = plan.ofStates().get(r);
            boolean fixed = reduction.source() >= 0;
            Basis basis = reduction.basis();
            long base = writeReduction(work, tile, r, reduction, side(reduction), fixed ? sourceRows(reduction.source()) : 0, stateSums(r));
            put(work, base, 6, of(stateSums, basis.x()));
            put(work, base, 7, of(sourceSums, basis.y()));
            put(work, base, 8, of(stateSums, basis.cross()));
            put(work, base, 9, of(stateSums, basis.diff2()));
            put(work, base, 10, of(stateSums, basis.along()));
            put(work, base, 11, of(stateSums, basis.weightedX()));
            put(work, base, 12, of(sourceSums, basis.weightedY()));
        }
    }

    /** Offset 0 is where the tile is described: no sums are there. */
    private static long of(List<Long> sums, int reduction) {
        return reduction == Basis.UNUSED ? 0 : sums.get(reduction);
    }

    /** For states that lie elsewhere with other strides, in bytes. */
    void setStrides(MemorySegment work, long iterationStride, long tokenStride) {
        put(work, tile, 1, iterationStride);
        put(work, tile, 2, tokenStride);
    }

    /** Chooses the states of the next tile. */
    void setStates(MemorySegment work, long offset, Tile wanted) {
        put(work, tile, 0, offset);
        put(work, tile, 3, wanted.iteration());
        put(work, tile, 4, wanted.iterations());
        put(work, tile, 5, wanted.tokens());
    }

    /** Describes the rows of a reference as states of one iteration; false if nothing is wanted of them. */
    boolean describeSource(MemorySegment work, int source, long offset, long tokenStride, long rows) {
        long sourceTile = sourceTile(source);
        int count = 0;
        for (int r = 0; r < plan.ofSources().size(); r++) {
            Reduction reduction = plan.ofSources().get(r);
            if (reduction.source() == source) {
                writeReduction(work, sourceTile, count++, reduction, ALONE, 0, sourceSums(r));
            }
        }
        writeTile(work, sourceTile, 0, tokenStride, plan.sources().get(source).dtype(), count);
        put(work, sourceTile, 0, offset);
        put(work, sourceTile, 3, 0);
        put(work, sourceTile, 4, 1);
        put(work, sourceTile, 5, rows);
        return count > 0;
    }

    private static int side(Reduction reduction) {
        return switch (reduction.source()) {
            case Reduction.NO_SOURCE -> ALONE;
            case Reduction.PREVIOUS -> PREVIOUS;
            default -> reduction.wide() ? FIXED_WIDE : FIXED;
        };
    }

    private void writeTile(MemorySegment work, long at, long iterationStride, long tokenStride, DType dtype, int reductions) {
        put(work, at, 1, iterationStride);
        put(work, at, 2, tokenStride);
        put(work, at, 6, plan.states().hidden());
        put(work, at, 7, dtype.ordinal());
        put(work, at, 8, dtype == DType.F64 ? 0 : Objects.requireNonNull(narrowWeights.get(dtype)));
        put(work, at, 9, weightWide);
        work.set(ValueLayout.JAVA_DOUBLE, at + 10 * 8, plan.eps());
        put(work, at, 11, reductions);
    }

    /** Returns where its fields begin. */
    private static long writeReduction(MemorySegment work, long at, int index, Reduction reduction, int side, long reference, long sums) {
        long base = at + 8 * (TILE_FIELDS + REDUCTION_FIELDS * index);
        put(work, base, 0, reduction.op().ordinal());
        put(work, base, 1, side);
        put(work, base, 2, reduction.wide() ? 1 : 0);
        put(work, base, 3, reduction.wide() ? 0 : 1);
        put(work, base, 4, reference);
        put(work, base, 5, sums);
        return base;
    }

    private static void put(MemorySegment work, long base, int field, long value) {
        work.set(ValueLayout.JAVA_LONG, base + 8L * field, value);
    }
}
