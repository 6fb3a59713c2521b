package io.github.latentconvergence.tensor;

import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Whether a tensor's memory may still be used, shared by all its views. Computations hold it while they run, so that memory is never taken
 * away under native code; closing while it is held is refused.
 */
final class Lifetime {
    private static final long CLOSED = -1;

    private final @Nullable Arena arena;
    private final AtomicLong holders = new AtomicLong();

    /** @param arena closed with this lifetime; null where the caller owns the memory */
    Lifetime(@Nullable Arena arena) {
        this.arena = arena;
    }

    void hold() {
        if (holders.getAndUpdate(n -> n == CLOSED ? CLOSED : n + 1) == CLOSED) {
            throw closedException();
        }
    }

    void release() {
        holders.decrementAndGet();
    }

    void requireOpen() {
        if (holders.get() == CLOSED) {
            throw closedException();
        }
    }

    boolean isOpen() {
        return holders.get() != CLOSED;
    }

    void close() {
        long before = holders.getAndUpdate(n -> n == 0 ? CLOSED : n);
        if (before > 0) {
            throw new IllegalStateException("the tensor is in use by " + before + " running computation(s) and stays open");
        }
        if (before == 0 && arena != null) {
            try {
                arena.close();
            } catch (RuntimeException inUse) {
                holders.set(0);
                throw inUse;
            }
        }
    }

    private static IllegalStateException closedException() {
        return new IllegalStateException("the tensor has been closed");
    }
}
