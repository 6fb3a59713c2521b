package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.internal.ffm.CudaContext;
import io.github.latentconvergence.internal.ffm.CudaMemory;
import io.github.latentconvergence.internal.ffm.CudaModule;
import io.github.latentconvergence.internal.ffm.CudaStream;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One thread's use of a device, with {@linkplain CudaScratch things of its own} there; scratch memory is laid out by {@link WorkLayout}. While one worker waits for its tile, others copy
 * theirs: so copying and computing overlap.
 */
final class CudaWorker implements Kernels.Worker {
    private final CudaContext context;
    private final Plan plan;
    private final Optional<CudaBlock> resident;
    private final Runnable release;
    private final WorkLayout layout;
    private final int sources;
    private final CudaScratch scratch;
    private final CudaStream stream;
    private final CudaMemory work;
    /** What is written for the device: the layout's beginning. */
    private final CudaMemory.Pinned written;
    /** What comes back: the layout's end, and a status for each plan. */
    private final CudaMemory.Pinned read;
    private boolean isFirst = true;

    /**
     * @param resident states that are on the device already
     * @param release what is done last on closing, and if this fails
     */
    CudaWorker(CudaContext context, Plan plan, int tokens, int iterations, Optional<CudaBlock> resident, Runnable release) {
        this.context = context;
        this.plan = plan;
        this.resident = resident;
        this.release = release;
        try {
            this.layout = new WorkLayout(plan, tokens, iterations);
            this.sources = plan.sources().size();
            scratch = CudaScratch.take(context, CudaScratch.Sizes.of(layout, plan, tokens, iterations, resident));
            stream = scratch.stream;
            work = scratch.work;
            written = scratch.written;
            read = scratch.read;
        } catch (RuntimeException | Error failure) {
            release.run();
            throw failure;
        }
        try {
            writeOnce();
        } catch (RuntimeException | Error failure) {
            throw CudaResources.closedAfter(this::close, failure);
        }
    }

    /** The weight, in plain order for every type, and what stays the same in all descriptions; it is sent with the first tile. */
    private void writeOnce() {
        MemorySegment memory = written.segment().asSlice(0, layout.rows).fill((byte) 0);
        layout.describe(memory);
        int hidden = Math.toIntExact(plan.states().hidden());
        MemorySegment.copy(plan.weight(), 0, memory, ValueLayout.JAVA_DOUBLE, layout.weightWide, hidden);
        for (long weight : layout.narrowWeights.values()) {
            for (int d = 0; d < hidden; d++) {
                memory.set(ValueLayout.JAVA_FLOAT, weight + 4L * d, (float) plan.weight()[d]);
            }
        }
    }

    @Override
    public void measure(Tile tile, Sums sums) {
        StateTensor states = plan.states();
        Objects.checkFromIndexSize(tile.token(), tile.tokens(), states.tokens());
        Objects.checkFromIndexSize(tile.iteration(), tile.iterations(), states.iterations());
        layout.checkFits(tile);
        try (CudaContext.Inside _ = context.enter()) {
            scratch.staging.clear();
            CudaBlock block = onDevice(tile);
            List<Rows> references = new ArrayList<>();
            for (int s = 0; s < sources; s++) {
                references.add(describeSource(s, tile, block));
            }
            long offset = block.find(rows(states, tile.iteration(), tile.iterations(), tile)).orElseThrow();
            layout.setStates(written.segment(), offset, tile);
            layout.setStrides(written.segment(), block.iterationPitch(), block.tokenPitch());
            stream.upload(work, 0, written, 0, isFirst ? layout.rows : layout.weightWide);
            isFirst = false;
            for (int s = 0; s < sources; s++) {
                measureSource(s, tile, references.get(s));
            }
            measure(states.dtype(), block.address(), layout.tile, 0, tile.tokens(), tile.iterations());
            stream.download(work, layout.sums, read, 0, status(0) + Long.BYTES); // the plan, whose status is its first field, lies behind the sums
            if (resident.isPresent()) {
                stream.synchronizeSoon();
            } else {
                stream.synchronize();
            }
        }
        take(tile, sums);
    }

    /** The tile's states, and those before them that its reductions look at. */
    private CudaBlock onDevice(Tile tile) {
        int before = Math.min(tile.iteration(), plan.looksBack());
        StateTensor wanted = rows(plan.states(), tile.iteration() - before, tile.iterations() + before, tile);
        return resident.filter(block -> block.find(wanted).isPresent()).orElseGet(() -> scratch.staging.put(stream, wanted));
    }

    private static StateTensor rows(StateTensor states, long iteration, long iterations, Tile tile) {
        StateTensor some = states.shape().rank() == 2 ? states : states.iterations(iteration, iteration + iterations);
        return some.tokens(tile.token(), tile.token() + tile.tokens());
    }

