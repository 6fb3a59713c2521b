package io.github.latentconvergence.cli;

import io.github.latentconvergence.analysis.ExitReplay;
import io.github.latentconvergence.analysis.ExitRule;
import io.github.latentconvergence.analysis.ExitSignals;
import io.github.latentconvergence.analysis.Reduction;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What exit rules would do at other thresholds. */
final class ExitSweep {
    private static final int LEAST_POWER = -5;
    private static final int MOST_STEPS = 20;

    private ExitSweep() {}

    /** One rule at one threshold. */
    record Line(ExitRule rule, double threshold, Reduction reduction, double meanExit, long never, double worstRemaining) {
        static Line of(ExitReplay replay) {
            return new Line(replay.rule(), replay.threshold(), replay.reduction(), replay.meanExit(), replay.never(),
                    replay.worstRemaining());
        }
    }

    /** All rules that the trace has the data for, at all their thresholds, in both reductions. */
    static List<Line> of(ExitSignals signals) {
        return signals.rules().stream()
                .flatMap(rule -> thresholds(rule).boxed()
                        .flatMap(threshold -> Stream.of(Reduction.values())
                                .map(reduction -> Line.of(signals.replay(rule, threshold, reduction)))))
                .toList();
    }

    /** 1, 2 and 5 in every decade from 1e-5 to 1; for a rule that counts steps, 1 to 20 of them. */
    static DoubleStream thresholds(ExitRule rule) {
        if (rule == ExitRule.ARGMAX_STABILITY) {
            return IntStream.rangeClosed(1, MOST_STEPS).asDoubleStream();
        }
        // Read from text, so that each is the number that people write.
        return IntStream.rangeClosed(LEAST_POWER, 0).boxed().flatMap(power -> Stream.of("1e", "2e", "5e").map(digit -> digit + power))
                .mapToDouble(Double::parseDouble).filter(threshold -> threshold <= 1);
    }

    static void write(List<Line> lines, OutputStream out) throws IOException {
        CsvLines csv = new CsvLines(out);
        csv.line(List.of("rule", "threshold", "reduction", "mean_exit", "never", "worst_remaining"));
        for (Line line : lines) {
            csv.line(List.of(line.rule.label(), Double.toString(line.threshold), line.reduction.label(), Double.toString(line.meanExit),
                    Long.toString(line.never), Double.toString(line.worstRemaining)));
        }
    }
}
