package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.tensor.StateTensor;
import java.util.Optional;

/**
 * How large a tile may be on a device.
 *
 * @param tokens at most
 * @param iterations at most
 */
public record CudaRoom(int tokens, int iterations) {
    /** One tile is computed while the next is copied, or the last one finished. */
    static final int LEAST_WORKERS = 2;
    /** One thread packs a sixth or so of what a link carries, and waits meanwhile: more than these have nothing left to do. */
    static final int MOST_WORKERS = 12;
    /** A device that has less memory than this for each worker has fewer workers. */
    private static final long DEVICE_BYTES_FOR_A_WORKER = 256L << 20;
    /** Memory on the device for each worker's states on their way, or scratch; as much is pinned for states on their way. */
    static final long TILE_BYTES = 32L << 20;
    /** Below this a copy takes less time than what is done around it. */
    private static final long LEAST_PIECE_BYTES = 1L << 20;
    /** Pieces of this size, one of each worker, stay in the processor's caches from packing to fetching. */
    private static final long MOST_PIECE_BYTES = 4L << 20;
    private static final int LEAST_ITERATIONS = 16;

    /** How many workers can be of use on a device, where so many threads may be used. States that are there have nothing to overlap with but the finishing of matrices. */
    static int workers(Plan plan, int threads, long deviceBytes, Optional<CudaBlock> resident) {
        long most = Math.clamp(deviceBytes / DEVICE_BYTES_FOR_A_WORKER, LEAST_WORKERS, MOST_WORKERS);
        return isThere(plan, resident) ? LEAST_WORKERS : Math.clamp(threads, LEAST_WORKERS, (int) most);
    }

    /**
     * For tiles of a plan. States that are on the device are one tile if there is room.
     *
     * @param free bytes of device memory: half of them are taken, and shared out evenly
     */
    static CudaRoom of(Plan plan, int workers, long free, Optional<CudaBlock> resident) {
        StateTensor states = plan.states();
        long iterations = states.iterations();
        long tokens = states.tokens();
        long sums = 8L * plan.ofStates().size();
        boolean isThere = isThere(plan, resident);
        long row = isThere ? 0 : CudaBlock.pitch(states);
        long fixed = sourceBytes(plan, 1, resident) + plan.referenceBytesPerToken() + 8L * plan.ofSources().size();
        long token = fixed + iterations * (row + sums);
        if (isThere && tokens <= budget(free, 1) / token) {
            return new CudaRoom(Math.toIntExact(tokens), Math.toIntExact(iterations));
        }
        long budget = budget(free, workers);
        if (token > budget) {
            long some = (budget - fixed) / (row + sums) & ~3L;
            return new CudaRoom(1, Math.toIntExact(Math.clamp(some, Math.min(LEAST_ITERATIONS, iterations), iterations)));
        }
        long most = budget / token;
        long wanted = isThere ? Math.ceilDiv(tokens, Math.ceilDiv(tokens, most)) : piece(states, workers);
        return new CudaRoom(Math.toIntExact(Math.clamp(Math.min(most, wanted), 1, tokens)), Math.toIntExact(iterations));
    }

    /** Half of the share is for the states, half for scratch memory. */
    private static long budget(long free, int workers) {
        return Math.min(TILE_BYTES, free / 4 / workers);
    }

    /** Tokens of a piece on its way: two for each worker, as far as they are neither too small nor too large. */
    private static long piece(StateTensor states, int workers) {
        long bytes = states.iterations() * CudaBlock.pitch(states);
        long even = Math.ceilDiv(states.tokens(), 2L * workers);
        return Math.clamp(even, Math.ceilDiv(LEAST_PIECE_BYTES, bytes), Math.ceilDiv(MOST_PIECE_BYTES, bytes));
    }

    private static boolean isThere(Plan plan, Optional<CudaBlock> resident) {
        return resident.filter(block -> block.find(plan.states()).isPresent()).isPresent();
    }

    /** Bytes that tiles of this size take on their way, sources included. */
    static long stagingBytes(Plan plan, int tokens, int iterations, Optional<CudaBlock> resident) {
        StateTensor states = plan.states();
        long rows = Math.min(states.iterations(), (long) iterations + plan.looksBack()) * tokens;
        return (isThere(plan, resident) ? 0 : rows * CudaBlock.pitch(states)) + sourceBytes(plan, tokens, resident);
    }

    private static long sourceBytes(Plan plan, long tokens, Optional<CudaBlock> resident) {
        long bytes = 0;
        for (Source source : plan.sources()) {
            StateTensor rows = source.states();
            if (resident.filter(block -> block.find(rows).isPresent()).isEmpty()) {
                bytes += rows.iterations() * tokens * CudaBlock.pitch(rows);
            }
        }
        return bytes;
    }
}
