package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.internal.ffm.CudaContext;
import io.github.latentconvergence.internal.ffm.CudaMemory;
import io.github.latentconvergence.internal.ffm.CudaStream;
import io.github.latentconvergence.tensor.StateTensor;

/** The way of states to the device: packed into pinned memory, from which the device fetches them by itself. */
final class CudaStaging implements AutoCloseable {
    private final CudaResources resources = new CudaResources();
    private final CudaMemory.Pinned host;
    private final CudaMemory device;
    private long used;

    CudaStaging(CudaContext context, long bytes) {
        try {
            host = resources.add(new CudaMemory.Pinned(context, Math.max(1, bytes)), CudaMemory.Pinned::close);
            device = resources.add(new CudaMemory(context, Math.max(1, bytes)), CudaMemory::close);
        } catch (RuntimeException | Error failure) {
            throw resources.closedAfter(failure);
        }
    }

    /** Makes room for other states: those before are on the device no more. */
    void clear() {
        used = 0;
    }

    /** Queues a copy; what was copied may change afterwards. */
    CudaBlock put(CudaStream stream, StateTensor states) {
        long at = used;
        long bytes = CudaBlock.bytes(states);
        CudaBlock.pack(states, host.segment(), at);
        stream.upload(device, at, host, at, bytes);
        used = at + bytes;
        return CudaBlock.in(device, at, states);
    }

    @Override
    public void close() {
        resources.close();
    }
}
