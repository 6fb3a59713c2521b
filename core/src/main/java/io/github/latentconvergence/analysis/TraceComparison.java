package io.github.latentconvergence.analysis;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.io.Trace;
import java.util.List;

public record TraceComparison(ConvergenceMatrix matrix, List<PathAnalysis> tokens, String text) {
    public static TraceComparison of(Trace a, Trace b, AnalysisOptions options) {
        throw new UnsupportedOperationException();
    }
}
