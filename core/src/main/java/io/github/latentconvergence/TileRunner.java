package io.github.latentconvergence;

import io.github.latentconvergence.internal.kernel.CudaKernels;
import io.github.latentconvergence.internal.kernel.CudaRoom;
import io.github.latentconvergence.internal.kernel.Kernels;
import io.github.latentconvergence.internal.kernel.Plan;
import io.github.latentconvergence.internal.kernel.Sums;
import io.github.latentconvergence.internal.kernel.Tile;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/** Runs the tiles of a plan on some threads. */
final class TileRunner {
    private final Kernels kernels;
    private final Plan plan;
    private final Sums sums;
    private final List<Tile> tiles;
    private final Consumer<Tile> whenDone;

    /** @param whenDone called after each tile, by the thread that did it */
    TileRunner(Kernels kernels, Plan plan, Sums sums, List<Tile> tiles, Consumer<Tile> whenDone) {
        this.kernels = kernels;
        this.plan = plan;
        this.sums = sums;
        this.tiles = tiles;
        this.whenDone = whenDone;
    }

    /**
     * Does all tiles.
     *
     * @throws CancellationException if the calling thread is interrupted; it stays so
     */
    void run(int threads, DoubleConsumer progress) {
        new Parallel("tiles", tiles.size(), this::worker).run(workers(kernels, plan, tiles, threads), progress);
    }

    /** How many threads do tiles at a time, where so many may be used. */
    static int workers(Kernels kernels, Plan plan, List<Tile> tiles, int threads) {
        boolean shared = isShared(plan.states()) && plan.sources().stream().allMatch(s -> isShared(s.states()));
        return Math.min(tiles.size(), shared ? workers(kernels, plan, threads) : 1);
    }

    /** On a device one tile is computed while others are copied. */
    private static int workers(Kernels kernels, Plan plan, int threads) {
        return kernels instanceof CudaKernels cuda ? cuda.workers(plan, threads) : threads;
    }

    /** Memory of a confined arena may be touched by its own thread alone. */
    static boolean isShared(StateTensor states) {
        return states.segment().isAccessibleBy(Thread.ofPlatform().unstarted(() -> {}));
    }

    private Parallel.Worker worker() {
        int mostTokens = tiles.stream().mapToInt(Tile::tokens).max().orElse(0);
        int mostIterations = tiles.stream().mapToInt(Tile::iterations).max().orElse(0);
        Kernels.Worker worker = kernels.worker(plan, mostTokens, mostIterations);
        return new Parallel.Worker() {
            @Override
            public void run(int piece) {
                worker.measure(tiles.get(piece), sums);
                whenDone.accept(tiles.get(piece));
            }

            @Override
            public void close() {
                worker.close();
            }
        };
    }

    /**
     * Cuts states into tiles of neighbouring tokens at all iterations. The more tokens, the longer the runs of memory that are read without a jump; no more than have
     * room for their references in the caches, and about as many for each thread. Where iterations are many or tokens few, iterations are cut too. Masked
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
        return cut(masked, high, iterations, wide);
    }

    /** Cuts what a plan is for, as suits the kernels. */
    static List<Tile> cut(Kernels kernels, Plan plan, boolean[] masked, int threads) {
        if (kernels instanceof CudaKernels cuda) {
            CudaRoom room = cuda.room(plan, workers(kernels, plan, threads));
            return cut(masked, room.tokens(), Math.toIntExact(plan.states().iterations()), room.iterations());
        }
        return cut(plan.states(), masked, threads, plan.referenceBytesPerToken());
    }

    private static List<Tile> cut(boolean[] masked, int high, int iterations, int wide) {
        int tokens = masked.length;
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

    /** More than a second-level cache: that rows are read in long runs was measured to be worth more than that references are near. */
    private static final long REFERENCE_BYTES = 1 << 20;
    private static final int MOST_TOKENS = 64;
    private static final int LEAST_ITERATIONS = 16;
    private static final long LEAST_BYTES = 1 << 20;
    private static final long MOST_BYTES = 64L << 20;
}
