package io.github.latentconvergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When the progress bar shows. */
class ProgressDisplayTest {
    private static String shown(boolean terminal, long milliseconds, double... fractions) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        AtomicLong clock = new AtomicLong();
        try (ProgressDisplay display = new ProgressDisplay(new PrintStream(err, true, StandardCharsets.UTF_8), () -> terminal,
                clock::get)) {
            clock.set(TimeUnit.MILLISECONDS.toNanos(milliseconds));
            for (double fraction : fractions) {
                display.accept(fraction);
            }
        }
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void barAfterASecondOnATerminal() {
        assertThat(shown(true, 1001, 0.5, 1)).contains("measuring", "100%");
    }

    @Test
    void nothingBeforeASecond() {
        assertThat(shown(true, 999, 0.5, 1)).isEmpty();
    }

    @Test
    void nothingWhereNobodyLooks() {
        assertThat(shown(false, 60_000, 0.1, 0.5, 1)).isEmpty();
    }

    @Test
    void nothingForWorkThatIsDone() {
        assertThat(shown(true, 1500, 1)).isEmpty();
    }
}
