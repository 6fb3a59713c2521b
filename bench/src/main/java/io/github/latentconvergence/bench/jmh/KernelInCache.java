package io.github.latentconvergence.bench.jmh;

import io.github.latentconvergence.bench.Jobs;
import io.github.latentconvergence.bench.Machine;
import io.github.latentconvergence.bench.Measured;
import io.github.latentconvergence.bench.SeededStates;
import io.github.latentconvergence.bench.TileLoop;
import io.github.latentconvergence.bench.Yardstick;
import io.github.latentconvergence.internal.kernel.Sums;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The kernels alone where memory does not matter: states small enough to stay in a cache, read by one thread. Nothing from outside the core disturbs them, so that few
 * iterations are enough.
 */
@Warmup(iterations = 2, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class KernelInCache extends Measured {
    /** 84 KB of bf16, 338 KB of f64: more than any first-level cache, and within a second-level cache of 512 KB with the reference. */
    private static final Shape IN_L2 = Shape.of(8, 1, 5280);
    /** 4 MB of bf16, 16 MB of f64. */
    private static final Shape IN_L3 = Shape.of(32, 12, 5280);

    /** One of {@code java}, {@code scalar}, {@code avx2}, {@code avx512}, {@code neon}; or {@code best}. */
    @Param("best")
    private String tier;

    @Param({"bf16", "f32"})
    private String dtype;

    @Param({"l2", "l1", "linf", "cosine", "rmsnorm-l2"})
    private String metric;

    @Param({"L2", "L3"})
    private String where;

    private StateTensor states;
    private TileLoop loop;

    /** For JMH. */
    public KernelInCache() {}

    /** Makes the states, and checks a pass. */
    @Setup
    public void setUp() {
        Shape shape = switch (where) {
            case "L2" -> IN_L2;
            case "L3" -> IN_L3;
            default -> throw new IllegalArgumentException("where=" + where + ": expected L2 or L3");
        };
        states = SeededStates.of(DType.ofLabel(dtype), shape);
        loop = new TileLoop(states, metric, Machine.kernels(tier), 1);
        Yardstick.readsNoMemory(states.segment().byteSize());
    }

    /** One pass. */
    @Benchmark
    public Sums tiles(Yardstick yardstick) {
        return loop.run();
    }

    /** Frees the states. */
    @TearDown
    public void tearDown() throws InterruptedException {
        loop.close();
        states.close();
    }
}
