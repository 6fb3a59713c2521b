package io.github.latentconvergence.bench.peers;

import io.github.latentconvergence.tensor.StateTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * How a function of two rows is put to use: each thread takes a run of tokens, and of each token all iterations in turn, so that its reference stays in cache. The threads
 * are started once and kept.
 */
final class RowByRow implements Peer {
    /** Distances of rows, used by one thread. */
    interface Kernel {
        /** Turns to another token. */
        void token(int token);

        /** Square of the distance of the token's state at an iteration from its last one. */
        double squared(int iteration);
    }

    private final int iterations;
    private final int tokens;
    private final List<Kernel> kernels = new ArrayList<>();
    private final ExecutorService helpers;

    /** @param kernel makes one for each thread */
    RowByRow(StateTensor states, int threads, Supplier<Kernel> kernel) {
        iterations = Math.toIntExact(states.iterations());
        tokens = Math.toIntExact(states.tokens());
        for (int n = 0; n < threads; n++) {
            kernels.add(kernel.get());
        }
        helpers = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().name("peer-", 0).factory());
    }

    @Override
    public Answer measure() {
        double[] distances = new double[tokens * iterations];
        double[] logs = new double[tokens * iterations];
        int threads = kernels.size();
        List<Future<?>> others = new ArrayList<>();
        for (int n = 1; n < threads; n++) {
            int thread = n;
            others.add(helpers.submit(() -> part(thread, distances, logs)));
        }
        part(0, distances, logs);
        for (Future<?> other : others) {
            await(other);
        }
        return Answer.of(iterations, distances, logs);
    }

    private void part(int thread, double[] distances, double[] logs) {
        Kernel kernel = kernels.get(thread);
        int threads = kernels.size();
        for (int token = tokens * thread / threads; token < tokens * (thread + 1) / threads; token++) {
            kernel.token(token);
            for (int iteration = 0; iteration < iterations; iteration++) {
                double distance = Math.sqrt(kernel.squared(iteration));
                distances[token * iterations + iteration] = distance;
                logs[token * iterations + iteration] = Math.log10(distance);
            }
        }
    }

    private static void await(Future<?> part) {
        try {
            part.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a peer was measured", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a peer's thread failed: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        helpers.close();
    }
}
