package io.github.latentconvergence.bench;

import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A temporary safetensors file of some states, in or out of the page cache. */
public final class TraceFile implements AutoCloseable {
    private final Path path;

    private TraceFile(Path path) {
        this.path = path;
    }

    /** Writes contiguous states. */
    public static TraceFile of(StateTensor states) throws IOException {
        Path path = Files.createTempFile("latent-convergence-bench-", ".safetensors");
        path.toFile().deleteOnExit();
        String shape = Arrays.stream(states.shape().toArray()).mapToObj(Long::toString).collect(Collectors.joining(","));
        byte[] header = String.format(Locale.ROOT, "{\"states\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[0,%d]}}", states.dtype(),
                shape, states.segment().byteSize()).getBytes(StandardCharsets.US_ASCII);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, header.length));
            channel.write(ByteBuffer.wrap(header));
            long bytes = states.segment().byteSize();
            for (long at = 0; at < bytes; at += 1 << 24) {
                ByteBuffer part = states.segment().asSlice(at, Math.min(1 << 24, bytes - at)).asByteBuffer();
                while (part.hasRemaining()) {
                    channel.write(part);
                }
            }
        }
        return new TraceFile(path);
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /**
     * Prepares the next reading.
     *
     * @param where {@code warm}: wholly in the page cache; {@code cold}: dropped from it, see {@link PageCache}
     */
    public void prepare(String where) throws IOException {
        switch (where) {
            case "warm" -> read(ByteBuffer.allocateDirect(1 << 20));
            case "cold" -> new PageCache().drop(path);
            default -> throw new IllegalArgumentException("where=" + where + ": expected warm or cold");
        }
    }

    /** Reads all of it into one buffer, again and again, and returns how many bytes that were. */
    public long read(ByteBuffer buffer) throws IOException {
        long bytes = 0;
        try (FileChannel channel = FileChannel.open(path)) {
            for (int read = 0; read >= 0; read = channel.read(buffer.clear())) {
                bytes += read;
            }
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
