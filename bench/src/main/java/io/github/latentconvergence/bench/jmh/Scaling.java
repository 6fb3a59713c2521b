package io.github.latentconvergence.bench.jmh;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.bench.Jobs;
import io.github.latentconvergence.bench.Machine;
import io.github.latentconvergence.bench.Measured;
import io.github.latentconvergence.bench.SeededStates;
import io.github.latentconvergence.bench.Yardstick;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** {@code convergenceMatrix()} from a megabyte to beyond the last-level cache: tokens are added until there are so many bytes. */
public class Scaling extends Measured {
    private static final long ITERATIONS = 65;
    private static final long HIDDEN = 5280;

    @Param({"bf16", "f32"})
    private String dtype;

    @Param("1")
    private int threads;

    /** Millions of bytes, rounded to whole tokens; one token at least, which is 1.4 for f32. */
    @Param({"1", "4", "16", "64", "256", "1024"})
    private long megabytes;

    private StateTensor states;
    private ConvergenceOptions options;

    /** For JMH. */
    public Scaling() {}

    /** Makes the states and checks a matrix. */
    @Setup
    public void setUp() {
        DType type = DType.ofLabel(dtype);
        long tokens = Math.max(1, Math.round(megabytes * 1e6 / (ITERATIONS * HIDDEN * type.bytes())));
        states = SeededStates.of(type, Shape.of(ITERATIONS, tokens, HIDDEN));
        options = Jobs.options("l2", threads);
        Jobs.check(states, matrix(), "l2");
        long bytes = states.segment().byteSize();
        if (bytes > Machine.bytesBeyondCaches()) {
            Yardstick.readsMemory(states.segment(), threads, bytes);
        } else {
            Yardstick.readsNoMemory(bytes);
        }
    }

    private ConvergenceMatrix matrix() {
        return Convergence.convergenceMatrix(states, options);
    }

    /** One matrix. */
    @Benchmark
    public ConvergenceMatrix matrix(Yardstick yardstick) {
        return matrix();
    }

    /** Frees the states. */
    @TearDown
    public void tearDown() {
        states.close();
    }
}
