package io.github.latentconvergence.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error, which appears only when the work takes over a second and somebody looks at a terminal. */
final class ProgressDisplay implements DoubleConsumer, AutoCloseable {
    private static final long PATIENCE_NANOS = 1_000_000_000;
    private static final long STEPS = 1000;
    /** A terminal is nearly always this wide; asking for the width would load a terminal library. */
    private static final int WIDTH = 79;

    private final PrintStream err;
    private final BooleanSupplier watched;
    private final LongSupplier clock;
    private final long start;
    private boolean decided;
    private @Nullable ProgressBar bar;

    ProgressDisplay(PrintStream err) {
        this(err, ProgressDisplay::standardErrorIsTerminal, System::nanoTime);
    }

    ProgressDisplay(PrintStream err, BooleanSupplier watched, LongSupplier clock) {
        this.err = err;
        this.watched = watched;
        this.clock = clock;
        this.start = clock.getAsLong();
    }

    @Override
    public void accept(double fraction) {
        // Work that is done needs no bar.
        if (!decided && fraction < 1 && clock.getAsLong() - start > PATIENCE_NANOS) {
            decided = true;
            bar = watched.getAsBoolean() ? newBar() : null;
        }
        if (bar != null) {
            bar.stepTo(Math.round(fraction * STEPS));
        }
    }

    private ProgressBar newBar() {
        return new ProgressBarBuilder().setTaskName("measuring").setInitialMax(STEPS).setUnit(" %", STEPS / 100)
                .setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(200).setMaxRenderedLength(WIDTH)
                .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH)).build();
    }

    /** {@code System.console()} asks about standard input and output, which may well be redirected while errors are seen. */
    private static boolean standardErrorIsTerminal() {
        try {
            String stream = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return stream.startsWith("/dev/pts/") || stream.startsWith("/dev/tty") || stream.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException notLinux) {
            return Objects.requireNonNull(System.console()).isTerminal();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
