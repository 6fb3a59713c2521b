package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.internal.ffm.CudaContext;
import io.github.latentconvergence.internal.ffm.CudaMemory;
import io.github.latentconvergence.internal.ffm.CudaModule;
import io.github.latentconvergence.internal.ffm.CudaStream;
import java.util.Optional;

/**
 * What a worker works with on a device: a stream, scratch memory there, and buffers of its own for a tile on its way. It is kept for the next worker, as to pin memory takes longer
 * than many a measurement. Made, used and closed from inside the context, by one thread at a time.
 */
final class CudaScratch {
    private final CudaContext context;
    private final Sizes sizes;
    private final CudaResources resources = new CudaResources();
    final CudaMemory work;
    final CudaStaging staging;
    final CudaMemory.Pinned written;
    final CudaMemory.Pinned read;
    final CudaStream stream;

    /**
     * Bytes of each.
     *
     * @param work on the device
     * @param staging of states, here and there
     * @param written by the host
     * @param read by the host
     */
    record Sizes(long work, long staging, long written, long read) {
        /** What tiles of a plan take that are laid out so. */
        static Sizes of(WorkLayout layout, Plan plan, int tokens, int iterations, Optional<CudaBlock> resident) {
            int plans = 1 + plan.sources().size();
            return new Sizes(layout.bytes() + (long) plans * CudaModule.PLAN_BYTES,
                    CudaRoom.stagingBytes(plan, tokens, iterations, resident), layout.rows, layout.bytes() - layout.sums + 8L * plans);
        }

        boolean hold(Sizes wanted) {
            return work >= wanted.work && staging >= wanted.staging && written >= wanted.written && read >= wanted.read;
        }
    }

    private CudaScratch(CudaContext context, Sizes sizes) {
        this.context = context;
        this.sizes = sizes;
        try {
            work = resources.add(new CudaMemory(context, sizes.work), CudaMemory::close);
            staging = resources.add(new CudaStaging(context, sizes.staging), CudaStaging::close);
            written = resources.add(new CudaMemory.Pinned(context, sizes.written), CudaMemory.Pinned::close);
            read = resources.add(new CudaMemory.Pinned(context, sizes.read), CudaMemory.Pinned::close);
            stream = resources.add(new CudaStream(context), CudaStream::close); // closed first: it may still be using the others
        } catch (RuntimeException | Error failure) {
            throw resources.closedAfter(failure);
        }
    }

    /** One that was given back and is large enough; else a new one, in the place of one that was not. From outside: most find one, and need not enter. */
    static CudaScratch take(CudaContext context, Sizes wanted) {
        for (Object one : context.idle()) {
            if (one instanceof CudaScratch idle && idle.sizes.hold(wanted) && context.idle().remove(one)) {
                return idle;
            }
        }
        try (CudaContext.Inside _ = context.enter()) {
            if (context.idle().poll() instanceof CudaScratch idle) {
                idle.resources.close();
            }
            return new CudaScratch(context, wanted);
        }
    }

    /** Whether so many are idle and large enough, as far as can be seen while others take them. */
    static boolean areIdle(CudaContext context, Sizes wanted, long count) {
        return context.idle().stream().filter(one -> one instanceof CudaScratch idle && idle.sizes.hold(wanted)).count() >= count;
    }

    /** Keeps it for the next worker; but one that was left in the middle of a tile is not, nor are there more than can work at once. */
    void giveBack() {
        if (stream.isBusy() || context.idle().size() >= CudaRoom.MOST_WORKERS) {
            context.closeInside(resources::close);
        } else {
            context.idle().add(this);
        }
    }

    /** Frees those that nobody uses, where the device's memory is wanted for something else; from inside. */
    static void freeIdle(CudaContext context) {
        while (context.idle().poll() instanceof CudaScratch idle) {
            idle.resources.close();
        }
    }
}
