package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.internal.ffm.CudaContext;
import io.github.latentconvergence.internal.ffm.CudaContexts;
import io.github.latentconvergence.internal.ffm.CudaEvent;
import io.github.latentconvergence.internal.ffm.CudaMemory;
import io.github.latentconvergence.internal.ffm.CudaStream;
import io.github.latentconvergence.internal.ffm.NativeLibrary;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** States that were copied to a device and stay there. The context stays with them. */
public final class CudaResident implements AutoCloseable {
    /** A piece on its way, of which there are two: one is packed while the other is fetched. */
    private static final long PIECE_BYTES = 4L << 20;

    private final CudaContext context;
    private final CudaMemory memory;
    private final CudaBlock block;

    private CudaResident(CudaContext context, StateTensor states) {
        this.context = context;
        try (CudaContext.Inside _ = context.enter()) {
            CudaScratch.freeIdle(context);
            this.memory = new CudaMemory(context, CudaBlock.bytes(states));
            this.block = CudaBlock.in(memory, 0, states);
            try {
                upload(states);
            } catch (RuntimeException | Error failure) {
                closeAfter(failure);
                throw failure;
            }
        }
    }

    private void closeAfter(Throwable failure) {
        try {
            memory.close();
        } catch (RuntimeException another) {
            failure.addSuppressed(another);
        }
    }

    /**
     * Copies.
     *
     * @throws NativeLibrary.UnavailableException if there is no such device
     * @throws CancellationException if the calling thread is interrupted
     */
    public static CudaResident of(StateTensor states, int device) throws NativeLibrary.UnavailableException {
        CudaContext context = CudaContexts.acquire(device);
        try {
            return new CudaResident(context, states);
        } catch (RuntimeException | Error failure) {
            CudaContexts.release(context);
            throw failure;
        }
    }

    private void upload(StateTensor states) {
        List<StateTensor> pieces = cut(states);
        long most = pieces.stream().mapToLong(CudaBlock::bytes).max().orElseThrow();
        CudaResources resources = new CudaResources();
        try {
            List<CudaMemory.Pinned> hosts = new ArrayList<>();
            List<CudaEvent> fetched = new ArrayList<>();
            for (int n = 0; n < Math.min(2, pieces.size()); n++) {
                hosts.add(resources.add(new CudaMemory.Pinned(context, most), CudaMemory.Pinned::close));
                fetched.add(resources.add(new CudaEvent(context), CudaEvent::close));
            }
            CudaStream stream = resources.add(new CudaStream(context), CudaStream::close); // closed first: it may still be fetching
            for (int n = 0; n < pieces.size(); n++) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException(
                            "copying to the device was interrupted after " + n + " of " + pieces.size() + " pieces");
                }
                CudaMemory.Pinned host = hosts.get(n % hosts.size());
                fetched.get(n % hosts.size()).synchronize();
                CudaBlock.pack(pieces.get(n), host.segment(), 0);
                stream.upload(memory, block.find(pieces.get(n)).orElseThrow(), host, 0, CudaBlock.bytes(pieces.get(n)));
                fetched.get(n % hosts.size()).record(stream);
            }
            stream.synchronize();
        } catch (RuntimeException | Error failure) {
            throw resources.closedAfter(failure);
        }
        resources.close();
    }

    /** Some iterations, or some tokens of one: what lies together in the copy. */
    private static List<StateTensor> cut(StateTensor states) {
        long iteration = states.tokens() * CudaBlock.pitch(states);
        long high = Math.clamp(PIECE_BYTES / iteration, 1, states.iterations());
        long wide = iteration <= PIECE_BYTES ? states.tokens() : Math.max(1, PIECE_BYTES / CudaBlock.pitch(states));
        List<StateTensor> pieces = new ArrayList<>();
        for (long t = 0; t < states.iterations(); t += high) {
            StateTensor some = states.iterations(t, Math.min(t + high, states.iterations()));
            for (long i = 0; i < states.tokens(); i += wide) {
                pieces.add(some.tokens(i, Math.min(i + wide, states.tokens())));
            }
        }
        return pieces;
    }

    CudaContext context() {
        return context;
    }

    CudaBlock block() {
        return block;
    }

    /** The index of the device. */
    public int device() {
        return context.device().index();
    }

    /** Bytes of device memory that the copy takes. */
    public long bytes() {
        return memory.bytes();
    }

    @Override
    public void close() {
        try {
            context.closeInside(memory::close);
        } finally {
            CudaContexts.release(context);
        }
    }
}
