package io.github.latentconvergence.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Small trace files, byte by byte, right or wrong on purpose; written without the code under test. */
public final class TraceBytes {
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, String> entries = new LinkedHashMap<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    private TraceBytes() {}

    /** A safetensors file to fill. */
    public static TraceBytes safetensors() {
        return new TraceBytes();
    }

    /** Adds a tensor after those before it. */
    public TraceBytes tensor(String name, String dtype, String shape, byte... bytes) {
        int begin = data.size();
        data.writeBytes(bytes);
        entries.put(name, "{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":[" + begin + "," + data.size() + "]}");
        return this;
    }

    /** Adds a string to the metadata. */
    public TraceBytes meta(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    /** The whole file. */
    public byte[] bytes() {
        return safetensors(header(), data.toByteArray());
    }

    /** The header alone. */
    public String header() {
        Map<String, String> all = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            all.put("__metadata__",
                    metadata.entrySet().stream().map(e -> quoted(e.getKey()) + ":" + quoted(e.getValue()))
                            .collect(Collectors.joining(",", "{", "}")));
        }
        all.putAll(entries);
        return all.entrySet().stream().map(e -> quoted(e.getKey()) + ":" + e.getValue()).collect(Collectors.joining(",", "{", "}"));
    }

    /** A safetensors file with any text for a header. */
    public static byte[] safetensors(String header, byte... data) {
        byte[] utf8 = header.getBytes(StandardCharsets.UTF_8);
        return join(little(8, utf8.length), utf8, data);
    }

    /** A version 1 npy file as NumPy writes it. */
    public static byte[] npy(String descr, String shape, byte... data) {
        return npy(1, "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }", data);
    }

    /** An npy file with any text for a header, padded to 64 bytes. */
    public static byte[] npy(int version, String header, byte... data) {
        byte[] text = header.getBytes(version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        int fixed = version == 1 ? 10 : 12;
        byte[] padded = Arrays.copyOf(text, (fixed + text.length + 64) / 64 * 64 - fixed);
        Arrays.fill(padded, text.length, padded.length, (byte) ' ');
        padded[padded.length - 1] = '\n';
        return rawNpy(version, padded, data);
    }

    /** An npy file with exactly these header bytes. */
    public static byte[] rawNpy(int version, byte[] header, byte... data) {
        return join(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0}, little(version == 1 ? 2 : 4, header.length),
                header, data);
    }

    /** The numbers as float32. */
    public static byte[] f32(double... values) {
        ByteBuffer out = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(v -> out.putFloat((float) v));
        return out.array();
    }

    /** The numbers as bfloat16, cut off: for numbers that need no rounding. */
    public static byte[] bf16(double... values) {
        ByteBuffer out = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(v -> out.putShort((short) (Float.floatToRawIntBits((float) v) >>> 16)));
        return out.array();
    }

    /** The numbers as float16. */
    public static byte[] f16(double... values) {
        ByteBuffer out = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(v -> out.putShort(Float.floatToFloat16((float) v)));
        return out.array();
    }

    /** The numbers as float64. */
    public static byte[] f64(double... values) {
        ByteBuffer out = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(out::putDouble);
        return out.array();
    }

    /** The numbers as whole numbers of {@code width} bytes. */
    public static byte[] ints(int width, long... values) {
        return join(Arrays.stream(values).mapToObj(v -> little(width, v)).toArray(byte[][]::new));
    }

    /** 0, 1, 2, ... */
    public static double[] counting(int count) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> i);
        return values;
    }

    /** {@code value} in {@code width} bytes, little-endian. */
    public static byte[] little(int width, long value) {
        return Arrays.copyOf(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array(), width);
    }

    /** One after the other. */
    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
