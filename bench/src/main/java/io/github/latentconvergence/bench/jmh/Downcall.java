package io.github.latentconvergence.bench.jmh;

import io.github.latentconvergence.bench.CallsInC;
import io.github.latentconvergence.bench.Machine;
import io.github.latentconvergence.bench.Measured;
import io.github.latentconvergence.bench.SmallestTile;
import io.github.latentconvergence.bench.Yardstick;
import io.github.latentconvergence.internal.ffm.NativeTier;
import io.github.latentconvergence.internal.kernel.CpuKernels;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What calling a kernel from Java costs beside calling it from C: the smallest tile there is, through the same function. */
@Warmup(iterations = 4, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class Downcall extends Measured {
    /** Of the loop in C, whose own call then costs nothing. */
    private static final int CALLS = 1000;

    /** One of {@code scalar}, {@code avx2}, {@code avx512}, {@code neon}; or {@code best}. */
    @Param("best")
    private String tier;

    private final Arena arena = Arena.ofShared();
    private final SmallestTile tile = new SmallestTile(arena);
    private NativeTier functions;
    private CallsInC callsInC;

    /** For JMH. */
    public Downcall() {}

    /** Loads the loop in C, and checks that both give the sum. */
    @Setup
    public void setUp() throws IOException {
        if (!(Machine.kernels(tier) instanceof CpuKernels cpu)) {
            throw new IllegalArgumentException("tier " + tier + " is not in C here: expected one of " + Machine.tiers());
        }
        functions = cpu.tier();
        callsInC = new CallsInC(functions.name(), arena);
        callFromJava();
        tile.check("from Java");
        callInC();
        tile.check("in C");
        Yardstick.readsNoMemory(0);
    }

    private void callFromJava() {
        functions.measure(tile.states(), tile.work(), SmallestTile.TILE);
    }

    private void callInC() {
        callsInC.measure(tile.states(), tile.work(), SmallestTile.TILE, CALLS);
    }

    /** One call from Java. */
    @Benchmark
    public void fromJava(Yardstick yardstick) {
        callFromJava();
    }

    /** Calls in a loop in C; the result is for one. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void inC(Yardstick yardstick) {
        callInC();
    }

    /** Unloads the loop. */
    @TearDown
    public void tearDown() {
        arena.close();
    }
}
