package io.github.latentconvergence.bench;

/** Words on the command line that cannot be understood; the message says what was found and what is expected. */
final class WrongUsage extends Exception {
    private static final long serialVersionUID = 1;

    WrongUsage(String message) {
        super(message);
    }
}
