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
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Five matrices (l2, l1, linf, cosine, the step norm) of one pass over memory, against a pass for each. The states are read once, or five times. */
public class OnePass extends Measured {
    @Param({"bf16", "f16", "f32", "f64"})
    private String dtype;

    @Param("1")
    private int threads;

    @Param("65x256x5280")
    private String shape;

    private StateTensor states;
    private List<ConvergenceOptions> five;

    /** For JMH. */
    public OnePass() {}

    /** Makes the states, and checks that both ways give the same matrices, and the first of them against the obvious computation. */
    @Setup
    public void setUp(BenchmarkParams benchmark) {
        states = SeededStates.of(DType.ofLabel(dtype), Jobs.shape(shape));
        five = Jobs.five(threads);
        List<ConvergenceMatrix> one = oneCall();
        List<ConvergenceMatrix> each = callForEach();
        Jobs.check(states, one.getFirst(), "l2");
        int token = one.getFirst().tokens() - 1;
        for (int n = 0; n < one.size(); n++) {
            Jobs.check(one.get(n).distance(token, 1), each.get(n).distance(token, 1), "matrix " + n + " of one pass at iteration 1");
        }
        long passes = benchmark.getBenchmark().endsWith(".separately") ? five.size() : 1;
        Yardstick.readsMemory(states.segment(), threads, passes * states.segment().byteSize());
    }

    private List<ConvergenceMatrix> oneCall() {
        return Convergence.convergenceMatrices(states, five);
    }

    private List<ConvergenceMatrix> callForEach() {
        List<ConvergenceMatrix> matrices = new ArrayList<>();
        for (ConvergenceOptions options : five) {
            matrices.add(Convergence.convergenceMatrix(states, options));
        }
        return matrices;
    }

    /** All in one pass. */
    @Benchmark
    public List<ConvergenceMatrix> together(Yardstick yardstick) {
        return oneCall();
    }

    /** One after the other. */
    @Benchmark
    public List<ConvergenceMatrix> separately(Yardstick yardstick) {
        return callForEach();
    }

    /** Frees the states. */
    @TearDown
    public void tearDown() {
        states.close();
    }
}
