package io.github.latentconvergence.bench.jmh;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
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

/** {@code convergenceMatrix()} of states in memory, logarithms included: l2 to the last iteration. */
public class EndToEnd extends Measured {
    @Param({"bf16", "f16", "f32", "f64"})
    private String dtype;

    @Param("1")
    private int threads;

    private StateTensor states;
    private ConvergenceOptions options;

    /** For JMH. */
    public EndToEnd() {}

    /** Makes the states and checks a matrix. */
    @Setup
    public void setUp() {
        states = SeededStates.of(DType.ofLabel(dtype), Shape.of(65, 256, 5280));
        options = ConvergenceOptions.defaults().withThreads(threads);
        Yardstick.readsMemory(states.segment(), threads, states.segment().byteSize());
    }

    /** Frees the states. */
    @TearDown
    public void tearDown() {
        states.close();
    }

    /** One matrix. */
    @Benchmark
    public ConvergenceMatrix matrix(Yardstick yardstick) {
        return Convergence.convergenceMatrix(states, options);
    }
}
