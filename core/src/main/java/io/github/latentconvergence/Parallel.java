package io.github.latentconvergence;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does numbered pieces of work on some threads, the calling one among them; all have ended when it returns or throws. Pieces are handed out one by one, so that a thread that
 * is slowed down by other work does less.
 */
final class Parallel {
    private static final long NANOS_BETWEEN_REPORTS = 100_000_000;
    private static final int BRANCHES = 3;

    /** What one thread works with; made, used and closed by that thread. */
    interface Worker extends AutoCloseable {
        /** Does one piece. */
        void run(int piece);

        @Override
        void close();
    }

    private final String pieces;
    private final int count;
    private final Supplier<Worker> workers;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** @param pieces what they are called, for messages */
    Parallel(String pieces, int count, Supplier<Worker> workers) {
        this.pieces = pieces;
        this.count = count;
        this.workers = workers;
    }

    /**
     * Does all pieces.
     *
     * @throws CancellationException if the calling thread is interrupted; it stays so. If it was before, no piece has been begun
     */
    void run(int threads, DoubleConsumer progress) {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted();
        }
        Reporter reporter = new Reporter(progress);
        workWith(Math.min(threads, count) - 1, true, reporter::report);
        if (Thread.currentThread().isInterrupted()) {
            failure.compareAndSet(null, interrupted());
        }
        switch (failure.get()) {
            case null -> progress.accept(1);
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable impossible -> throw new AssertionError("a piece threw a checked exception", impossible);
        }
    }

    /** Works, with so many helpers, who begin and end meanwhile. Each begins some of the others: to wake them one by one would keep the caller from its own work. */
    private void workWith(int helpers, boolean isCaller, Runnable afterPiece) {
        List<Helpers.Task> begun = new ArrayList<>();
        try {
            int left = helpers;
            for (int n = BRANCHES; n > 0 && left > 0 && next.get() < count; n--) {
                int share = Math.ceilDiv(left, n);
                begun.add(Helpers.start(() -> workWith(share - 1, false, () -> {})));
                left -= share;
            }
            work(isCaller, afterPiece);
        } catch (RuntimeException | Error thrown) {
            failure.compareAndSet(null, thrown);
        } finally {
            joinAll(begun, isCaller);
        }
    }

    private void work(boolean isCaller, Runnable afterPiece) {
        if (!isCaller && next.get() >= count) {
            return; // too late to be of help
        }
        try (Worker worker = workers.get()) {
            int piece = next.getAndIncrement();
            while (piece < count && failure.get() == null) {
                if (isCaller && Thread.currentThread().isInterrupted()) {
                    throw interrupted();
                }
                worker.run(piece);
                done.incrementAndGet();
                afterPiece.run();
                piece = next.getAndIncrement();
            }
        } catch (RuntimeException | Error thrown) {
            failure.compareAndSet(null, thrown);
        }
    }

    private CancellationException interrupted() {
        return new CancellationException("measuring was interrupted after " + done.get() + " of " + count + " " + pieces);
    }

    /** An interrupt meanwhile stops the helpers too, after the pieces under way: native code cannot be stopped. */
    private void joinAll(List<Helpers.Task> helpers, boolean isCaller) {
        boolean interrupted = false;
        for (Helpers.Task helper : helpers) {
            boolean ended = false;
            while (!ended) {
                try {
                    helper.join();
                    ended = true;
                } catch (InterruptedException e) {
                    interrupted = true;
                    if (isCaller) {
                        failure.compareAndSet(null, interrupted());
                    }
                } catch (ExecutionException thrown) {
                    ended = true;
                    failure.compareAndSet(null, thrown.getCause());
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Reporter {
        private final DoubleConsumer progress;
        private long last = System.nanoTime();

        Reporter(DoubleConsumer progress) {
            this.progress = progress;
        }

        void report() {
            long now = System.nanoTime();
            if (now - last >= NANOS_BETWEEN_REPORTS && done.get() < count) {
                last = now;
                progress.accept((double) done.get() / count);
            }
        }
    }
}
