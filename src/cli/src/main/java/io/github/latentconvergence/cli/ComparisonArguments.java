package io.github.latentconvergence.cli;

import io.github.latentconvergence.Reference;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.plot.ComparisonFigure;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a figure of two traces shows of each. */
final class ComparisonArguments {
    @Option(names = "--reference", paramLabel = "REF", converter = Converters.OfReference.class, description = "In a figure: what each trace's distances are measured to: its own last state (default), previous, tail-mean:F, iteration:K, lowest-residual, or external (its own reference tensor).")
    private ReferenceChoice reference = ReferenceChoice.parse("last");

    @Option(names = "--names", paramLabel = "A,B", converter = Converters.OfNames.class, description = "In a figure: what the two traces are called; default their files' names.")
    private @Nullable RunNames names;

    /** What a trace's own distances are measured to. */
    Reference of(Trace trace) {
        return reference.own().orElseGet(() -> TraceRun.recorded(trace, ""));
    }

    /** With the names that were asked for, or the files'. */
    ComparisonFigure named(ComparisonFigure figure, Path a, Path b) {
        RunNames chosen = names == null ? RunNames.of(a, b) : names;
        return figure.withNames(chosen.a(), chosen.b());
    }
}
