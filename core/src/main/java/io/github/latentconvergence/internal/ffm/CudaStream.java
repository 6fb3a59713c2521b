package io.github.latentconvergence.internal.ffm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * A queue of copies and kernels: one after the other among themselves, side by side with other streams. Everything but {@link #synchronize} returns before it is done. Made, used
 * and closed from inside its context, by one thread at a time.
 */
public final class CudaStream implements AutoCloseable {
    private static final int NON_BLOCKING = 1;
    /** Who waits longer leaves the processor to others. */
    private static final long NANOS_ASKING = 200_000;
    private static final int MOST_PARAMETERS = 10;

    private final CudaContext context;
    private final Arena arena = Arena.ofAuto();
    private final MemorySegment values = arena.allocate(ValueLayout.JAVA_LONG, MOST_PARAMETERS);
    private final MemorySegment pointers = arena.allocate(ValueLayout.ADDRESS, MOST_PARAMETERS);
    private final MemorySegment handle;
    private final CudaFunction.Caller ask;
    private boolean busy;
    private boolean ready;

    /** Creates one. */
    public CudaStream(CudaContext context) {
        this.context = context;
        this.ask = (call, status) -> {
            ready = status != CudaException.NOT_READY;
            if (ready) {
                context.check(call, status);
            }
        };
        MemorySegment created = arena.allocate(ValueLayout.ADDRESS);
        context.driver.streamCreate.pi(context, created, NON_BLOCKING);
        this.handle = created.get(ValueLayout.ADDRESS, 0);
        for (int i = 0; i < MOST_PARAMETERS; i++) {
            pointers.setAtIndex(ValueLayout.ADDRESS, i, values.asSlice(8L * i, 8));
        }
    }

    MemorySegment handle() {
        return handle;
    }

    /** Copies to the device. What is copied must stay as it is until the stream has been synchronised. */
    public void upload(CudaMemory to, long offset, CudaMemory.Pinned from, long fromOffset, long bytes) {
        Objects.checkFromIndexSize(offset, bytes, to.bytes());
        MemorySegment source = from.segment().asSlice(fromOffset, bytes);
        busy = true;
        context.driver.memcpyToDevice.lplp(context, to.address() + offset, source, bytes, handle);
    }

    /** Copies from the device. */
    public void download(CudaMemory from, long offset, CudaMemory.Pinned to, long toOffset, long bytes) {
        Objects.checkFromIndexSize(offset, bytes, from.bytes());
        downloadFrom(from.address() + offset, to, toOffset, bytes);
    }

    void downloadFrom(long address, CudaMemory.Pinned to, long toOffset, long bytes) {
        MemorySegment target = to.segment().asSlice(toOffset, bytes);
        busy = true;
        context.driver.memcpyToHost.pllp(context, target, address, bytes, handle);
    }

    /** Copies on the device. */
    public void copy(CudaMemory from, CudaMemory to, long bytes) {
        Objects.checkFromIndexSize(0, bytes, Math.min(from.bytes(), to.bytes()));
        busy = true;
        context.driver.memcpyOnDevice.lllp(context, to.address(), from.address(), bytes, handle);
    }

    /**
     * Starts a kernel.
     *
     * @param items pieces of work, each a block's; there are no more blocks than the device runs at a time
     * @param parameters addresses on the device and numbers, all 64 bits wide
     * @throws IllegalArgumentException if the kernel takes another number of them
     */
    public void launch(CudaModule.Kernel kernel, long items, long... parameters) {
        if (parameters.length != kernel.parameters()) {
            throw new IllegalArgumentException(kernel.name() + " takes " + kernel.parameters() + " parameters, not " + parameters.length);
        }
        MemorySegment.copy(parameters, 0, values, ValueLayout.JAVA_LONG, 0, parameters.length);
        busy = true;
        context.driver.launchKernel.launch((call, status) -> context.check(call + " of " + kernel.name(), status), kernel.handle(),
                Math.clamp(items, 1, kernel.blocks()), kernel.threads(), handle, pointers);
    }

    /**
     * Waits until everything is done; others have the processor meanwhile.
     *
     * @throws CudaException if something of it failed
     */
    public void synchronize() {
        context.driver.streamSynchronize.p(context, handle);
        busy = false;
    }

    /**
     * The same for what is done soon: asks for it at first. To be woken takes longer. Not for many threads at a time, as each asking keeps the driver from the others.
     *
     * @throws CudaException if something of it failed
     */
    public void synchronizeSoon() {
        long start = System.nanoTime();
        while (!isReady()) {
            if (System.nanoTime() - start > NANOS_ASKING) {
                synchronize();
                return;
            }
            Thread.onSpinWait();
        }
        busy = false;
    }

    /** Whether everything is done, by now; throws if something of it failed. */
    private boolean isReady() {
        context.driver.streamQuery.p(ask, handle);
        return ready;
    }

    /** Whether there may be work left: something was started and not waited for. */
    public boolean isBusy() {
        return busy;
    }

    /** Ends it. After a failure there may be work left, which must not find its memory freed: it is waited for. */
    @Override
    public void close() {
        try {
            if (busy) {
                context.giveBack(this::synchronize);
            }
        } finally {
            context.giveBack(() -> context.driver.streamDestroy.p(context, handle));
        }
    }
}
