package io.github.latentconvergence.internal.ffm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Memory on the device. Made, used and closed from inside its context. */
public final class CudaMemory implements AutoCloseable {
    private final CudaContext context;
    private final long address;
    private final long bytes;
    private boolean open = true;

    /**
     * Allocates.
     *
     * @throws CudaException if the device has no room; the message says how much was wanted and how much is free
     */
    public CudaMemory(CudaContext context, long bytes) {
        this.context = context;
        this.bytes = bytes;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment allocated = arena.allocate(ValueLayout.JAVA_LONG);
            context.driver.memAlloc.pl((call, status) -> context.check(named(context, call, status, bytes), status), allocated, bytes);
            this.address = allocated.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    /** How much was wanted of how much is what a user must know where memory is short. */
    private static String named(CudaContext context, String call, int status, long bytes) {
        if (status == CudaException.SUCCESS || CudaException.isSticky(status)) {
            return call;
        }
        String free;
        try {
            free = context.freeBytes() + " are free";
        } catch (CudaException untold) {
            free = "how many are free the driver does not tell";
        }
        return call + " of " + bytes + " bytes (" + free + ")";
    }

    /** The address on the device. */
    public long address() {
        return address;
    }

    /** How much it is. */
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            context.giveBack(() -> context.driver.memFree.l(context, address));
        }
    }

    /** Memory of the host that the device reads and writes by itself, while the processor does something else. Used by one thread at a time. */
    public static final class Pinned implements AutoCloseable {
        private final CudaContext context;
        private final Arena arena = Arena.ofShared();
        private final MemorySegment segment;

        /**
         * Allocates; nothing is cleared.
         *
         * @throws CudaException if there is no room
         */
        public Pinned(CudaContext context, long bytes) {
            this.context = context;
            try (Arena result = Arena.ofConfined()) {
                MemorySegment allocated = result.allocate(ValueLayout.ADDRESS);
                context.driver.memHostAlloc.pli((call, status) -> context.check(call + " of " + bytes + " bytes", status), allocated, bytes,
                        0);
                this.segment = sized(allocated.get(ValueLayout.ADDRESS, 0), bytes, arena);
            } catch (RuntimeException | Error failure) {
                arena.close();
                throw failure;
            }
        }

        @SuppressWarnings("restricted") // the one purpose of this package
        private static MemorySegment sized(MemorySegment address, long bytes, Arena arena) {
            return address.reinterpret(bytes, arena, null);
        }

        /** To read and fill. */
        public MemorySegment segment() {
            return segment;
        }

        @Override
        public void close() {
            if (arena.scope().isAlive()) {
                MemorySegment address = MemorySegment.ofAddress(segment.address());
                arena.close();
                context.giveBack(() -> context.driver.memFreeHost.p(context, address));
            }
        }
    }
}
