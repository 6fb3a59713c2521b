package io.github.latentconvergence.bench;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * What every result carries beside its time, as secondary results of JMH: the bytes of an operation, how fast plain reads of memory were right before and after the
 * iteration, and what the iteration put on the Java heap.
 *
 * <p>A benchmark says in its set-up what an operation does, by {@link #readsMemory} or {@link #readsNoMemory}, and takes a yardstick as an argument without using it: JMH
 * reports the counters of arguments only, and lets no set-up see them, which is why what is said is static. One benchmark runs at a time in a JVM.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Yardstick {
    /** Names of the secondary results, which are those of the methods. */
    static final String BYTES = "bytesPerOp";
    static final String ROOFLINE = "rooflineBytesPerSecond";
    static final String HEAP = "heapBytes";

    /** Of reads before an iteration, and again after it: together half as long as the iteration itself. */
    private static final long NANOS_OF_READS = 50_000_000;
    /** For memory so large that reading it once takes longer. */
    private static final int FEWEST_ROUNDS = 2;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** JMH's own, which allocates some hundred bytes for each iteration while it waits. */
    private static final long MAIN_THREAD = Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().equals("main"))
            .mapToLong(Thread::threadId).findFirst().orElse(-1);

    private record Operation(@Nullable PlainReads reads, long bytes) {}

    private static @Nullable Operation operation;

    private boolean isWarmup;
    private long heapBefore;
    private long heap;

    /** For JMH. */
    public Yardstick() {}

    /** An operation reads {@code bytesPerOp} bytes of {@code memory} by so many threads, and is held against plain reads of that memory by as many. */
    public static void readsMemory(MemorySegment memory, int threads, long bytesPerOp) {
        operation = new Operation(new PlainReads(memory, threads), bytesPerOp);
    }

    /** A share of what memory gives means nothing: states in cache, a disk, a pure computation. */
    public static void readsNoMemory(long bytesPerOp) {
        operation = new Operation(null, bytesPerOp);
    }

    private static Operation operation() {
        if (operation == null) {
            throw new IllegalStateException("the benchmark's set-up must call Yardstick.readsMemory or Yardstick.readsNoMemory");
        }
        return operation;
    }

    /** Plain reads before the iteration. */
    @Setup(Level.Iteration)
    public void before(IterationParams iteration) {
        isWarmup = iteration.getType() == IterationType.WARMUP;
        PlainReads reads = operation().reads;
        if (reads != null) {
            reads.restart();
            read(reads);
        }
        heapBefore = heapNow();
    }

    /** Plain reads after it. */
    @TearDown(Level.Iteration)
    public void after() {
        heap = Math.max(0, heapNow() - heapBefore);
        PlainReads reads = operation().reads;
        if (reads != null) {
            read(reads);
        }
    }

    /** Two numbers at two moments: their difference may be a little less than nothing. */
    private static long heapNow() {
        return THREADS.getTotalThreadAllocatedBytes() - (MAIN_THREAD < 0 ? 0 : THREADS.getThreadAllocatedBytes(MAIN_THREAD));
    }

    /** The reads themselves need no warming up: they are native. */
    private void read(PlainReads reads) {
        reads.read(isWarmup ? 1 : FEWEST_ROUNDS, isWarmup ? 0 : NANOS_OF_READS);
    }

    /** Bytes of states that an operation reads, or writes where it writes. */
    public long bytesPerOp() {
        return operation().bytes;
    }

    /** What plain reads reached; 0 where that means nothing. */
    public double rooflineBytesPerSecond() {
        PlainReads reads = operation().reads;
        return reads == null ? 0 : reads.bytesPerSecond();
    }

    /** What all threads but JMH's own put on the Java heap between the reads before and those after. */
    public long heapBytes() {
        return heap;
    }
}
