package io.github.latentconvergence.cli;

import java.io.PrintStream;
import java.io.PrintWriter;

/**
 * The streams of one run.
 *
 * @param out standard output, for bytes
 * @param text standard output, for people; UTF-8
 * @param err standard error; flushed at every line
 */
record Console(StandardOutput out, PrintWriter text, PrintStream err) {
    /** One line on standard error, in the form that scripts look for. */
    void complain(String message) {
        err.println("latent-convergence: " + Texts.oneLine(message));
    }

    /** One line on standard error that is not about a failure. */
    void remark(String message) {
        err.println(Texts.oneLine(message));
    }
}
