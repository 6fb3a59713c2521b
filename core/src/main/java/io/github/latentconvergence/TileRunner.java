package io.github.latentconvergence;

import io.github.latentconvergence.internal.kernel.Kernels;
import io.github.latentconvergence.internal.kernel.Plan;
import io.github.latentconvergence.internal.kernel.Source;
import io.github.latentconvergence.internal.kernel.Sums;
import io.github.latentconvergence.internal.kernel.Tile;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs tiles on some threads, the calling one among them; all have ended when it returns or throws. Tiles are handed out one by one, so that a thread that is
 * slowed down by other work does less.
 */
final class TileRunner {
    private static final long NANOS_BETWEEN_REPORTS = 100_000_000;

    private final Supplier<Job> jobs;
    private final List<StateTensor> read;
    private final List<Tile> tiles;
    private final Consumer<Tile> whenDone;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** @param whenDone called after each tile, by the thread that did it */
    TileRunner(Kernels kernels, Plan plan, Sums sums, List<Tile> tiles, Consumer<Tile> whenDone) {
        this(() -> Job.of(kernels.worker(plan, most(tiles, Tile::tokens), most(tiles, Tile::iterations)), sums),
                Stream.concat(Stream.of(plan.states()), plan.sources().stream().map(Source::states)).toList(), tiles, whenDone);
    }

    /**
     * Any work that is cut into tiles.
     *
     * @param jobs makes each thread's own
     * @param read the tensors that are read
     */
    TileRunner(Supplier<Job> jobs, List<StateTensor> read, List<Tile> tiles, Consumer<Tile> whenDone) {
        this.jobs = jobs;
        this.read = read;
        this.tiles = tiles;
        this.whenDone = whenDone;
    }

    /** What one thread does with tiles. */
    interface Job extends AutoCloseable {
        void run(Tile tile);

        @Override
        void close();

        private static Job of(Kernels.Worker worker, Sums sums) {
            return new Job() {
                @Override
                public void run(Tile tile) {
                    worker.measure(tile, sums);
                }

                @Override
                public void close() {
                    worker.close();
                }
            };
        }
    }

    /** The largest size of any tile. */
    static int most(List<Tile> tiles, ToIntFunction<Tile> size) {
        return tiles.stream().mapToInt(size).max().orElse(0);
    }

    /**
     * Does all tiles.
     *
     * @throws CancellationException if the calling thread is interrupted; it stays so
     */
    void run(int threads, DoubleConsumer progress) {
        List<Thread> helpers = new ArrayList<>();
        try {
            for (int n = 1; n < Math.min(usableThreads(threads), tiles.size()); n++) {
                helpers.add(Thread.ofPlatform().daemon().name("latent-convergence-" + n).start(() -> work(false, tile -> {})));
            }
            Reporter reporter = new Reporter(progress);
            work(true, tile -> reporter.report());
        } catch (RuntimeException | Error thrown) {
            failure.compareAndSet(null, thrown);
        } finally {
            joinAll(helpers);
        }
        if (Thread.currentThread().isInterrupted()) {
            failure.compareAndSet(null, interrupted());
        }
        switch (failure.get()) {
            case null -> progress.accept(1);
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable impossible -> throw new AssertionError("a tile threw a checked exception", impossible);
        }
    }

    /** Memory of a confined arena may be touched by its own thread alone. */
    private int usableThreads(int wanted) {
        Thread other = Thread.ofPlatform().unstarted(() -> {});
        return read.stream().allMatch(tensor -> tensor.segment().isAccessibleBy(other)) ? wanted : 1;
    }

    private void work(boolean isCaller, Consumer<Tile> afterTile) {
        try (Job job = jobs.get()) {
            int index = next.getAndIncrement();
            while (index < tiles.size() && failure.get() == null) {
                if (isCaller && Thread.currentThread().isInterrupted()) {
                    throw interrupted();
                }
                Tile tile = tiles.get(index);
                job.run(tile);
                whenDone.accept(tile);
                done.incrementAndGet();
                afterTile.accept(tile);
                index = next.getAndIncrement();
            }
        } catch (RuntimeException | Error thrown) {
            failure.compareAndSet(null, thrown);
        }
    }

    private CancellationException interrupted() {
        return new CancellationException("measuring was interrupted after " + done.get() + " of " + tiles.size() + " tiles");
    }

    /** An interrupt meanwhile stops the helpers too, after the tiles under way: native code cannot be stopped. */
    private void joinAll(List<Thread> helpers) {
        boolean interrupted = false;
        for (Thread helper : helpers) {
            while (helper.isAlive()) {
                try {
                    helper.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    failure.compareAndSet(null, interrupted());
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
            if (now - last >= NANOS_BETWEEN_REPORTS && done.get() < tiles.size()) {
                last = now;
                progress.accept((double) done.get() / tiles.size());
            }
        }
    }

    /**
     * Cuts states into tiles of neighbouring tokens at all iterations. The more tokens, the longer the runs of memory that are read without a jump; no more than have
     * room for their references in the second-level cache, and about as many for each thread. Where iterations are many or tokens few, iterations are cut too. Masked
     * tokens are left out.
     *
     * @param referenceBytes of one token's widened references
     */
    static List<Tile> cut(StateTensor states, boolean[] masked, int threads, long referenceBytes) {
        int tokens = Math.toIntExact(states.tokens());
        int iterations = Math.toIntExact(states.iterations());
        long row = states.hidden() * states.dtype().bytes();
        int most = Math.clamp(REFERENCE_BYTES / Math.max(1, referenceBytes), 1, MOST_TOKENS);
        int fewest = (tokens + most - 1) / most;
        int even = (fewest + threads - 1) / threads * threads; // so that no thread has a tile more than the others
        int high = Math.clamp((tokens + even - 1) / even, 1, most);
        int wide = iterations;
        while (wide > LEAST_ITERATIONS && (high * row * wide > MOST_BYTES
                || (high * row * wide > LEAST_BYTES
                        && (long) ((tokens + high - 1) / high) * ((iterations + wide - 1) / wide) < 2L * threads))) {
            wide = (wide / 2 + 3) & ~3;
        }
        List<Tile> tiles = new ArrayList<>();
        for (int i = 0; i < tokens;) {
            int end = i;
            while (end < tokens && end < i + high && !masked[end]) {
                end++;
            }
            for (int t = 0; t < iterations && end > i; t += wide) {
                tiles.add(new Tile(i, end - i, t, Math.min(wide, iterations - t)));
            }
            i = Math.max(end, i + 1);
        }
        return tiles;
    }

    /** Half of a second-level cache of 1 MiB, and all of a small one. */
    private static final long REFERENCE_BYTES = 512 << 10;
    private static final int MOST_TOKENS = 64;
    private static final int LEAST_ITERATIONS = 16;
    private static final long LEAST_BYTES = 1 << 20;
    private static final long MOST_BYTES = 64L << 20;
}
