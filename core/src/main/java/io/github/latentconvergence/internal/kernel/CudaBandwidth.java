package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.internal.ffm.CudaContext;
import io.github.latentconvergence.internal.ffm.CudaContexts;
import io.github.latentconvergence.internal.ffm.CudaEvent;
import io.github.latentconvergence.internal.ffm.CudaMemory;
import io.github.latentconvergence.internal.ffm.CudaStream;
import io.github.latentconvergence.internal.ffm.NativeLibrary;

/** The yardsticks of a device, by its own clock: how fast plain copies are, the best of several. */
public final class CudaBandwidth {
    private static final int ROUNDS = 7;
    private static final long LINK_BYTES = 64L << 20;
    private static final long MEMORY_BYTES = 1L << 30;

    private CudaBandwidth() {}

    /** Copies once more. */
    @FunctionalInterface
    private interface Copy {
        void queue(CudaStream stream);
    }

    /** Bytes per second from pinned memory of the host to the device. */
    public static double link(int device) throws NativeLibrary.UnavailableException {
        return in(device, (context, resources) -> {
            long bytes = Math.min(LINK_BYTES, context.freeBytes() / 4);
            CudaMemory.Pinned from = resources.add(new CudaMemory.Pinned(context, bytes), CudaMemory.Pinned::close);
            CudaMemory to = resources.add(new CudaMemory(context, bytes), CudaMemory::close);
            return bytes / best(context, resources, stream -> stream.upload(to, 0, from, 0, bytes));
        });
    }

    /** Bytes per second of the device's own memory: a copy reads and writes each byte. */
    public static double memory(int device) throws NativeLibrary.UnavailableException {
        return in(device, (context, resources) -> {
            long bytes = Math.min(MEMORY_BYTES, context.freeBytes() / 4);
            CudaMemory from = resources.add(new CudaMemory(context, bytes), CudaMemory::close);
            CudaMemory to = resources.add(new CudaMemory(context, bytes), CudaMemory::close);
            return 2 * bytes / best(context, resources, stream -> stream.copy(from, to, bytes));
        });
    }

    private static double best(CudaContext context, CudaResources resources, Copy copy) {
        CudaEvent start = resources.add(new CudaEvent(context), CudaEvent::close);
        CudaEvent end = resources.add(new CudaEvent(context), CudaEvent::close);
        CudaStream stream = resources.add(new CudaStream(context), CudaStream::close);
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            start.record(stream);
            copy.queue(stream);
            end.record(stream);
            end.synchronize();
            best = Math.min(best, end.secondsSince(start));
        }
        stream.synchronize();
        return best;
    }

    /** Measures something with things that are closed afterwards. */
    @FunctionalInterface
    private interface Work {
        double in(CudaContext context, CudaResources resources);
    }

    private static double in(int device, Work work) throws NativeLibrary.UnavailableException {
        CudaContext context = CudaContexts.acquire(device);
        try {
            CudaResources resources = new CudaResources();
            double result;
            try (CudaContext.Inside _ = context.enter()) {
                result = work.in(context, resources);
            } catch (RuntimeException | Error failure) {
                throw CudaResources.closedAfter(() -> context.closeInside(resources::close), failure);
            }
            context.closeInside(resources::close);
            return result;
        } finally {
            CudaContexts.release(context);
        }
    }
}
