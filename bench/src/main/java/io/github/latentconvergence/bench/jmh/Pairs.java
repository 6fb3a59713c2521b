package io.github.latentconvergence.bench.jmh;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.PairwiseDistances;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.bench.Jobs;
import io.github.latentconvergence.bench.Measured;
import io.github.latentconvergence.bench.SeededStates;
import io.github.latentconvergence.bench.Yardstick;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Distances between every two states of each token, and the same numbers from a matrix to each iteration. */
public class Pairs extends Measured {
    @Param({"bf16", "f32"})
    private String dtype;

    @Param("1")
    private int threads;

    /** Most of what it does is arithmetic: few tokens are enough. */
    @Param("64x8x5280")
    private String shape;

    private StateTensor states;
    private ConvergenceOptions options;

    /** For JMH. */
    public Pairs() {}

    /** Makes the states, and checks that both ways give the same. */
    @Setup
    public void setUp() {
        states = SeededStates.of(DType.ofLabel(dtype), Jobs.shape(shape));
        options = Jobs.options("l2", threads);
        Jobs.check(together().getLast().distance(1, 3), toEach().get(1).distance((int) states.tokens() - 1, 3), "iterations 1 and 3");
        Yardstick.readsNoMemory(states.segment().byteSize());
    }

    private List<PairwiseDistances> together() {
        return Convergence.pairwiseDistances(states, IntStream.range(0, (int) states.tokens()).toArray(), options);
    }

    private List<ConvergenceMatrix> toEach() {
        return Convergence.convergenceMatrices(states, IntStream.range(0, (int) states.iterations())
                .mapToObj(k -> options.withReference(Reference.iteration(k))).toList());
    }

    /** All pairs at once. */
    @Benchmark
    public List<PairwiseDistances> together(Yardstick yardstick) {
        return together();
    }

    /** Each iteration as a reference. */
    @Benchmark
    public List<ConvergenceMatrix> toEach(Yardstick yardstick) {
        return toEach();
    }

    /** Frees the states. */
    @TearDown
    public void tearDown() {
        states.close();
    }
}
