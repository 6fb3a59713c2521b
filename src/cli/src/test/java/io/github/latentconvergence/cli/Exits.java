package io.github.latentconvergence.cli;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.analysis.ExitReplay;
import io.github.latentconvergence.analysis.ExitRule;
import io.github.latentconvergence.analysis.Reduction;
import io.github.latentconvergence.tensor.DType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Replayed exit rules put together by hand: four rows, of which row 2 is padding. */
final class Exits {
    private Exits() {}

    static ExitReport report() {
        List<ExitReplay> replays = List.of(
                new ExitReplay(ExitRule.LATENT_DIFF, 0.03, Reduction.TOKEN,
                        List.of(new ExitReplay.TokenExit(0, OptionalInt.of(4), 0.125), new ExitReplay.TokenExit(1, OptionalInt.of(5), 0),
                                new ExitReplay.TokenExit(3, OptionalInt.empty(), 0.25)),
                        6.5, 0.25),
                new ExitReplay(ExitRule.LATENT_DIFF, 0.03, Reduction.SEQUENCE,
                        List.of(new ExitReplay.TokenExit(0, OptionalInt.of(4), Double.NaN),
                                new ExitReplay.TokenExit(1, OptionalInt.of(4), Double.POSITIVE_INFINITY)),
                        4, Double.NaN));
        return new ExitReport(new TraceFacts(Path.of("trace.npy"), 9, 4, 8, DType.F32), List.of("a\n", "b", "c", "d"),
                ConvergenceMatrix.of(new double[][] {{1}, {1}, {1}, {1}}, new boolean[] {false, false, true, false}, Metric.L2,
                        Reference.last(), Optional.empty()),
                replays,
                List.of(new ExitReport.Hidden(ExitChoice.usual(ExitRule.LATENT_DIFF), List.of(1, 3)),
                        new ExitReport.Hidden(ExitChoice.usual(ExitRule.COSINE), List.of())),
                List.of(ExitRule.KL, ExitRule.KL_REVERSE), replays.stream().map(ExitSweep.Line::of).toList());
    }
}
