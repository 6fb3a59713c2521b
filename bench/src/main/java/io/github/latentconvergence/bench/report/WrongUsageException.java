package io.github.latentconvergence.bench.report;

/** The words of a command are not what it takes. */
final class WrongUsageException extends Exception {
    private static final long serialVersionUID = 1;

    WrongUsageException(String message) {
        super(message);
    }
}
