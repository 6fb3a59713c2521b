package io.github.latentconvergence.cli;

import io.github.latentconvergence.Reference;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.plot.ComparisonFigure;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a figure of two traces shows of each. */
final class ComparisonArguments {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(names = "--reference", paramLabel = "REF", converter = Converters.OfReference.class, description = "In a figure: what each trace's distances are measured to: its own last state (default), previous, tail-mean:F, iteration:K, lowest-residual, or external (its own reference tensor).")
    private ReferenceChoice reference = ReferenceChoice.parse("last");

    @Option(names = "--names", paramLabel = "A,B", split = ",", description = "In a figure: what the two traces are called; default their files' names.")
    private @Nullable List<String> names;

    /** @throws ParameterException if these are no names */
    void check() {
        if (names != null && (names.size() != 2 || names.stream().anyMatch(String::isBlank))) {
            throw new ParameterException(command.commandLine(), "--names " + String.join(",", names) + ": expected two, one for each trace");
        }
    }

    /** What a trace's own distances are measured to. */
    Reference of(Trace trace) {
        return reference.own().orElseGet(() -> TraceRun.recorded(trace));
    }

    /** With the names that were asked for, or the files' without what both end with, as far as these tell them apart. */
    ComparisonFigure named(ComparisonFigure figure, Path a, Path b) {
        if (names != null) {
            return figure.withNames(names.get(0), names.get(1));
        }
        String nameA = stem(a);
        String nameB = stem(b);
        if (!nameA.equals(nameB)) {
            return figure.withNames(nameA, nameB);
        }
        return a.toString().equals(b.toString()) ? figure : figure.withNames(a.toString(), b.toString());
    }

    private static String stem(Path file) {
        Path last = file.getFileName();
        String name = last == null ? file.toString() : last.toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
