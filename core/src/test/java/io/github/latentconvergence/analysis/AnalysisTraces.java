package io.github.latentconvergence.analysis;

import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceBytes;
import io.github.latentconvergence.io.TraceFiles;
import io.github.latentconvergence.tensor.DType;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/** Traces of these tests: made of numbers, the project's own, and those that lie beside the project. */
final class AnalysisTraces {
    private AnalysisTraces() {}

    /** States {@code [iterations][tokens][hidden]} rounded to {@code dtype}, to add to. */
    static TraceBytes states(DType dtype, double[][][] values) {
        String shape = "[" + values.length + "," + values[0].length + "," + values[0][0].length + "]";
        return TraceBytes.safetensors().tensor("states", dtype.name(), shape, bytes(dtype, values));
    }

    /** Adds whole numbers, as tensors of flags are. */
    static TraceBytes mask(TraceBytes bytes, boolean... real) {
        long[] flags = IntStream.range(0, real.length).mapToLong(i -> real[i] ? 1 : 0).toArray();
        return bytes.tensor("mask", "U8", "[" + real.length + "]", TraceBytes.ints(1, flags));
    }

    static TraceBytes texts(TraceBytes bytes, List<String> texts) {
        return bytes.meta("tokens", texts.stream().map(t -> '"' + t.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "[", "]")));
    }

    static byte[] bytes(DType dtype, double[][][] values) {
        double[] flat = Arrays.stream(values).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).toArray();
        return switch (dtype) {
            case BF16 -> TraceBytes.bf16(Arrays.stream(flat).map(v -> rounded(DType.BF16, v)).toArray());
            case F16 -> TraceBytes.f16(flat);
            case F32 -> TraceBytes.f32(flat);
            case F64 -> TraceBytes.f64(flat);
        };
    }

    /** The nearest number of the type, ties to even. */
    static double rounded(DType dtype, double value) {
        return switch (dtype) {
            case F64 -> value;
            case F32 -> (float) value;
            case F16 -> Float.float16ToFloat(Float.floatToFloat16((float) value));
            case BF16 -> {
                int bits = Float.floatToRawIntBits((float) value);
                yield Double.isNaN(value) ? value : Float.intBitsToFloat((bits + 0x7fff + (bits >>> 16 & 1)) & 0xffff0000);
            }
        };
    }

    static Trace open(Path folder, TraceBytes bytes) throws IOException {
        return TraceFiles.open(Files.write(Files.createTempFile(folder, "trace", ".safetensors"), bytes.bytes()));
    }

    /** One of the project's own. */
    static Trace bundled(String name) throws IOException {
        try {
            return TraceFiles.open(Path.of(Objects.requireNonNull(AnalysisTraces.class.getResource("/traces/" + name), name).toURI()));
        } catch (URISyntaxException wrong) {
            throw new AssertionError(wrong);
        }
    }

    /** One that lies beside the project; without it the test is skipped, and says so. */
    static Trace shared(String name) throws IOException {
        Path file = Path.of(System.getProperty("latentconvergence.shared", "../shared"), "data", name);
        Assumptions.assumeTrue(Files.exists(file), () -> "skipped: trace " + file + " is not here");
        return TraceFiles.open(file);
    }
}
