package io.github.latentconvergence.plot;

import java.util.concurrent.CancellationException;
import java.util.function.DoubleConsumer;

/** Tells how far projecting has come, at most 10 times a second and never less than before, and sees an interrupt. For one thread. */
final class PassProgress implements DoubleConsumer {
    private static final long NANOS_BETWEEN_REPORTS = 100_000_000;
    /** How many passes are taken to be needed until the first have been made. */
    private static final double PASSES = 12;

    private final DoubleConsumer listener;
    private long last = System.nanoTime();
    private double told;
    private int passes;
    private double expected = PASSES;

    PassProgress(DoubleConsumer listener) {
        this.listener = listener;
    }

    /** So many passes have brought the work so far, 0 to 1. */
    void passed(int done, double share) {
        passes = done;
        expected = share > 0.1 ? done / share : PASSES;
    }

    /** A share of the next pass is done. */
    @Override
    public void accept(double ofPass) {
        tell((passes + ofPass) / Math.max(expected, passes + 1.5));
    }

    /**
     * A share of all is done.
     *
     * @throws CancellationException if the thread is interrupted; it stays so
     */
    void tell(double share) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("projecting was interrupted");
        }
        long now = System.nanoTime();
        if (share > told && now - last >= NANOS_BETWEEN_REPORTS) {
            last = now;
            told = share;
            listener.accept(share);
        }
    }

    /** All is done. */
    void end() {
        listener.accept(1);
    }
}
