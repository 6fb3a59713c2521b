package io.github.latentconvergence.bench.jmh;

import io.github.latentconvergence.Backend;
import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.ScatterMatrix;
import io.github.latentconvergence.bench.Jobs;
import io.github.latentconvergence.bench.Machine;
import io.github.latentconvergence.bench.Measured;
import io.github.latentconvergence.bench.PlainScatter;
import io.github.latentconvergence.bench.SeededStates;
import io.github.latentconvergence.bench.Yardstick;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** The scatter matrix of states in memory times some vectors: a pass of principal components. */
public class Scatter extends Measured {
    /** One of {@code java}, {@code scalar}, {@code avx2}, {@code avx512}, {@code neon}; or {@code best}. */
    @Param("best")
    private String tier;

    @Param({"bf16", "f32"})
    private String dtype;

    @Param("1")
    private int threads;

    /** Six components, and two more. */
    @Param("8")
    private int vectors;

    @Param("65x256x5280")
    private String shape;

    private StateTensor states;
    private ScatterMatrix scatter;
    private double[][] basis;

    /** For JMH. */
    public Scatter() {}

    /** Makes the states, and checks a product of one token's. */
    @Setup
    public void setUp() {
        states = SeededStates.of(DType.ofLabel(dtype), Jobs.shape(shape));
        SplittableRandom random = new SplittableRandom(vectors);
        basis = new double[vectors][];
        for (int k = 0; k < vectors; k++) {
            basis[k] = random.doubles(states.hidden(), -1, 1).toArray();
        }
        ConvergenceOptions threaded = ConvergenceOptions.defaults().withThreads(threads);
        String name = tier.equals("best") ? Machine.bestTier() : tier;
        ConvergenceOptions options = name.equals("java")
                ? threaded.withBackend(Backend.JAVA)
                : threaded.withTier(Backend.Tier.ofLabel(name));
        double[] expected = PlainScatter.times(states, 1, basis[vectors - 1]);
        double[] found = Convergence.scatterMatrix(states, new int[] {1}, options).times(basis)[vectors - 1];
        Jobs.check(found[0], expected[0], "the first component of a product");
        Jobs.check(found[found.length - 1], expected[found.length - 1], "the last component of a product");
        scatter = Convergence.scatterMatrix(states, IntStream.range(0, (int) states.tokens()).toArray(), options);
        Yardstick.readsMemory(states.segment(), threads, states.segment().byteSize());
    }

    /** All of them at once. */
    @Benchmark
    public double[][] times(Yardstick yardstick) {
        return scatter.times(basis);
    }

    /** Frees the states. */
    @TearDown
    public void tearDown() {
        states.close();
    }
}
