package io.github.latentconvergence.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "the page cache is Linux's")
class PageCacheTest {
    @Test
    void aFileIsDroppedOrItIsSaidThatItCannotBe() throws IOException {
        try (StateTensor states = SeededStates.of(DType.F32, Shape.of(3, 5, 70_000)); TraceFile file = TraceFile.of(states)) {
            PageCache cache = new PageCache();
            file.prepare("warm");
            assertThat(cache.residentShare(file.path())).isGreaterThan(0.9);
            if (Files.getFileStore(file.path()).type().equals("tmpfs")) {
                assertThatThrownBy(() -> file.prepare("cold")).isInstanceOf(IOException.class)
                        .hasMessageContaining("stay in the page cache");
            } else {
                file.prepare("cold");
                assertThat(cache.residentShare(file.path())).isLessThan(0.1);
            }
            assertThat(file.read(ByteBuffer.allocate(1000))).isEqualTo(Files.size(file.path()));
        }
    }

    @Test
    void aTraceFileHoldsItsStates() throws IOException {
        try (StateTensor states = SeededStates.of(DType.BF16, Shape.of(2, 3, 7));
                TraceFile file = TraceFile.of(states);
                Trace trace = TraceFiles.open(file.path())) {
            assertThat(trace.states().shape()).isEqualTo(states.shape());
            assertThat(trace.states().segment().mismatch(states.segment())).isEqualTo(-1);
        }
    }
}
