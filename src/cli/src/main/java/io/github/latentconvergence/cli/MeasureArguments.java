package io.github.latentconvergence.cli;

import io.github.latentconvergence.ConvergenceOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What to measure, to which reference, and with what. */
final class MeasureArguments extends DistanceArguments {
    @Option(names = "--reference", paramLabel = "REF", converter = Converters.OfReference.class, description = "What distances are measured to: last (default), previous, tail-mean:F, iteration:K, lowest-residual, or external (the trace's own reference tensor, or --reference-file).")
    private @Nullable ReferenceChoice reference;

    @Option(names = "--reference-file", paramLabel = "FILE[@K]", description = "Measure to iteration K (default: the last) of another trace, or to an array of one state per token. Implies --reference external.")
    private @Nullable String referenceFile;

    /** The other file to measure to, if there is one. */
    @Nullable
    ReferenceFile referenceFile() {
        return referenceFile == null ? null : ReferenceFile.parse(referenceFile);
    }

    /** Whether distances go to states from elsewhere. */
    boolean isExternal() {
        return referenceFile != null || (reference != null && reference.isExternal());
    }

    /**
     * All but an external reference, which needs the trace.
     *
     * @throws ParameterException if options contradict each other
     */
    @Override
    ConvergenceOptions options() {
        ConvergenceOptions options = super.options();
        if (reference == null || reference.isExternal()) {
            return options;
        }
        if (referenceFile != null) {
            throw wrong("--reference " + reference.own().orElseThrow().label() + " contradicts --reference-file: leave one out");
        }
        return options.withReference(reference.own().orElseThrow());
    }
}
