package io.github.latentconvergence.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import tools.jackson.databind.ObjectMapper;

/** A small safetensors file, put together by hand so that tests do not depend on what they test. */
final class TraceFixture {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Object> header = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    /** States that halve their distance from 0 with every iteration, larger for later tokens. */
    static TraceFixture states(int iterations, int tokens, int hidden) {
        return new TraceFixture().f32("states", List.of(iterations, tokens, hidden),
                e -> (1 + e / hidden % tokens) * StrictMath.scalb(1.0, -(e / (hidden * tokens))));
    }

    TraceFixture f32(String name, List<Integer> shape, IntToDoubleFunction value) {
        int elements = shape.stream().reduce(1, Math::multiplyExact);
        ByteBuffer bytes = ByteBuffer.allocate(elements * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int e = 0; e < elements; e++) {
            bytes.putFloat((float) value.applyAsDouble(e));
        }
        return tensor(name, "F32", shape, bytes.array());
    }

    TraceFixture tensor(String name, String type, List<Integer> shape, byte[] bytes) {
        int from = data.size();
        data.writeBytes(bytes);
        header.put(name, Map.of("dtype", type, "shape", shape, "data_offsets", List.of(from, data.size())));
        return this;
    }

    TraceFixture tokens(String... texts) {
        return metadata("tokens", JSON.writeValueAsString(texts));
    }

    TraceFixture metadata(String key, String value) {
        metadata.put(key, value);
        header.put("__metadata__", metadata);
        return this;
    }

    byte[] bytes() {
        byte[] json = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + json.length + data.size()).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json)
                .put(data.toByteArray()).array();
    }

    Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }
}
