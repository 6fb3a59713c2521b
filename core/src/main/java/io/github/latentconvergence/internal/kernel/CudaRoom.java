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
    /** Tiles on their way at a time: one is computed while the next is copied; more than a few do nothing more. */
    public static final int LEAST_WORKERS = 2;
    /** At most so many. */
    public static final int MOST_WORKERS = 4;
    /** Pinned memory, and as much on the device, for each worker's states on their way. */
    static final long TILE_BYTES = 32L << 20;
    /** Below this a copy takes less time than what is done around it. */
    private static final long WORTHWHILE_BYTES = 4L << 20;
    private static final int LEAST_ITERATIONS = 16;

    /**
     * For tiles of a plan.
     *
     * @param free bytes of device memory: half of them are taken, and shared out evenly
     */
    static CudaRoom of(Plan plan, int workers, long free, Optional<CudaBlock> resident) {
        StateTensor states = plan.states();
        long iterations = states.iterations();
        long tokens = states.tokens();
        long share = free / 2 / workers;
        long budget = Math.min(TILE_BYTES, share / 2); // half for the states, half for scratch memory
        long sums = 8L * plan.ofStates().size();
        boolean isThere = resident.filter(block -> block.find(states).isPresent()).isPresent();
        long row = isThere ? 0 : CudaBlock.pitch(states);
        long fixed = sourceBytes(plan, 1, resident) + plan.referenceBytesPerToken() + 8L * plan.ofSources().size();
        long token = fixed + iterations * (row + sums);
        if (token > budget) {
            long some = (budget - fixed) / (row + sums) & ~3L;
            return new CudaRoom(1, Math.toIntExact(Math.clamp(some, Math.min(LEAST_ITERATIONS, iterations), iterations)));
        }
        long even = Math.ceilDiv(tokens, (isThere ? 1L : 2L) * workers); // what is there already has nothing to overlap with
        long worthwhile = Math.ceilDiv(WORTHWHILE_BYTES, iterations * CudaBlock.pitch(states));
        return new CudaRoom(Math.toIntExact(Math.clamp(Math.min(budget / token, Math.max(even, worthwhile)), 1, tokens)),
                Math.toIntExact(iterations));
    }

    /** Bytes that tiles of this size take on their way, sources included. */
    static long stagingBytes(Plan plan, int tokens, int iterations, Optional<CudaBlock> resident) {
        StateTensor states = plan.states();
        boolean isThere = resident.filter(block -> block.find(states).isPresent()).isPresent();
        long rows = Math.min(states.iterations(), (long) iterations + plan.looksBack()) * tokens;
        return (isThere ? 0 : rows * CudaBlock.pitch(states)) + sourceBytes(plan, tokens, resident);
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
