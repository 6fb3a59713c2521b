package io.github.latentconvergence.bench.results;

/** A run says something that cannot be. */
final class UnsoundRunException extends Exception {
    private static final long serialVersionUID = 1;

    UnsoundRunException(String message) {
        super(message);
    }
}
