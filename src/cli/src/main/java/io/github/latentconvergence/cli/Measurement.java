package io.github.latentconvergence.cli;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import java.io.IOException;
import java.util.List;

/**
 * A measured trace.
 *
 * @param tokens a text for each row of the matrix
 */
record Measurement(ConvergenceMatrix matrix, List<String> tokens) {

    /** Opens, measures and closes. */
    static Measurement of(TraceArguments which, MeasureArguments what, Root root) throws IOException {
        return TraceRun.of(which, what, root,
                (trace, options) -> new Measurement(Convergence.convergenceMatrix(trace, options), trace.tokens()), Measurement::matrix);
    }
}
