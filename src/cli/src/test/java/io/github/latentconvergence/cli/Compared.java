package io.github.latentconvergence.cli;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.analysis.PathAnalysis;
import io.github.latentconvergence.analysis.TraceComparison;
import io.github.latentconvergence.tensor.DType;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Two compared traces put together by hand. */
final class Compared {
    private Compared() {}

    static ComparedTraces traces() {
        ConvergenceMatrix matrix = ConvergenceMatrix.of(new double[][] {{2, 1, 1e-6}, {1, Double.NaN, Double.POSITIVE_INFINITY}},
                Metric.RELATIVE_L2, Reference.last());
        return new ComparedTraces(new TraceFacts(Path.of("a.safetensors"), 3, 2, 8, DType.F32),
                new TraceFacts(Path.of("b.safetensors"), 3, 2, 8, DType.F32), List.of("a", "\t"),
                new TraceComparison(matrix, matrix, matrix,
                        List.of(new PathAnalysis(0, "a", OptionalDouble.of(0.5), 1e-6, 2e-6, OptionalInt.of(2),
                                PathAnalysis.Verdict.INDEPENDENT),
                                new PathAnalysis(1, "\t", OptionalDouble.empty(), Double.NaN, Double.NaN, OptionalInt.empty(),
                                        PathAnalysis.Verdict.UNRESOLVED)),
                        "Token 0 is independent."));
    }
}
