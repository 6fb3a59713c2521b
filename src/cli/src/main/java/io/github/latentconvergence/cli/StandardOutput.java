package io.github.latentconvergence.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that remembers its first failure, so that a full disk is reported and a reader that went away, as {@code head} does, is not. Writes nothing after it.
 */
final class StandardOutput extends OutputStream {
    private final OutputStream target;
    private @Nullable IOException failure;

    StandardOutput(OutputStream target) {
        this.target = new BufferedOutputStream(target, 1 << 16);
    }

    /** Whether anything that was written is lost, for whatever reason. */
    boolean isBroken() {
        return failure != null;
    }

    /** Whether the other end of the pipe was closed. */
    boolean readerIsGone() {
        return isBroken() && problem().toLowerCase(Locale.ROOT).contains("broken pipe");
    }

    /** What the first failure was. */
    String problem() {
        return failure == null ? "" : String.valueOf(failure.getMessage());
    }

    private interface Action {
        void run() throws IOException;
    }

    private void attempt(Action action) throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            action.run();
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void write(int b) throws IOException {
        attempt(() -> target.write(b));
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        attempt(() -> target.write(bytes, from, length));
    }

    @Override
    public void flush() throws IOException {
        attempt(target::flush);
    }
}