    /**
     * Where the rows of a reference are on the device.
     *
     * @param rows of the tile's tokens
     * @param copy what they are a part of there
     * @param isMeasured whether reductions of these rows themselves are wanted
     */
    private record Rows(StateTensor rows, CudaBlock copy, boolean isMeasured) {
        long offset() {
            return copy.find(rows).orElseThrow();
        }
    }

    /** Finds the rows of a reference, or has them copied, and describes them. */
    private Rows describeSource(int s, Tile tile, CudaBlock tileBlock) {
        Source source = plan.sources().get(s);
        StateTensor rows = rows(source.states(), 0, source.states().iterations(), tile);
        CudaBlock block = tileBlock.find(rows).isPresent()
                ? tileBlock
                : resident.filter(r -> r.find(rows).isPresent()).orElseGet(() -> scratch.staging.put(stream, rows));
        boolean isMeasured = source.mean()
                ? layout.describeSource(written.segment(), s, layout.meanRows, meanStride(source), tile.tokens())
                : layout.describeSource(written.segment(), s, block.find(rows).orElseThrow(), block.tokenPitch(), tile.tokens());
        return new Rows(rows, block, isMeasured);
    }

    private static long meanStride(Source source) {
        return source.states().hidden() * source.dtype().bytes();
    }

    /** Makes the widened rows of a reference, and the reductions of these rows themselves. */
    private void measureSource(int s, Tile tile, Rows of) {
        Source source = plan.sources().get(s);
        StateTensor rows = of.rows;
        long memory = of.copy.address();
        long offset = of.offset();
        long stride = of.copy.tokenPitch();
        CudaModule kernels = context.module();
        if (source.mean()) {
            stream.launch(kernels.mean(), items(tile.tokens(), rows.hidden()), memory, offset, of.copy.iterationPitch(), stride,
                    rows.iterations(), tile.tokens(), rows.hidden(), rows.dtype().ordinal(), work.address(), layout.meanRows);
            memory = work.address();
            offset = layout.meanRows;
            stride = meanStride(source);
        }
        stream.launch(kernels.widen(), items(tile.tokens(), rows.hidden()), memory, offset, stride, tile.tokens(), rows.hidden(),
                source.dtype().ordinal(), source.wide() ? 1 : 0, work.address(), layout.sourceRows(s));
        read.segment().set(ValueLayout.JAVA_LONG, status(1 + s), 0);
        if (of.isMeasured) {
            measure(source.dtype(), memory, layout.sourceTile(s), 1 + s, tile.tokens(), 1);
            stream.download(work, planned(1 + s), read, status(1 + s), Long.BYTES);
        }
    }

    /** Blocks of 128 threads that each do some components. */
    private static long items(long tokens, long hidden) {
        return tokens * ((hidden + 127) / 128);
    }

    /** Plans what is described and does it: four iterations of a token at a time, and the rest one by one. */
    private void measure(DType dtype, long states, long description, int number, long tokens, long iterations) {
        stream.launch(context.module().plan(), 1, work.address(), description, planned(number));
        stream.launch(context.module().measure().get(dtype.ordinal()), tokens * (iterations / 4 + iterations % 4), states, work.address(),
                description, planned(number));
    }

    /** Where a plan is on the device: that of the tile behind the sums, those of the sources behind it. */
    private long planned(int number) {
        return layout.bytes() + (long) number * CudaModule.PLAN_BYTES;
    }

    private long status(int number) {
        return layout.bytes() - layout.sums + 8L * number;
    }

    private void take(Tile tile, Sums sums) {
        MemorySegment memory = read.segment();
        for (int number = 0; number <= sources; number++) {
            CudaModule.requirePlanned(memory.get(ValueLayout.JAVA_LONG, status(number)));
        }
        for (int r = 0; r < plan.ofSources().size(); r++) {
            MemorySegment.copy(memory, ValueLayout.JAVA_DOUBLE, layout.sourceSums(r) - layout.sums, sums.ofSources()[r], tile.token(),
                    tile.tokens());
        }
        int width = Math.toIntExact(plan.states().iterations());
        int run = tile.iterations() == width ? tile.tokens() : 1; // rows that lie together here and there
        for (int r = 0; r < plan.ofStates().size(); r++) {
            for (int i = 0; i < tile.tokens(); i += run) {
                MemorySegment.copy(memory, ValueLayout.JAVA_DOUBLE, layout.stateSums(r) - layout.sums + 8L * i * tile.iterations(),
                        sums.ofStates()[r], (tile.token() + i) * width + tile.iteration(), run * tile.iterations());
            }
        }
    }

    @Override
    public void close() {
        try {
            scratch.giveBack();
        } finally {
            release.run();
        }
    }
}
