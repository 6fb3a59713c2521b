package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.internal.ffm.NativeLibrary;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the profile sanitize rests on: the library under AddressSanitizer is the one that is loaded, and it would report a kernel that reads beside a row.
 */
class SanitizedTest {
    /** Not whole steps of 16, but whole words in every type: the JVM rounds what it allocates up to these. */
    private static final int HIDDEN = 36;

    @Test
    void theLibraryIsSanitizedWhereTheBuildSaysSo() throws NativeLibrary.UnavailableException {
        String description = NativeLibrary.get().description();
        assertThat(description.contains("+asan")).as(description).isEqualTo(Boolean.getBoolean("latentconvergence.sanitized"));
    }

    @Tag("sanitized")
    @ParameterizedTest
    @EnumSource(DType.class)
    void readingOneElementTooFarIsReported(DType dtype, @TempDir Path folder) throws IOException, InterruptedException {
        ChildJvm.Outcome outcome = child(folder).run(TooFar.class, dtype.name(), "1");
        assertThat(outcome.output()).contains("about to read", "AddressSanitizer: heap-buffer-overflow", "READ of size")
                .doesNotContain("survived");
        assertThat(outcome.status()).isNotZero();
    }

    @Tag("sanitized")
    @ParameterizedTest
    @EnumSource(DType.class)
    void readingToTheEndIsNot(DType dtype, @TempDir Path folder) throws IOException, InterruptedException {
        ChildJvm.Outcome outcome = child(folder).run(TooFar.class, dtype.name(), "0");
        assertThat(outcome.output()).contains("survived").doesNotContain("AddressSanitizer");
        assertThat(outcome.status()).isZero();
    }

    private static ChildJvm child(Path folder) {
        return new ChildJvm(folder).with("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC");
    }

    /** Claims that rows are some elements longer than they are. */
    static final class TooFar {
        private TooFar() {}

        @SuppressWarnings("restricted") // to lie about its size
        public static void main(String[] args) {
            DType dtype = DType.valueOf(args[0]);
            int hidden = HIDDEN + Integer.parseInt(args[1]);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment row = arena.allocate((long) HIDDEN * dtype.bytes()).reinterpret((long) hidden * dtype.bytes());
                System.out.println("about to read");
                Convergence.convergenceMatrix(StateTensor.of(row, dtype, Shape.of(1, 1, hidden)),
                        ConvergenceOptions.defaults().withBackend(Backend.CPU));
                System.out.println("survived");
            }
        }
    }
}
