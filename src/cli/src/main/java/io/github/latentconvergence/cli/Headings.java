package io.github.latentconvergence.cli;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.Normalization;

/** What stands above results. */
final class Headings {
    private Headings() {}

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
