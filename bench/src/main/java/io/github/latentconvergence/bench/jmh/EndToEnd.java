package io.github.latentconvergence.bench.jmh;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.bench.Jobs;
import io.github.latentconvergence.bench.Measured;
import io.github.latentconvergence.bench.SeededStates;
import io.github.latentconvergence.bench.Yardstick;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** {@code convergenceMatrix()} of states in memory, logarithms and the result's own memory included. */
public class EndToEnd extends Measured {
    @Param({"bf16", "f16", "f32", "f64"})
    private String dtype;

    @Param("1")
    private int threads;

    @Param("l2")
    private String metric;

    /** 64 recurrences and the initial state of 256 tokens at the width of Huginn-0125. */
    @Param("65x256x5280")
    private String shape;

    private StateTensor states;
    private ConvergenceOptions options;

    /** For JMH. */
    public EndToEnd() {}

    /** Makes the states and checks a matrix. */
    @Setup
    public void setUp() {
        states = SeededStates.of(DType.ofLabel(dtype), Jobs.shape(shape));
        options = Jobs.options(metric, threads);
        Jobs.check(states, matrix(), metric);
        Yardstick.readsMemory(states.segment(), threads, states.segment().byteSize());
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
