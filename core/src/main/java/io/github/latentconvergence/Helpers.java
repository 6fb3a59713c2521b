package io.github.latentconvergence;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that help a call. Starting one costs the caller some 60 microseconds, waking one three; so that they stay for some seconds for the next call. They are daemons, which keep no program
 * alive, and take nothing over from the thread that happens to start them: no thread-local values, no class loader and no thread group.
 */
final class Helpers {
    /** Longer than between two calls of a loop, shorter than anybody looks at a program that has ended its measurements. */
    static final int SECONDS_KEPT = 3;

    private static final AtomicInteger NAMES = new AtomicInteger();
    /** As many as are asked for: who waits for a helper must not wait for one that waits for a helper itself. */
    private static final ThreadPoolExecutor THREADS = new ThreadPoolExecutor(0, Integer.MAX_VALUE, SECONDS_KEPT, TimeUnit.SECONDS,
            new SynchronousQueue<>(), Helpers::thread);

    private Helpers() {}

    /** Begins something on another thread; the result tells when it has ended. */
    static Future<?> start(Runnable work) {
        FutureTask<Object> task = new FutureTask<>(Executors.callable(work));
        THREADS.execute(task);
        return task;
    }

    private static Thread thread(Runnable work) {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        Thread thread = Thread.ofPlatform().group(group).daemon().inheritInheritableThreadLocals(false)
                .name("latent-convergence-" + NAMES.incrementAndGet()).unstarted(work);
        thread.setContextClassLoader(null);
        return thread;
    }
}
