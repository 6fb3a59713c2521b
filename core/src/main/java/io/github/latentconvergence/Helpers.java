package io.github.latentconvergence;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

    /** Work for another thread. */
    static final class Task {
        private final AtomicBoolean isTaken = new AtomicBoolean();
        private final FutureTask<Object> task;

        private Task(Runnable work) {
            task = new FutureTask<>(Executors.callable(() -> {
                if (isTaken.compareAndSet(false, true)) {
                    work.run();
                }
            }));
        }

        /** Waits until it has ended. If it has not begun it never will: nobody waits for a thread that wakes up late. */
        void join() throws InterruptedException, ExecutionException {
            if (!isTaken.compareAndSet(false, true)) {
                task.get();
            }
        }
    }

    /** Has another thread begin something; whoever asks for that must {@linkplain Task#join join}. */
    static Task start(Runnable work) {
        Task task = new Task(work);
        THREADS.execute(task.task);
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
