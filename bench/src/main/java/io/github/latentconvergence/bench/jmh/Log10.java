package io.github.latentconvergence.bench.jmh;

import io.github.latentconvergence.HotPath;
import io.github.latentconvergence.bench.Measured;
import io.github.latentconvergence.bench.Yardstick;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/** The logarithm that every cell takes, of distances as they are. One after the other into an array, as a matrix is finished. */
@Warmup(iterations = 4, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class Log10 extends Measured {
    /** Distances and logarithms together fill a first-level cache. */
    private static final int COUNT = 2048;
    private static final long SEED = 20250207;
    /** Twice the distance between neighbouring numbers from 8 to 16. */
    private static final double TOLERANCE = 4e-15;

    private final double[] distances = new double[COUNT];
    private final double[] logs = new double[COUNT];

    /** For JMH. */
    public Log10() {}

    /** Draws distances over twelve decades, and compares their logarithms with Java's. */
    @Setup
    public void setUp() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int n = 0; n < COUNT; n++) {
            distances[n] = Math.pow(10, random.nextDouble(-8, 4));
        }
        fill();
        for (int n = 0; n < COUNT; n++) {
            if (!(Math.abs(logs[n] - Math.log10(distances[n])) <= TOLERANCE)) {
                throw new IllegalStateException("log10(" + distances[n] + ") is " + logs[n] + "; expected " + Math.log10(distances[n]));
            }
        }
        Yardstick.readsNoMemory(Double.BYTES);
    }

    private double[] fill() {
        for (int n = 0; n < COUNT; n++) {
            logs[n] = HotPath.log10(distances[n]);
        }
        return logs;
    }

    /** All of them; the result is for one. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public double[] ofDistances(Yardstick yardstick) {
        return fill();
    }
}
