package io.github.latentconvergence.cli;

import io.github.latentconvergence.Backend;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Normalization;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What to measure and with what. */
final class MeasureArguments {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(names = "--reference", paramLabel = "REF", converter = Converters.OfReference.class, description = "What distances are measured to: last (default), previous, tail-mean:F, iteration:K, lowest-residual, or external (the trace's own reference tensor, or --reference-file).")
    private @Nullable ReferenceChoice reference;

    @Option(names = "--reference-file", paramLabel = "FILE[@K]", description = "Measure to iteration K (default: the last) of another trace, or to an array of one state per token. Implies --reference external.")
    private @Nullable String referenceFile;

    @Option(names = "--metric", paramLabel = "M", converter = Converters.OfMetric.class, completionCandidates = Converters.Metrics.class, description = "${COMPLETION-CANDIDATES}; default l2.")
    private Metric metric = Metric.L2;

    @Option(names = "--normalize", paramLabel = "N", arity = "1", converter = Converters.OfNormalizing.class, description = "none (default), or rmsnorm: RMSNorm with the trace's norm_weight, else ones, before any distance.")
    private Converters.Normalizing normalize = Converters.Normalizing.NONE;

    @Option(names = "--eps", paramLabel = "E", description = "The eps of RMSNorm; default 1e-6.")
    private @Nullable Double eps;

    @Option(names = "--backend", paramLabel = "B", converter = Converters.OfBackend.class, completionCandidates = Converters.Backends.class, description = "${COMPLETION-CANDIDATES}; default auto. Each gives the same bits.")
    private @Nullable Backend backend;

    @Option(names = "--tier", paramLabel = "T", converter = Converters.OfTier.class, completionCandidates = Converters.Tiers.class, description = "${COMPLETION-CANDIDATES}: the instruction set of the CPU kernels; default the best there is. Implies --backend cpu.")
    private Backend.@Nullable Tier tier;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that compute; default 0, one per processor.")
    private int threads;

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
    ConvergenceOptions options() {
        if (referenceFile != null && reference != null && !reference.isExternal()) {
            throw wrong("--reference " + reference.own().orElseThrow().label() + " contradicts --reference-file: leave one out");
        }
        boolean rmsNorm = normalize == Converters.Normalizing.RMSNORM;
        if (eps != null && !rmsNorm) {
            throw wrong("--eps is that of RMSNorm: it needs --normalize rmsnorm");
        }
        if (tier != null && (backend == Backend.JAVA || backend == Backend.CUDA)) {
            throw wrong("--tier " + tier.label() + " is one of the CPU kernels: it contradicts --backend " + backend.label());
        }
        try {
            ConvergenceOptions options = ConvergenceOptions.defaults().withMetric(metric).withThreads(threads)
                    .withBackend(Objects.requireNonNullElse(backend, Backend.AUTO));
            if (tier != null) {
                options = options.withTier(tier);
            }
            if (rmsNorm) {
                options = options.withNormalization(eps == null ? Normalization.rmsNorm() : Normalization.rmsNorm(eps));
            }
            return reference == null || reference.isExternal() ? options : options.withReference(reference.own().orElseThrow());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(command.commandLine(), problem);
    }
}
