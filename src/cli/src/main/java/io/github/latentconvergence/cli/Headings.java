package io.github.latentconvergence.cli;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.Normalization;
import java.util.stream.IntStream;

/** What stands above results. */
final class Headings {
    private Headings() {}

    /** Name and size of a trace. */
    static Paragraph trace(TraceFacts trace) {
        return new Paragraph().whole(trace.path() + ":").text(trace.size() + ";");
    }

    /** How many of the rows of a matrix are padding, if there are any. */
    static String masked(ConvergenceMatrix matrix) {
        long masked = IntStream.range(0, matrix.tokens()).filter(matrix::isMasked).count();
        return masked == 0 ? "" : "; " + masked + " masked token(s) left out";
    }

    /** What was measured, with what, and how many distances are no numbers. */
    static String measured(ConvergenceMatrix matrix) {
        return measured(matrix, matrix.metric().label() + " to " + matrix.reference().label());
    }

    static String measured(ConvergenceMatrix matrix, String what) {
        String normalized = matrix.normalization().equals(Normalization.none()) ? "" : " of " + matrix.normalization().label() + " states";
        return what + normalized + ", computed with " + matrix.computedBy()
                + (matrix.nonFinite() == 0 ? "" : ", " + matrix.nonFinite() + " distance(s) not finite");
    }
}
