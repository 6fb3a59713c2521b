package io.github.latentconvergence.internal.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The yardstick for kernels that read memory once: how long some threads take to read the same bytes and do next to nothing with them, in one place each or in four at
 * once. The best of the two is the machine's read bandwidth.
 */
public final class ReadRoofline {
    /** The numbers of places that a thread reads at once. */
    public static final List<Integer> STREAMS = List.of(1, 4);

    private final Kernels kernels;

    /** @param kernels native ones read with the widest registers they have; Java with a plain loop */
    public ReadRoofline(Kernels kernels) {
        this.kernels = kernels;
    }

    /**
     * Reads memory once, a part each, and returns the nanoseconds from the first thread's start to the last one's end.
     *
     * @param memory accessible from any thread
     */
    public long nanos(MemorySegment memory, int threads, int streams) {
        long part = memory.byteSize() / threads & -128L;
        List<Thread> helpers = new ArrayList<>();
        long start = System.nanoTime();
        for (int n = 1; n < threads; n++) {
            long offset = n * part;
            helpers.add(Thread.ofPlatform().daemon().name("read-roofline-" + n).start(() -> read(memory, offset, part, streams)));
        }
        read(memory, 0, part, streams);
        for (Thread helper : helpers) {
            joinUninterruptibly(helper);
        }
        return System.nanoTime() - start;
    }

    private void read(MemorySegment memory, long offset, long bytes, int streams) {
        long checksum = kernels instanceof CpuKernels cpu ? cpu.tier().read(memory, offset, bytes, streams) : sum(memory, offset, bytes);
        if (checksum == 0x5ca1ab1e0ddba11L) { // uses the result, so that nothing is optimised away
            Thread.onSpinWait();
        }
    }

    private static long sum(MemorySegment memory, long offset, long bytes) {
        long sum = 0;
        for (long at = offset; at + Long.BYTES <= offset + bytes; at += Long.BYTES) {
            sum += memory.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
        }
        return sum;
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
