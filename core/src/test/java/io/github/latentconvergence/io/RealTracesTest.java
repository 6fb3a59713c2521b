package io.github.latentconvergence.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RealTracesTest {
    @Test
    void aTraceOfARecurrentModelOpensWithEverythingBesideIt() throws IOException {
        try (Trace trace = TraceFiles.open(TestFiles.resource("traces/settling-seed0.safetensors"))) {
            assertThat(trace.states().shape()).isEqualTo(Shape.of(33, 38, 256));
            assertThat(trace.states().dtype()).isEqualTo(DType.F32);
            assertThat(trace.hasS0()).contains(true);
            assertThat(trace.normalized()).contains(false);
            assertThat(trace.referenceNormalized()).isEmpty();
            assertThat(trace.reference()).isEmpty();
            assertThat(trace.logits()).isEmpty();
            assertThat(trace.mask()).isEmpty();
            assertThat(trace.hasTokenTexts()).isTrue();
            assertThat(trace.tokens()).hasSize(38).startsWith("<|begin_text|>", "The", " old").endsWith(".", "<|end_turn|>");
            assertThat(Arrays.stream(trace.tokenIds().orElseThrow()).boxed()).hasSize(38).allMatch(id -> id >= 0 && id < 100_000);
            assertThat(Arrays.stream(trace.normWeight().orElseThrow()).boxed()).hasSize(256).allMatch(w -> w > 0 && w < 10);
            assertThat(trace.metadata()).containsEntry("model", "tiny-recurrent (4.3 M parameters, m.pt), seed 0");
            // It settles: the last step of the first token is small against its first.
            assertThat(step(trace.states(), 32)).isLessThan(1e-3 * step(trace.states(), 1));
        }
    }

    @Test
    void aBfloat16TraceOpens() throws IOException {
        try (Trace trace = TraceFiles.open(TestFiles.resource("traces/settling-ships.safetensors"))) {
            assertThat(trace.states().shape()).isEqualTo(Shape.of(33, 31, 256));
            assertThat(trace.states().dtype()).isEqualTo(DType.BF16);
            assertThat(trace.tokens()).hasSize(31).contains(" ships");
            assertThat(step(trace.states(), 32)).isLessThan(step(trace.states(), 1));
        }
    }

    @Test
    void aReferenceOfAnotherTypeLiesBesideTheStates() throws IOException {
        try (Trace trace = TraceFiles.open(TestFiles.resource("traces/figure-like.safetensors"))) {
            StateTensor reference = trace.reference().orElseThrow();
            assertThat(trace.states().shape()).isEqualTo(Shape.of(65, 29, 320));
            assertThat(reference.shape()).isEqualTo(Shape.of(29, 320));
            assertThat(reference.dtype()).isEqualTo(DType.F32);
            assertThat(trace.normalized()).contains(true);
            assertThat(trace.tokens().get(17)).isEqualTo(" really");
            double last = 0;
            for (int d = 0; d < 320; d++) {
                last += Math.abs(trace.states().get(64, 0, d) - reference.get(0, 0, d));
            }
            assertThat(last / 320).as("mean distance of the last state to the reference").isLessThan(0.1);
        }
    }

    @Test
    void closingGivesTheFileAndEveryTensorBack() throws IOException {
        Path file = TestFiles.resource("traces/figure-like.safetensors");
        Trace trace = TraceFiles.open(file);
        StateTensor reference = trace.reference().orElseThrow();
        assertThat(TestFiles.mappings().isEmpty() || TestFiles.mappings().contains(file.toString())).isTrue();
        trace.close();
        trace.close();
        assertThatThrownBy(() -> trace.states().get(0, 0, 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> reference.get(0, 0, 0)).isInstanceOf(IllegalStateException.class);
        TestFiles.assertUnmapped(file);
    }

    @Test
    void huginnOpens() throws IOException {
        Path file = TestFiles.shared("huginn-0125/trace.safetensors");
        try (Trace trace = TraceFiles.open(file)) {
            assertThat(trace.states().shape()).isEqualTo(Shape.of(64, 6, 5280));
            assertThat(trace.states().dtype()).isEqualTo(DType.BF16);
            assertThat(trace.hasS0()).contains(false);
            assertThat(trace.tokens()).contains("local_n48_ns64_init0");
        }
    }

    @Test
    void huginnsPublishedArrayIsOneTokenAndTheSameNumbers() throws IOException {
        Path published = TestFiles.shared("huginn-0125/local_n48_ns64_init0.npy");
        Path stacked = TestFiles.shared("huginn-0125/trace.safetensors");
        try (Trace one = TraceFiles.open(published); Trace six = TraceFiles.open(stacked)) {
            assertThat(one.states().shape()).isEqualTo(Shape.of(64, 1, 5280));
            assertThat(one.states().dtype()).isEqualTo(DType.F32);
            assertThat(one.hasS0()).isEmpty();
            assertThat(one.hasTokenTexts()).isFalse();
            assertThat(one.tokens()).containsExactly("0");
            int token = six.tokens().indexOf("local_n48_ns64_init0");
            for (int t = 0; t < 64; t++) {
                for (int d = 0; d < 5280; d += 11) {
                    assertThat(one.states().get(t, 0, d)).isEqualTo(six.states().get(t, token, d));
                }
            }
        }
    }

    private static double step(StateTensor states, long t) {
        double sum = 0;
        for (long d = 0; d < states.hidden(); d++) {
            double difference = states.get(t, 1, d) - states.get(t - 1, 1, d);
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }
}
