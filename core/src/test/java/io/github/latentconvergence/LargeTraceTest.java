package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceBytes;
import io.github.latentconvergence.io.TraceFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trace of more than 5 GiB, twenty times the heap, with numbers beyond 2 and 4 GiB that every distance must see. The file is sparse: it takes no room on disk. */
class LargeTraceTest {
    private static final int ITERATIONS = 129;
    private static final int TOKENS = 4096;
    private static final int HIDDEN = 5280;
    private static final long BYTES = (long) ITERATIONS * TOKENS * HIDDEN * 2;

    @Test
    void numbersBeyondFourGibibytesAreMeasuredWithASmallHeap(@TempDir Path folder) throws IOException, InterruptedException {
        Path file = sparse(folder);
        ChildJvm.Outcome outcome = new ChildJvm(folder).with("-Xmx256m", "--enable-native-access=ALL-UNNAMED").run(Program.class,
                file.toString());
        assertThat(outcome.status()).as(outcome.output()).isZero();
        System.out.print("large trace: " + outcome.output());
        assertThat(outcome.output()).startsWith("all cells right");
    }

    private static Path sparse(Path folder) throws IOException {
        String header = "{\"states\":{\"dtype\":\"BF16\",\"shape\":[" + ITERATIONS + "," + TOKENS + "," + HIDDEN + "],\"data_offsets\":[0,"
                + BYTES
                + "]}}";
        byte[] start = TraceBytes.safetensors(header);
        Path file = folder.resolve("large.safetensors");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE)) {
            long before = Files.getFileStore(folder).getUnallocatedSpace();
            channel.write(ByteBuffer.wrap(start), 0);
            write(channel, start.length + BYTES - 2, 0);
            long taken = before - Files.getFileStore(folder).getUnallocatedSpace();
            Assumptions.assumeTrue(taken < BYTES / 4, () -> "skipped: the file system makes no sparse files: it took " + taken + " bytes");
            for (int[] place : Program.PLACES) {
                long element = ((long) place[0] * TOKENS + place[1]) * HIDDEN + place[2];
                write(channel, start.length + 2 * element, place[3]);
            }
        } catch (IOException refused) {
            Assumptions.abort("skipped: the file system refuses a sparse file of " + BYTES + " bytes: " + refused.getMessage());
        }
        return file;
    }

    private static void write(FileChannel channel, long at, int value) throws IOException {
        channel.write(ByteBuffer.wrap(TraceBytes.bf16(value)), at);
    }

    /** Measures the trace and checks every cell. */
    static final class Program {
        /** Iteration, token, component, number. The first lies below 2 GiB, the next two below 4, the others above. */
        static final int[][] PLACES = {{3, 5, 0, 7}, {60, 100, 17, 3}, {60, 100, 5279, 4}, {110, 4095, 2640, 12}, {110, 4095, 511, 5},
            {128, 9, 512, 2}};

        private Program() {}

        public static void main(String[] args) throws IOException {
            long start = System.nanoTime();
            try (Trace trace = TraceFiles.open(Path.of(args[0]))) {
                ConvergenceMatrix matrix = Convergence.convergenceMatrix(trace, ConvergenceOptions.defaults());
                int wrong = 0;
                for (int i = 0; i < TOKENS; i++) {
                    for (int t = 0; t < ITERATIONS; t++) {
                        wrong += matrix.distance(i, t) == expected(i, t) ? 0 : 1;
                    }
                }
                System.out.println((wrong == 0 ? "all cells right" : wrong + " cells wrong") + ", " + matrix.computedBy() + ", "
                        + trace.states().segment().byteSize() + " bytes in " + (System.nanoTime() - start) / 1_000_000
                        + " ms with a heap of "
                        + Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB");
            }
        }

        private static double expected(int i, int t) {
            if (i == 9 && t < 128) {
                return 2;
            }
            return i == 5 && t == 3 ? 7 : i == 100 && t == 60 ? 5 : i == 4095 && t == 110 ? 13 : 0;
        }
    }
}
