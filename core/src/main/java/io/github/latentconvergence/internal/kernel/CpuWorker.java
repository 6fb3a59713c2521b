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
 * One thread's use of the C kernels. All scratch memory is one segment, laid out by {@link WorkLayout}: descriptions of the tile, widened references and weights, and the
 * sums that come back. Every size has been checked before a call.
 */
final class CpuWorker implements Kernels.Worker {
    private final NativeTier tier;
    private final Plan plan;
    private final WorkLayout layout;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment work;

    CpuWorker(NativeTier tier, Plan plan, int tokens, int iterations) {
        this.tier = tier;
        this.plan = plan;
        this.layout = new WorkLayout(plan, tokens, iterations);
        try {
            this.work = HugePages.allocate(arena, layout.bytes());
            layout.describe(work);
            widenWeight();
        } catch (RuntimeException | Error failure) {
            arena.close();
            throw failure;
        }
    }

    private void widenWeight() {
        long hidden = plan.states().hidden();
        MemorySegment.copy(plan.weight(), 0, work, ValueLayout.JAVA_DOUBLE, layout.weightWide, (int) hidden);
        for (DType type : layout.narrowWeights.keySet()) {
            for (long d = 0; d < hidden; d++) {
                work.set(ValueLayout.JAVA_FLOAT, layout.weightPlain + 4 * d, (float) plan.weight()[(int) d]);
            }
            tier.widen(work, layout.weightPlain, 0, 1, hidden, DType.F32.ordinal(), type.ordinal(), false, work,
                    Objects.requireNonNull(layout.narrowWeights.get(type)));
        }
    }

    @Override
    public void measure(Tile tile, Sums sums) {
        StateTensor states = plan.states();
        Objects.checkFromIndexSize(tile.token(), tile.tokens(), states.tokens());
        Objects.checkFromIndexSize(tile.iteration(), tile.iterations(), states.iterations());
        layout.checkFits(tile);
        for (int s = 0; s < plan.sources().size(); s++) {
            measureSource(s, tile, sums);
        }
        layout.setStates(work, offset(states, tile.iteration(), tile.token()), tile);
        tier.measure(states.segment(), work, layout.tile);
        int width = Math.toIntExact(states.iterations());
        for (int r = 0; r < plan.ofStates().size(); r++) {
            for (int i = 0; i < tile.tokens(); i++) {
                MemorySegment.copy(work, ValueLayout.JAVA_DOUBLE, layout.stateSums(r) + 8L * i * tile.iterations(),
                        sums.ofStates()[r],
                        (tile.token() + i) * width + tile.iteration(), tile.iterations());
            }
        }
    }

    /** Makes the widened rows of a reference, and the reductions of these rows themselves. */
    private void measureSource(int s, Tile tile, Sums sums) {
        Source source = plan.sources().get(s);
        StateTensor rows = source.states();
        MemorySegment memory = rows.segment();
        long offset = offset(rows, 0, tile.token());
        long stride = rows.tokenStride() * rows.dtype().bytes();
        if (source.mean()) {
            tier.mean(memory, offset, rows.iterationStride() * rows.dtype().bytes(), stride, rows.iterations(), tile.tokens(),
                    rows.hidden(),
                    rows.dtype().ordinal(), work, layout.meanRows);
            memory = work;
            offset = layout.meanRows;
            stride = rows.hidden() * source.dtype().bytes();
        }
        tier.widen(memory, offset, stride, tile.tokens(), rows.hidden(), source.dtype().ordinal(), plan.states().dtype().ordinal(),
                source.wide(), work,
                layout.sourceRows(s));
        if (layout.describeSource(work, s, offset, stride, tile.tokens())) {
            tier.measure(memory, work, layout.sourceTile(s));
            for (int r = 0; r < plan.ofSources().size(); r++) {
                if (plan.ofSources().get(r).source() == s) {
                    MemorySegment.copy(work, ValueLayout.JAVA_DOUBLE, layout.sourceSums(r), sums.ofSources()[r], tile.token(),
                            tile.tokens());
                }
            }
        }
    }

    private static long offset(StateTensor tensor, long iteration, long token) {
        return (iteration * tensor.iterationStride() + token * tensor.tokenStride()) * tensor.dtype().bytes();
    }

    @Override
    public void close() {
        arena.close();
    }
}
