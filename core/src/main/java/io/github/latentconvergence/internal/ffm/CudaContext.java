package io.github.latentconvergence.internal.ffm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * This library's own context on a device, with its kernels loaded. It is not the device's primary context, which PyTorch and others share: that one is never touched, and an error
 * here does not end theirs. A thread has it current only {@linkplain #enter while it is inside}; what was current before is so again afterwards. May be used from any thread.
 */
public final class CudaContext implements CudaFunction.Caller {
    /** {@code CU_CTX_SCHED_BLOCKING_SYNC}: a thread that waits for the device leaves its processor to others. */
    private static final int BLOCKING_SYNC = 4;

    final CudaDriver driver;
    private final CudaDeviceFacts device;
    private final MemorySegment handle;
    private final CudaModule module;
    private volatile @Nullable CudaException death;
    private volatile boolean retired;
    private final Queue<Object> idle = new ConcurrentLinkedQueue<>();

    private CudaContext(CudaDriver driver, CudaDeviceFacts device) {
        this.driver = driver;
        this.device = device;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment created = arena.allocate(ValueLayout.ADDRESS);
            driver.ctxCreate.pii(this, created, BLOCKING_SYNC, CudaDeviceFacts.device(driver, arena, device.index()));
            this.handle = created.get(ValueLayout.ADDRESS, 0);
        }
        try (Inside _ = new Inside()) { // creating made it current
            this.module = CudaModule.load(this);
        } catch (RuntimeException | Error failure) {
            destroyAfter(failure);
            throw failure;
        }
    }

    /** A new one. */
    static CudaContext create(CudaDriver driver, CudaDeviceFacts device) {
        return new CudaContext(driver, device);
    }

    private void destroyAfter(Throwable failure) {
        try {
            destroy();
        } catch (CudaException another) {
            failure.addSuppressed(another);
        }
    }

    /** The device it is on. */
    public CudaDeviceFacts device() {
        return device;
    }

    /** The kernels. */
    public CudaModule module() {
        return module;
    }

    /** What was made in it and is kept for whoever needs such a thing next; with the context, it is lost. */
    public Queue<Object> idle() {
        return idle;
    }

    /** Makes it the calling thread's until the result is closed, by the same thread. */
    public Inside enter() {
        requireAlive();
        driver.ctxPushCurrent.p(this, handle);
        return new Inside();
    }

    /** Closes from inside what was made there, which must not stay because of one failure; of a dead context, as far as Java is concerned. */
    public void closeInside(Runnable made) {
        if (death != null) {
            made.run();
            return;
        }
        CudaException failure = null;
        Inside inside = null;
        try {
            inside = enter();
        } catch (CudaException first) {
            failure = first;
            inside = enterAfter(first);
        }
        try (Inside _ = inside) {
            made.run();
        } catch (CudaException another) {
            if (failure != null) {
                another.addSuppressed(failure);
            }
            failure = another;
        }
        if (failure != null) {
            throw failure;
        }
    }

    private @Nullable Inside enterAfter(CudaException first) {
        try {
            return enter();
        } catch (CudaException again) {
            retired = true;
            first.addSuppressed(again);
            return null;
        }
    }

    /** A thread's stay in the context. */
    public final class Inside implements AutoCloseable {
        private Inside() {}

        @Override
        public void close() {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment popped = arena.allocate(ValueLayout.ADDRESS);
                twice(() -> driver.ctxPopCurrent.p(CudaContext.this, popped));
            }
        }
    }

    /**
     * Bytes of device memory that are free, by the driver's account; from inside.
     *
     * @throws CudaException if the driver does not tell
     */
    public long freeBytes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment free = arena.allocate(ValueLayout.JAVA_LONG);
            MemorySegment total = arena.allocate(ValueLayout.JAVA_LONG);
            driver.memGetInfo.pp(this, free, total);
            return free.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    /** A message for each failed call; from a sticky one on, the context is dead. */
    @Override
    public void check(String call, int status) {
        if (status == CudaException.SUCCESS) {
            return;
        }
        String message = call + " failed on " + device.label() + ": " + driver.explain(status);
        if (CudaException.isSticky(status)) {
            message += "; what this library had on that device is lost with its context, and the next use makes a new one";
        }
        CudaException failure = new CudaException(status, message);
        if (failure.isSticky() && death == null) {
            death = failure;
        }
        throw failure;
    }

    /**
     * Throws if an earlier failure ended it.
     *
     * @throws CudaException that names the failure
     */
    public void requireAlive() {
        CudaException cause = death;
        if (cause != null) {
            CudaException dead = new CudaException(cause.status(),
                    "this library's context on " + device.label() + " is dead since an earlier failure: " + cause.getMessage());
            dead.initCause(cause);
            throw dead;
        }
    }

    /** Whether it can be used no more, or something could not be given back in it: it is destroyed as soon as nobody uses it, and what is left in it with it. */
    boolean isSpent() {
        return death != null || retired;
    }

    /** Gives something back. In a dead context nothing is: everything goes with it. */
    void giveBack(Runnable call) {
        if (death == null) {
            twice(call);
        }
    }

    /** What is given back must not stay because of one failure. The failure is thrown all the same; one that repeats is the context's end. */
    private void twice(Runnable call) {
        try {
            call.run();
        } catch (CudaException failure) {
            if (death == null) {
                try {
                    call.run();
                } catch (CudaException again) {
                    retired = true;
                    failure.addSuppressed(again);
                }
            }
            throw failure;
        }
    }

    /** Frees everything in it; from outside. */
    void destroy() {
        boolean wasDead = death != null;
        try {
            twice(() -> driver.ctxDestroy.p(this, handle));
        } catch (CudaException failure) {
            if (!wasDead) { // else it has been told already
                throw failure;
            }
        }
    }

    @Override
    public String toString() {
        return "context on " + device.label();
    }
}
