package io.github.latentconvergence.bench;

import io.github.latentconvergence.HotPath;
import io.github.latentconvergence.internal.kernel.Kernels;
import io.github.latentconvergence.internal.kernel.Sums;
import io.github.latentconvergence.internal.kernel.Tile;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The kernels alone, again and again over the same states: tiles as the library cuts them, without planning, logarithms and a result. Workers and threads are made once, so
 * that a pass by one thread allocates nothing; helpers sleep between passes.
 */
public final class TileLoop {
    private final Kernels kernels;
    private final HotPath path;
    private final List<Tile> tiles;
    private final Sums sums;
    private final Kernels.Worker own;
    private final List<Thread> helpers = new ArrayList<>();
    private final Semaphore start = new Semaphore(0);
    private final Semaphore end = new Semaphore(0);
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean closed;

    /**
     * Makes one pass, and checks what comes out.
     *
     * @param metric one of {@link Jobs#METRICS}
     */
    public TileLoop(StateTensor states, String metric, Kernels kernels, int threads) {
        this.kernels = kernels;
        path = new HotPath(states, Jobs.options(metric, threads));
        tiles = path.tiles(threads);
        sums = Sums.of(path.plan(), Math.toIntExact(states.tokens()), Math.toIntExact(states.iterations()));
        own = worker();
        for (int n = 1; n < threads; n++) {
            helpers.add(Thread.ofPlatform().daemon().name("tile-loop-" + n).unstarted(this::help));
        }
        helpers.forEach(Thread::start);
        Jobs.check(states, path.finish(run()), metric);
    }

    private Kernels.Worker worker() {
        int mostTokens = tiles.stream().mapToInt(Tile::tokens).max().orElse(0);
        int mostIterations = tiles.stream().mapToInt(Tile::iterations).max().orElse(0);
        return kernels.worker(path.plan(), mostTokens, mostIterations);
    }

    /** One pass over all tiles. */
    public Sums run() {
        next.set(0);
        start.release(helpers.size());
        measure(own);
        end.acquireUninterruptibly(helpers.size());
        if (failure.get() != null) {
            throw new IllegalStateException("a helper thread failed", failure.get());
        }
        return sums;
    }

    private void help() {
        try (Kernels.Worker worker = worker()) {
            start.acquireUninterruptibly();
            while (!closed) {
                measure(worker);
                end.release();
                start.acquireUninterruptibly();
            }
        } catch (RuntimeException | Error thrown) {
            failure.set(thrown);
            end.release();
        }
    }

    private void measure(Kernels.Worker worker) {
        for (int index = next.getAndIncrement(); index < tiles.size(); index = next.getAndIncrement()) {
            worker.measure(tiles.get(index), sums);
        }
    }

    /** Ends the threads and frees their memory; the states are the caller's. */
    public void close() throws InterruptedException {
        closed = true;
        start.release(helpers.size());
        own.close();
        for (Thread helper : helpers) {
            helper.join();
        }
    }
}
