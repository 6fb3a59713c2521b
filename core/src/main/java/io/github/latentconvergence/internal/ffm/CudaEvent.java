package io.github.latentconvergence.internal.ffm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A mark in a stream, to wait for and to tell the time by. Made, used and closed by one thread, from inside its context. */
public final class CudaEvent implements AutoCloseable {
    private final CudaContext context;
    private final MemorySegment handle;

    /** Creates one. */
    public CudaEvent(CudaContext context) {
        this.context = context;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment created = arena.allocate(ValueLayout.ADDRESS);
            context.driver.eventCreate.pi(context, created, 0);
            this.handle = created.get(ValueLayout.ADDRESS, 0);
        }
    }

    /** Marks the end of what has been queued so far. */
    public void record(CudaStream stream) {
        context.driver.eventRecord.pp(context, handle, stream.handle());
    }

    /** Waits until the stream has come to the mark; not at all if none was set. */
    public void synchronize() {
        context.driver.eventSynchronize.p(context, handle);
    }

    /** Seconds from an earlier mark to this one; both have been waited for. */
    public double secondsSince(CudaEvent start) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment milliseconds = arena.allocate(ValueLayout.JAVA_FLOAT);
            context.driver.eventElapsedTime.ppp(context, milliseconds, start.handle, handle);
            return milliseconds.get(ValueLayout.JAVA_FLOAT, 0) / 1e3;
        }
    }

    @Override
    public void close() {
        context.giveBack(() -> context.driver.eventDestroy.p(context, handle));
    }
}
