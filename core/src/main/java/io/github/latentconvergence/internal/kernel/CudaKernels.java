package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.internal.ffm.CudaContext;
import io.github.latentconvergence.internal.ffm.CudaContexts;
import io.github.latentconvergence.internal.ffm.NativeLibrary;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The CUDA kernels, on one device. They do tiles, on states that are copied tile by tile or lie on the device already; pairs, logits and projections have no CUDA kernels, and are left to the
 * best of the host's, which give the same bits.
 */
public final class CudaKernels implements Kernels {
    private final int device;
    private final Kernels host;
    private final @Nullable CudaResident resident;

    private CudaKernels(int device, Kernels host, @Nullable CudaResident resident) {
        this.device = device;
        this.host = host;
        this.resident = resident;
    }

    /**
     * Those of a device, whose context is made if there is none.
     *
     * @param host what does pairs, logits and projections
     * @throws NativeLibrary.UnavailableException if there is no such device, or no kernels for it; the message says why
     */
    static CudaKernels of(int device, Kernels host) throws NativeLibrary.UnavailableException {
        CudaContexts.release(CudaContexts.acquire(device));
        return new CudaKernels(device, host, null);
    }

    /** For states that are on a device. */
    static CudaKernels on(CudaResident resident, Kernels host) {
        return new CudaKernels(resident.device(), host, resident);
    }

    @Override
    public String name() {
        return "cuda/" + device;
    }

    /** How many workers can be of use where so many threads may be used. */
    public int workers(Plan plan, int threads) {
        CudaContext context = acquire();
        try {
            return CudaRoom.workers(plan, threads, context.device().bytes(), block());
        } finally {
            release(context);
        }
    }

    /** How large tiles may be, for so many workers at a time. The driver is asked what is free, which takes its time, only where more is needed than earlier measurements left. */
    public CudaRoom room(Plan plan, int workers) {
        CudaContext context = acquire();
        try {
            CudaRoom most = CudaRoom.of(plan, workers, Long.MAX_VALUE, block());
            return areBuffersThere(context, plan, workers, most) ? most : asked(context, plan, workers);
        } finally {
            release(context);
        }
    }

    private boolean areBuffersThere(CudaContext context, Plan plan, int workers, CudaRoom room) {
        WorkLayout layout = new WorkLayout(plan, room.tokens(), room.iterations());
        long tiles = Math.ceilDiv(plan.states().tokens(), room.tokens()) * Math.ceilDiv(plan.states().iterations(), room.iterations());
        return CudaScratch.areIdle(context, CudaScratch.Sizes.of(layout, plan, room.tokens(), room.iterations(), block()),
                Math.min(workers, tiles));
    }

    private CudaRoom asked(CudaContext context, Plan plan, int workers) {
        try (CudaContext.Inside _ = context.enter()) {
            return CudaRoom.of(plan, workers, context.freeBytes(), block());
        }
    }

    @Override
    public Worker worker(Plan plan, int tokens, int iterations) {
        CudaContext context = acquire();
        return new CudaWorker(context, plan, tokens, iterations, block(), () -> release(context));
    }

    private Optional<CudaBlock> block() {
        return Optional.ofNullable(resident).map(CudaResident::block);
    }

    /** States on the device stay in their context, dead or not. */
    private CudaContext acquire() {
        if (resident != null) {
            return resident.context();
        }
        try {
            return CudaContexts.acquire(device);
        } catch (NativeLibrary.UnavailableException gone) {
            throw new IllegalStateException("the device that was there is there no more: " + gone.getMessage(), gone);
        }
    }

    private void release(CudaContext context) {
        if (resident == null) {
            CudaContexts.release(context);
        }
    }

    @Override
    public Kernels onHost() {
        return host;
    }

    @Override
    public PairSums pairs(StateTensor states) {
        return host.pairs(states);
    }

    @Override
    public Projector projector(StateTensor states, Axes axes) {
        return host.projector(states, axes);
    }

    @Override
    public LogitsWorker logits(StateTensor logits, int iterations) {
        return host.logits(logits, iterations);
    }
}
