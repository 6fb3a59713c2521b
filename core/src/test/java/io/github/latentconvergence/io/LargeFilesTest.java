package io.github.latentconvergence.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files larger than any heap, mostly holes: they take no space on disk. */
class LargeFilesTest {
    private static final long HIDDEN = 5280;
    private static final long TOKENS = 4096;

    @TempDir
    Path folder;

    /** A sparse file of these states, all zeros so far; the offset of the data is the header's length. */
    private Path sparse(long iterations) throws IOException {
        long bytes = iterations * TOKENS * HIDDEN * 2;
        String header = "{\"states\":{\"dtype\":\"BF16\",\"shape\":[" + iterations + "," + TOKENS + "," + HIDDEN + "],\"data_offsets\":[0,"
                + bytes + "]}}";
        Path file = TestFiles.write(folder, "large.safetensors", TraceBytes.safetensors(header));
        try {
            write(file, 8 + header.length() + bytes - 1, (byte) 0);
        } catch (IOException refused) {
            Assumptions.abort("skipped: the file system refuses a sparse file of " + bytes + " bytes: " + refused.getMessage());
        }
        return file;
    }

    private static void write(Path file, long at, byte... bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), at);
        }
    }

    @Test
    void statesBeyondFourGibibytesAreTheRightOnes() throws IOException {
        long iterations = 129;
        Path file = sparse(iterations);
        long data = Files.size(file) - iterations * TOKENS * HIDDEN * 2;
        long[][] places = {{0, 0, 0}, {49, 2651, 1319}, {50, 0, 1}, {99, 4095, 5279}, {128, 4095, 5279}};
        for (int i = 0; i < places.length; i++) {
            long element = (places[i][0] * TOKENS + places[i][1]) * HIDDEN + places[i][2];
            write(file, data + 2 * element, TraceBytes.bf16(i + 1));
        }
        try (Trace trace = TraceFiles.open(file)) {
            assertThat(trace.states().segment().byteSize()).isGreaterThan(5L << 30);
            for (int i = 0; i < places.length; i++) {
                assertThat(trace.states().get(places[i][0], places[i][1], places[i][2])).isEqualTo(i + 1);
            }
            assertThat(trace.states().get(128, 4095, 5278)).isZero();
        }
    }

    @Test
    void aNumberBeyondFourGibibytesIsTheRightOneInAnArray() throws IOException {
        byte[] header = TraceBytes.npy("<f2", "(129, 4096, 5280)");
        Path file = TestFiles.write(folder, "large.npy", header);
        long bytes = 129 * TOKENS * HIDDEN * 2;
        try {
            write(file, header.length + bytes - 2, TraceBytes.f16(7));
        } catch (IOException refused) {
            Assumptions.abort("skipped: the file system refuses a sparse file of " + bytes + " bytes: " + refused.getMessage());
        }
        try (Trace trace = TraceFiles.open(file)) {
            assertThat(trace.states().shape()).isEqualTo(Shape.of(129, 4096, 5280));
            assertThat(trace.states().dtype()).isEqualTo(DType.F16);
            assertThat(trace.states().get(128, 4095, 5279)).isEqualTo(7);
        }
    }

    /** In a process of its own, because the heap of this one is large. */
    @Test
    void aHundredGigabytesOpenWithASmallHeap() throws IOException, InterruptedException {
        Path file = sparse(2400);
        assertThat(Files.size(file)).isGreaterThan(100_000_000_000L);
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx16m", "-cp",
                System.getProperty("java.class.path"), Opening.class.getName(), file.toString()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output).startsWith("StateTensor[2400][4096][5280] bf16, last 0.0, milliseconds ");
        assertThat(Long.parseLong(output.strip().replaceAll(".* ", ""))).as("milliseconds to open, class loading included")
                .isLessThan(2000);
    }

    /** Opens one trace. */
    static final class Opening {
        private Opening() {}

        public static void main(String[] args) throws IOException {
            long start = System.nanoTime();
            try (Trace trace = TraceFiles.open(Path.of(args[0]))) {
                long milliseconds = (System.nanoTime() - start) / 1_000_000;
                System.out.println(trace.states() + ", last " + trace.states().get(2399, 4095, 5279) + ", milliseconds " + milliseconds);
            }
        }
    }
}
