package io.github.latentconvergence.bench.jmh;

import io.github.latentconvergence.bench.Jobs;
import io.github.latentconvergence.bench.Machine;
import io.github.latentconvergence.bench.Measured;
import io.github.latentconvergence.bench.SeededStates;
import io.github.latentconvergence.bench.TileLoop;
import io.github.latentconvergence.bench.Yardstick;
import io.github.latentconvergence.internal.kernel.Sums;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** The kernels alone on states in memory: a pass over all tiles by one kind of kernels. */
public class KernelInMemory extends Measured {
    /** One of {@code java}, {@code scalar}, {@code avx2}, {@code avx512}, {@code neon}; or {@code best}. */
    @Param("best")
    private String tier;

    @Param({"bf16", "f32"})
    private String dtype;

    @Param({"l2", "l1", "linf", "cosine", "rmsnorm-l2"})
    private String metric;

    @Param("1")
    private int threads;

    @Param("65x256x5280")
    private String shape;

    /** For states in a cache there is {@link KernelInCache}. */
    @Param("memory")
    private String where;

    private StateTensor states;
    private TileLoop loop;

    /** For JMH. */
    public KernelInMemory() {}

    /** Makes the states, and checks a pass. */
    @Setup
    public void setUp() {
        if (!where.equals("memory")) {
            throw new IllegalArgumentException("where=" + where + ": expected memory");
        }
        states = SeededStates.of(DType.ofLabel(dtype), Jobs.shape(shape));
        loop = new TileLoop(states, metric, Machine.kernels(tier), threads);
        Yardstick.readsMemory(states.segment(), threads, states.segment().byteSize());
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
