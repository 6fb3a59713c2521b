package io.github.latentconvergence.bench;

import io.github.latentconvergence.internal.kernel.KernelSelection;
import io.github.latentconvergence.internal.kernel.ReadRoofline;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Times plain reads of some memory by some threads, in one place each at a time and in four.
 *
 * <p>What is compared with them is a mean over many operations, so they are a mean too: of as many reads in one way as in the other, the faster way. What else the machine
 * does so falls on both sides alike; the best single read against a mean operation would blame it on the operation.
 */
final class PlainReads {
    private final ReadRoofline roofline = new ReadRoofline(KernelSelection.best().kernels());
    private final MemorySegment memory;
    private final int threads;
    private final long[] nanos = new long[ReadRoofline.STREAMS.size()];
    private int rounds;

    /** @param memory accessible from any thread */
    PlainReads(MemorySegment memory, int threads) {
        this.memory = memory;
        this.threads = threads;
    }

    /** Forgets what was measured. */
    void restart() {
        rounds = 0;
        Arrays.fill(nanos, 0);
    }

    /** Reads in rounds, each way once in a round: so many at least, and for so long. */
    void read(int leastRounds, long leastNanos) {
        long start = System.nanoTime();
        for (int n = 0; n < leastRounds || System.nanoTime() - start < leastNanos; n++) {
            for (int s = 0; s < nanos.length; s++) {
                nanos[s] += roofline.nanos(memory, threads, ReadRoofline.STREAMS.get(s));
            }
            rounds++;
        }
    }

    /** Of the faster way, over all reads since the restart; NaN where there were none. */
    double bytesPerSecond() {
        long fewest = Arrays.stream(nanos).min().orElseThrow();
        return (double) memory.byteSize() * rounds * 1e9 / fewest;
    }
}
