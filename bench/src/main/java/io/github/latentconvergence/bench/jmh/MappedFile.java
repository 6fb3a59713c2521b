package io.github.latentconvergence.bench.jmh;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.bench.Jobs;
import io.github.latentconvergence.bench.Measured;
import io.github.latentconvergence.bench.SeededStates;
import io.github.latentconvergence.bench.TraceFile;
import io.github.latentconvergence.bench.Yardstick;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceFiles;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From a file to its matrix: opened, mapped, measured and closed. A shot at a time, for a file can be dropped from the page cache only while nobody has it mapped. The first
 * shots warm up the JVM. Plain reads of memory are of states beside the file, on huge pages, which a mapped file has not.
 */
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 4, batchSize = 20)
@Measurement(iterations = 12)
public class MappedFile extends Measured {
    /** {@code warm}: in the page cache; {@code cold}: dropped from it, so that the disk counts. */
    @Param({"warm", "cold"})
    private String where;

    @Param("bf16")
    private String dtype;

    @Param("1")
    private int threads;

    @Param("65x256x5280")
    private String shape;

    private StateTensor states;
    private TraceFile file;
    private ConvergenceOptions options;

    /** For JMH. */
    public MappedFile() {}

    /** Makes the file, and checks a matrix. */
    @Setup
    public void setUp() throws IOException {
        states = SeededStates.of(DType.ofLabel(dtype), Jobs.shape(shape));
        file = TraceFile.of(states);
        options = Jobs.options("l2", threads);
        Jobs.check(states, matrix(), "l2");
        if (where.equals("warm")) {
            Yardstick.readsMemory(states.segment(), threads, states.segment().byteSize());
        } else {
            Yardstick.readsNoMemory(states.segment().byteSize());
        }
    }

    /** Brings the file into the page cache, or drops it. */
    @Setup(Level.Iteration)
    public void prepare() throws IOException {
        file.prepare(where);
    }

    private ConvergenceMatrix matrix() throws IOException {
        try (Trace trace = TraceFiles.open(file.path())) {
            return Convergence.convergenceMatrix(trace, options);
        }
    }

    /** One matrix. */
    @Benchmark
    public ConvergenceMatrix openToMatrix(Yardstick yardstick) throws IOException {
        return matrix();
    }

    /** Deletes the file. */
    @TearDown
    public void tearDown() throws IOException {
        file.close();
        states.close();
    }
}
