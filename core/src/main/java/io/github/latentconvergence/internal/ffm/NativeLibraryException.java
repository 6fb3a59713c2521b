package io.github.latentconvergence.internal.ffm;

import org.jspecify.annotations.Nullable;

/** The native library is there and wrong: its digest, its version or its functions are not what this build expects. */
public final class NativeLibraryException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    NativeLibraryException(String message) {
        super(message);
    }

    NativeLibraryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
