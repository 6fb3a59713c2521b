package io.github.latentconvergence.cli;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.AnalysisOptions;
import io.github.latentconvergence.analysis.ArithmeticFloor;
import io.github.latentconvergence.analysis.Band;
import io.github.latentconvergence.analysis.Contraction;
import io.github.latentconvergence.analysis.ConvergenceSteps;
import io.github.latentconvergence.analysis.Gradient;
import io.github.latentconvergence.analysis.Segment;
import io.github.latentconvergence.analysis.Slowness;
import io.github.latentconvergence.analysis.StepRule;
import io.github.latentconvergence.analysis.Summary;
import io.github.latentconvergence.analysis.Threshold;
import io.github.latentconvergence.analysis.TokenAnalysis;
import io.github.latentconvergence.analysis.Trajectory;
import io.github.latentconvergence.analysis.Word;
import io.github.latentconvergence.tensor.DType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** An analysis put together by hand: five rows, of which row 2 is padding. */
final class Analyses {
    static final TraceFacts FACTS = new TraceFacts(Path.of("some folder", "trace.safetensors"), 33, 5, 256, DType.BF16);

    /** It settled. */
    static final TokenAnalysis SETTLED = new TokenAnalysis(0, "<s>",
            new ConvergenceSteps(OptionalInt.of(7), false, OptionalInt.of(7), OptionalInt.of(6), OptionalInt.of(8)),
            new Contraction(OptionalDouble.of(0.5), OptionalDouble.of(1), OptionalDouble.empty()),
            new ArithmeticFloor(OptionalDouble.of(1.25e-6), OptionalInt.of(21), OptionalDouble.of(2e-6)),
            new Slowness(-3.5, -0.75, -4.25), true, false,
            new Trajectory(Trajectory.Shape.SETTLING, OptionalInt.empty(),
                    new Trajectory.Evidence(16, 1e-6, -0.001, 0.01, 0.25, Double.NaN, Double.NaN, 0)));

    /** It goes round. */
    static final TokenAnalysis ORBITING = new TokenAnalysis(1, "a,b \"c\"",
            new ConvergenceSteps(OptionalInt.empty(), false, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()),
            new Contraction(OptionalDouble.of(1.25), OptionalDouble.empty(), OptionalDouble.empty()),
            new ArithmeticFloor(OptionalDouble.empty(), OptionalInt.empty(), OptionalDouble.empty()),
            new Slowness(0.5, 3.25, Double.POSITIVE_INFINITY), false, true,
            new Trajectory(Trajectory.Shape.ORBITING, OptionalInt.of(12),
                    new Trajectory.Evidence(16, 0.875, 0.001, 0.01, 0.125, 0.96875, 0.5, 12)));

    /** Its states are no numbers. */
    static final TokenAnalysis BROKEN = new TokenAnalysis(3, "x\r\n\u001b[31my",
            new ConvergenceSteps(OptionalInt.empty(), false, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()),
            new Contraction(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty()),
            new ArithmeticFloor(OptionalDouble.empty(), OptionalInt.empty(), OptionalDouble.empty()),
            new Slowness(Double.NaN, Double.NaN, Double.NaN), false, true,
            new Trajectory(Trajectory.Shape.UNRESOLVED, OptionalInt.empty(),
                    new Trajectory.Evidence(16, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0)));

    /** It is still on its way, and converges late. */
    static final TokenAnalysis CONTRACTING = new TokenAnalysis(4, " word",
            new ConvergenceSteps(OptionalInt.of(31), true, OptionalInt.of(31), OptionalInt.of(30), OptionalInt.empty()),
            new Contraction(OptionalDouble.of(0.9375), OptionalDouble.of(10.75), OptionalDouble.of(0.03125)),
            new ArithmeticFloor(OptionalDouble.empty(), OptionalInt.empty(), OptionalDouble.empty()),
            new Slowness(-1.5, 0.5, Double.NEGATIVE_INFINITY), false, false,
            new Trajectory(Trajectory.Shape.DRIFTING, OptionalInt.empty(),
                    new Trajectory.Evidence(16, 0.25, -0.0625, 0.01, 0.9375, 0.25, 0.125, 3)));

    static final AnalysisOptions OPTIONS = AnalysisOptions.defaults()
            .withMeasure(ConvergenceOptions.defaults().withMetric(Metric.RMS).withReference(Reference.iteration(30)))
            .withThreshold(new Threshold(Threshold.Kind.OF_START, 0.01)).withRule(StepRule.consecutive(3));

    private Analyses() {}

    static ConvergenceMatrix matrix() {
        return ConvergenceMatrix.of(new double[][] {{1, 0.5}, {1, 1}, {7, 7}, {Double.NaN, Double.POSITIVE_INFINITY}, {1, 0.9}},
                new boolean[] {false, false, true, false, false}, Metric.RMS, Reference.iteration(30), Optional.empty());
    }

    static Analysis analysis() {
        return new Analysis(OPTIONS, matrix(), matrix(), List.of(SETTLED, ORBITING, BROKEN, CONTRACTING),
                List.of(new Word(0, 0, "<s>"), new Word(3, 4, "broken word")),
                List.of(new Band(1, 1, List.of("a,b \"c\""), Double.POSITIVE_INFINITY, 3.25)),
                List.of(new Band(0, 0, List.of("<s>"), -4.25, -0.75)),
                List.of(new Segment(1, 1, List.of("a,b \"c\""), OptionalDouble.empty(), OptionalDouble.of(1.25), OptionalInt.of(1)),
                        new Segment(3, 4, List.of("x\r\n\u001b[31my", " word"), OptionalDouble.of(31.5), OptionalDouble.empty(),
                                OptionalInt.empty())),
                new Gradient(-0.875, Double.NaN, 2.5),
                new Summary(OptionalDouble.of(31), 2, 2, 1, 1, OptionalDouble.of(1.25e-6),
                        "Two of 4 tokens converged; row 3 is no number."));
    }
}
