package io.github.latentconvergence.bench.jmh;

import io.github.latentconvergence.bench.Jobs;
import io.github.latentconvergence.bench.Measured;
import io.github.latentconvergence.bench.SeededStates;
import io.github.latentconvergence.bench.TraceFile;
import io.github.latentconvergence.bench.Yardstick;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What {@link MappedFile} is held against: the same file read by one thread into one buffer of a megabyte, and forgotten. */
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 3)
@Measurement(iterations = 12)
public class FileRead extends Measured {
    @Param({"warm", "cold"})
    private String where;

    @Param("bf16")
    private String dtype;

    @Param("65x256x5280")
    private String shape;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    private TraceFile file;

    /** For JMH. */
    public FileRead() {}

    /** Makes the file, and checks that all of it is read. */
    @Setup
    public void setUp() throws IOException {
        try (StateTensor states = SeededStates.of(DType.ofLabel(dtype), Jobs.shape(shape))) {
            file = TraceFile.of(states);
            long bytes = states.segment().byteSize();
            if (file.read(buffer) < bytes) {
                throw new IllegalStateException("less than " + bytes + " bytes were read");
            }
            Yardstick.readsNoMemory(bytes);
        }
    }

    /** Brings the file into the page cache, or drops it. */
    @Setup(Level.Iteration)
    public void prepare() throws IOException {
        file.prepare(where);
    }

    /** All of the file. */
    @Benchmark
    public long oneBuffer(Yardstick yardstick) throws IOException {
        return file.read(buffer);
    }

    /** Deletes the file. */
    @TearDown
    public void tearDown() throws IOException {
        file.close();
    }
}
