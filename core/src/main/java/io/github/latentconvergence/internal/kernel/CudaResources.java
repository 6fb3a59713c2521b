package io.github.latentconvergence.internal.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Things that are closed together, the last one first, all of them even where closing one fails. */
final class CudaResources implements AutoCloseable {
    private final Deque<Runnable> open = new ArrayDeque<>();

    <T> T add(T resource, Consumer<T> close) {
        open.push(() -> close.accept(resource));
        return resource;
    }

    /** Closes after a failure, which it returns. */
    RuntimeException closedAfter(Throwable failure) {
        return closedAfter(this::close, failure);
    }

    /** Closes something after a failure, which it returns, or throws where it is an error; what fails in closing is {@linkplain Throwable#addSuppressed suppressed}. */
    static RuntimeException closedAfter(Runnable close, Throwable failure) {
        try {
            close.run();
        } catch (RuntimeException another) {
            failure.addSuppressed(another);
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }

    @Override
    public void close() {
        @Nullable
        RuntimeException failure = null;
        while (!open.isEmpty()) {
            try {
                open.pop().run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
