package io.github.latentconvergence;

import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceBytes;
import io.github.latentconvergence.io.TraceFiles;
import io.github.latentconvergence.tensor.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Small traces in files, with whatever a test wants beside the states. */
final class Traces {
    private Traces() {}

    /** float32 states {@code [iterations][tokens][hidden]} to add to. */
    static TraceBytes states(double[][][] values) {
        double[] flat = Arrays.stream(values).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).toArray();
        String shape = "[" + values.length + "," + values[0].length + "," + values[0][0].length + "]";
        return TraceBytes.safetensors().tensor("states", "F32", shape, TraceBytes.f32(flat));
    }

    static Trace open(Path folder, TraceBytes bytes) throws IOException {
        return TraceFiles.open(Files.write(Files.createTempFile(folder, "trace", ".safetensors"), bytes.bytes()));
    }

    /** Random float32 states. */
    static Rows random(String purpose, int iterations, int tokens, int hidden) {
        return Rows.random(Seeds.random(purpose), Rows.Kind.CLOSE, DType.F32, iterations, tokens, hidden);
    }
}
