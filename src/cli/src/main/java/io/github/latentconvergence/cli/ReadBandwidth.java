package io.github.latentconvergence.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;

/**
 * How fast this machine reads memory: a plain Java sum over an off-heap segment that no cache holds.
 *
 * @param bytesPerSecond of the fastest round
 * @param bytes size of the segment
 * @param threads that read at the same time, a part each
 * @param rounds that were timed
 */
record ReadBandwidth(double bytesPerSecond, long bytes, int threads, int rounds) {
    private static final long BYTES = 256L << 20;
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 5;

    static ReadBandwidth measure() {
        int threads = Runtime.getRuntime().availableProcessors();
        try (Arena arena = Arena.ofShared()) {
            MemorySegment memory = arena.allocate(BYTES, 64);
            memory.fill((byte) 1); // pages that nobody wrote are all the same page
            long best = Long.MAX_VALUE;
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                long start = System.nanoTime();
                long sum = IntStream.range(0, threads).parallel().mapToLong(part -> sum(memory, part, threads)).sum();
                long nanos = System.nanoTime() - start;
                if (sum == 0) {
                    throw new AssertionError("the sum of ones is not 0");
                }
                best = round < 0 ? best : Math.min(best, nanos);
            }
            return new ReadBandwidth(BYTES * 1e9 / best, BYTES, threads, ROUNDS);
        }
    }

    private static long sum(MemorySegment memory, int part, int parts) {
        long longs = memory.byteSize() / Long.BYTES;
        long to = longs * (part + 1) / parts;
        long sum = 0;
        for (long i = longs * part / parts; i < to; i++) {
            sum += memory.getAtIndex(ValueLayout.JAVA_LONG, i);
        }
        return sum;
    }
}
