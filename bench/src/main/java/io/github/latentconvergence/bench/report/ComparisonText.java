package io.github.latentconvergence.bench.report;

import io.github.latentconvergence.bench.results.Difference;
import io.github.latentconvergence.bench.results.ResultKey;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Two runs side by side, for people. */
final class ComparisonText {
    /** What one expects to differ when two commits are compared. */
    private static final Set<String> SOURCES = Set.of("commit", "dirty");

    private ComparisonText() {}

    static void print(ComparedRuns compared, PrintStream out) {
        for (Difference d : compared.environments()) {
            out.println((SOURCES.contains(d.name()) ? "" : "caution: not the same ") + d.name() + ": A " + d.a() + ", B " + d.b());
        }
        if (compared.environments().stream().anyMatch(d -> !SOURCES.contains(d.name()))) {
            out.println("caution: runs of different machines or settings say nothing of the sources alone");
        }
        int width = compared.comparisons().stream().mapToInt(c -> c.key().toString().length()).max().orElse(0);
        String format = "%-" + Math.max(width, 9) + "s  %-20s  %-20s  %s%n";
        out.printf(Locale.ROOT, "%n" + format, "benchmark", "time, B / A", "share, B / A", "B is");
        for (Comparison c : compared.comparisons()) {
            out.printf(Locale.ROOT, format, c.key(), interval(c.time()), interval(c.share()), c.verdict() + remark(c));
        }
        missing("A", compared.onlyInA(), out);
        missing("B", compared.onlyInB(), out);
        out.println();
        out.println(Stream.of(Verdict.values()).map(v -> compared.count(v) + " " + v).collect(Collectors.joining(", ")));
        explain(compared, out);
    }

    private static void explain(ComparedRuns compared, PrintStream out) {
        String margin = Text.number(compared.sameWithin() * 100);
        out.println(
                """
                        In brackets: 95 % confidence intervals of the ratio (Student's t on logarithms). The verdict is by the share of the read roofline where both have one, \
                        as it cancels what slowed the machine's memory; else by the time.""");
        out.println("same: the interval lies within " + margin + " % of 1. cannot say: fewer than " + Interval.FEWEST
                + " values on a side, or an interval that holds 1 and more than " + margin + " %.");
        if (compared.comparisons().stream().anyMatch(c -> !c.jvms())) {
            out.println(
                    "*: one or two JVMs on a side. How JVMs differ from each other is not in the interval, so it is too narrow: measure in "
                            + Interval.FEWEST + " or more before you rely on it.");
        }
        long chances = compared.chances();
        if (chances > 1) {
            out.printf(Locale.ROOT,
                    "%d comparisons at 95 %%: if nothing had changed, about %s of them would still be called faster or slower (if not the same). Measure a lone surprise again.%n",
                    chances, Text.number(chances * 0.05));
        }
    }

    private static String interval(@Nullable Interval interval) {
        return interval == null ? "-" : String.format(Locale.ROOT, "%.3f (%.3f-%.3f)", interval.ratio(), interval.low(), interval.high());
    }

    private static String remark(Comparison c) {
        if (c.units() < Interval.FEWEST) {
            return " (" + c.units() + (c.units() == 1 ? " sample)" : " samples)");
        }
        return c.jvms() ? "" : " *";
    }

    private static void missing(String run, List<ResultKey> keys, PrintStream out) {
        for (ResultKey key : keys) {
            out.println("only in " + run + ": " + key);
        }
    }
}
