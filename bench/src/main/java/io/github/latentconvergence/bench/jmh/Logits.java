package io.github.latentconvergence.bench.jmh;

import io.github.latentconvergence.Backend;
import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Predictions;
import io.github.latentconvergence.bench.Jobs;
import io.github.latentconvergence.bench.Machine;
import io.github.latentconvergence.bench.Measured;
import io.github.latentconvergence.bench.PlainPredictions;
import io.github.latentconvergence.bench.SeededStates;
import io.github.latentconvergence.bench.Yardstick;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** {@code predictions()} of logits in memory: entropies and divergences of every token at every iteration. */
public class Logits extends Measured {
    /** One of {@code java}, {@code scalar}, {@code avx2}, {@code avx512}, {@code neon}; {@code best}; or {@code loop}, the obvious one in Java. */
    @Param("best")
    private String tier;

    @Param({"bf16", "f32"})
    private String dtype;

    @Param("1")
    private int threads;

    @Param("16x16x65536")
    private String shape;

    private StateTensor logits;
    private PlainPredictions loop;
    private ConvergenceOptions options;

    /** For JMH. */
    public Logits() {}

    /** Makes the logits, and checks an entropy and a divergence. */
    @Setup
    public void setUp() {
        logits = SeededStates.of(DType.ofLabel(dtype), Jobs.shape(shape));
        loop = new PlainPredictions(logits.tokens(0, 1));
        ConvergenceOptions threaded = ConvergenceOptions.defaults().withThreads(threads);
        String name = tier.equals("best") || tier.equals("loop") ? Machine.bestTier() : tier;
        options = name.equals("java") ? threaded.withBackend(Backend.JAVA) : threaded.withTier(Backend.Tier.ofLabel(name));
        double[] expected = loop.run()[0][1];
        Predictions found = Convergence.predictions(logits.tokens(0, 1), options);
        Jobs.check(found.entropy(0, 1), expected[0], "the entropy");
        Jobs.check(found.klFromPrevious(0, 1), expected[1], "the divergence from the iteration before");
        Jobs.check(found.klToPrevious(0, 1), expected[2], "the divergence to the iteration before");
        loop = new PlainPredictions(logits);
        Yardstick.readsMemory(logits.segment(), threads, logits.segment().byteSize());
    }

    /** All of them. */
    @Benchmark
    public Object predictions(Yardstick yardstick) {
        return tier.equals("loop") ? loop.run() : Convergence.predictions(logits, options);
    }

    /** Frees the logits. */
    @TearDown
    public void tearDown() {
        logits.close();
    }
}
