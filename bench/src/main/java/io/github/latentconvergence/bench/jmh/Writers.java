package io.github.latentconvergence.bench.jmh;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.bench.Measured;
import io.github.latentconvergence.bench.SeededStates;
import io.github.latentconvergence.bench.Yardstick;
import io.github.latentconvergence.cli.MatrixWriters;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/** A matrix written as the command line program writes it, to a stream that drops it: what is timed is the formatting. */
@Warmup(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class Writers extends Measured {
    @Param({"csv", "npy", "json"})
    private String format;

    private ConvergenceMatrix matrix;
    private List<String> tokens;

    /** For JMH. */
    public Writers() {}

    /** Measures some states, and checks that what is written holds a number of the matrix. */
    @Setup
    public void setUp() throws IOException {
        try (StateTensor states = SeededStates.of(DType.F32, Shape.of(65, 256, 64))) {
            matrix = Convergence.convergenceMatrix(states);
        }
        tokens = IntStream.range(0, matrix.tokens()).mapToObj(i -> "token" + i).toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MatrixWriters.write(format, matrix, tokens, out);
        int cells = matrix.tokens() * matrix.iterations();
        boolean holdsIt = format.equals("npy")
                ? out.size() == 128 + cells * Double.BYTES
                : out.toString(StandardCharsets.UTF_8).contains(Double.toString(matrix.distance(matrix.tokens() - 1, 1)));
        if (!holdsIt) {
            throw new IllegalStateException("the " + format + " that was written, " + out.size() + " bytes, does not hold the matrix");
        }
        Yardstick.readsNoMemory(out.size());
    }

    /** All of it; the bytes are those written. */
    @Benchmark
    public void write(Yardstick yardstick) throws IOException {
        MatrixWriters.write(format, matrix, tokens, OutputStream.nullOutputStream());
    }
}
