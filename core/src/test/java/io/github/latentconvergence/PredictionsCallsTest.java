package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceBytes;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions of traces and of bare logits: what is known of them, what is refused, and how a run ends. */
class PredictionsCallsTest {
    private static final ConvergenceOptions DEFAULTS = ConvergenceOptions.defaults();

    private static TraceBytes trace(String shape) {
        return TraceBytes.safetensors().tensor("states", "F32", shape, TraceBytes.f32(new double[24]));
    }

    @Test
    void aTraceWithoutLogitsPredictsNothing(@TempDir Path folder) throws IOException {
        try (Trace trace = Traces.open(folder, trace("[2,3,4]"))) {
            assertThat(Convergence.predictions(trace, DEFAULTS)).isEmpty();
        }
    }

    @Test
    void maskedTokensAreLeftOut(@TempDir Path folder) throws IOException {
        TraceBytes bytes = trace("[2,3,4]").tensor("logits", "F32", "[2,3,2]", TraceBytes.f32(1, 0, 0, 1, 2, 0, 1, 0, 0, 1, 0, 2))
                .tensor("mask", "U8", "[3]", new byte[] {1, 0, 1});
        try (Trace trace = Traces.open(folder, bytes)) {
            Predictions found = Convergence.predictions(trace, DEFAULTS).orElseThrow();
            assertThat(found.tokens()).isEqualTo(3);
            assertThat(found.iterations()).isEqualTo(2);
            assertThat(found.entropy(1, 1)).isNaN();
            assertThat(found.klFromPrevious(1, 1)).isNaN();
            assertThat(found.klToPrevious(1, 1)).isNaN();
            assertThat(found.argmax(1, 1)).isEqualTo(-1);
            assertThat(found.argmax(0, 1)).isZero();
            assertThat(found.argmax(2, 0)).isZero();
            assertThat(found.argmax(2, 1)).isEqualTo(1);
            assertThat(found.klFromPrevious(0, 0)).isNaN();
            assertThat(found.klFromPrevious(0, 1)).isZero();
            double p = 1 / (1 + Math.exp(-2.0));
            assertThat(found.klFromPrevious(2, 1)).isEqualTo((2 * p - 1) * 2, within(1e-14));
        }
    }

    @Test
    void ofSeveralSequencesOneIsChosen(@TempDir Path folder) throws IOException {
        TraceBytes bytes = trace("[2,2,3,2]").tensor("logits", "F32", "[2,2,3,1]", TraceBytes.f32(new double[12]));
        try (Trace trace = Traces.open(folder, bytes)) {
            assertThatIllegalStateException().isThrownBy(() -> Convergence.predictions(trace, DEFAULTS))
                    .withMessageContaining("choose one with batch(b)");
            assertThat(Convergence.predictions(trace.batch(1), DEFAULTS).orElseThrow().entropy(2, 1)).isZero();
        }
    }

    @Test
    void whatIsNotThreeDimensionalOrClosedIsRefused() {
        StateTensor batches = StateTensor.allocate(DType.F32, Shape.of(2, 1, 3, 4));
        assertThatIllegalStateException().isThrownBy(() -> Convergence.predictions(batches, DEFAULTS));
        assertThatIllegalArgumentException().isThrownBy(() -> {
            try (StateTensor flat = StateTensor.allocate(DType.F32, Shape.of(3, 4))) {
                Convergence.predictions(flat, DEFAULTS);
            }
        }).withMessageContaining("[iterations][tokens][vocabulary]");
        StateTensor chosen = batches.batch(0);
        batches.close();
        assertThatIllegalStateException().isThrownBy(() -> Convergence.predictions(chosen, DEFAULTS)).withMessageContaining("closed");
        assertThatThrownBy(() -> Convergence.predictions(chosen, DEFAULTS.withBackend(Backend.CUDA)))
                .isInstanceOf(BackendUnavailableException.class);
    }

    @Test
    void cellsAreCheckedAndTheirNumbersNamed() {
        try (StateTensor logits = StateTensor.allocate(DType.F32, Shape.of(2, 3, 4))) {
            Predictions found = Convergence.predictions(logits, DEFAULTS);
            assertThat(found).hasToString("Predictions[3 tokens x 2 iterations]");
            assertThatThrownBy(() -> found.entropy(3, 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> found.argmax(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void progressEndsAtOneAndTheLogitsStayOpenMeanwhile() {
        StateTensor logits = StateTensor.allocate(DType.BF16, Shape.of(4, 30, 5));
        List<Double> told = new ArrayList<>();
        Convergence.predictions(logits, DEFAULTS.withProgress(fraction -> {
            told.add(fraction);
            assertThatIllegalStateException().isThrownBy(logits::close);
        }));
        assertThat(told).isSorted().endsWith(1.0);
        logits.close();
        assertThat(logits.isOpen()).isFalse();
    }

    @Test
    void interruptingCancels() {
        StateTensor logits = StateTensor.allocate(DType.F32, Shape.of(4, 30, 5));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Convergence.predictions(logits, DEFAULTS)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        logits.close();
    }
}
