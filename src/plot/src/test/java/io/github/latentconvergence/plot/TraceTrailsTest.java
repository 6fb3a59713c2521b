package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceFiles;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trajectories of traces: their texts, their mask and whether their first state is there. */
class TraceTrailsTest {
    private static final String NOTE = "(position 0 is the state after iteration 1: s₀ was not recorded)";

    @TempDir
    Path folder;

    /** Four tokens over nine iterations, of which the second is masked; the first state is missing. */
    private Path file() throws IOException {
        StateTensor states = Trails.spirals(9, 4, 5);
        byte[] data = states.segment().toArray(ValueLayout.JAVA_BYTE);
        String header = String.format(Locale.ROOT, "{\"states\":{\"dtype\":\"F32\",\"shape\":[9,4,5],\"data_offsets\":[0,%1$d]},"
                + "\"mask\":{\"dtype\":\"BOOL\",\"shape\":[4],\"data_offsets\":[%1$d,%2$d]},"
                + "\"__metadata__\":{\"tokens\":\"[\\\"a\\\",\\\"b\\\",\\\"c\\\",\\\"d\\\"]\",\"has_s0\":\"false\"}}", data.length,
                data.length + 4);
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + data.length + 4).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json).put(data).put(new byte[] {1, 0, 1, 1});
        return Files.write(folder.resolve("trace.safetensors"), file.array());
    }

    @Test
    void orbitsTakeTextsAndNotesFromTheTrace() throws IOException {
        try (Trace trace = TraceFiles.open(file())) {
            Orbits orbits = Orbits.of(trace, 3, 0);
            assertThat(Trails.strings(orbits.layout())).contains("d", "a", "token 3", NOTE).doesNotContain("c");
            assertThat(Trails.strings(orbits.withTitle("other").withScale(2).layout())).contains("other", NOTE);
            assertThat(orbits.components().getFirst().coordinates(0))
                    .isDeepEqualTo(PrincipalComponents.of(Trails.spirals(9, 4, 5), 3, 6).coordinates(0));
            assertThatThrownBy(() -> Orbits.of(trace, 0, 1)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("token 1 is padding: it is masked");
            assertThatThrownBy(() -> Orbits.of(trace, 4)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("token 4");
        }
    }

    @Test
    void aWaterfallLeavesMaskedTokensOut() throws IOException {
        try (Trace trace = TraceFiles.open(file())) {
            Waterfall waterfall = Waterfall.of(trace);
            assertThat(waterfall.components().tokens()).containsExactly(0, 2, 3);
            assertThat(Trails.strings(waterfall.layout())).contains("a", "c", "d", NOTE).doesNotContain("b");
            assertThat(Waterfall.of(trace, new int[] {3, 2}).components().tokens()).containsExactly(3, 2);
            assertThatThrownBy(() -> Waterfall.of(trace, new int[] {1})).hasMessage("token 1 is padding: it is masked");
        }
    }

    @Test
    void aFigureIsDrawnFromWhatItReadWhenItWasMade() throws IOException {
        StateTensor states = Trails.spirals(9, 4, 5);
        Orbits orbits = Orbits.of(states, new int[] {1}, Matrices.words(4));
        var before = SvgPainter.paint(orbits.layout());
        MemorySegment memory = states.segment();
        memory.fill((byte) 0);
        assertThat(SvgPainter.paint(orbits.layout())).isEqualTo(before);
    }
}
