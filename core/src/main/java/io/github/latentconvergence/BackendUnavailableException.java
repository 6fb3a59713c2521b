package io.github.latentconvergence;

import org.jspecify.annotations.Nullable;

/** A backend or tier that was asked for by name is not to be had here. The message says why, on one line. */
public final class BackendUnavailableException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    BackendUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
