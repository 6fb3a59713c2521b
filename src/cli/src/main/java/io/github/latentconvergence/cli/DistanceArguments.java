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

/** What a distance is, and what computes it. */
class DistanceArguments {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

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

    /**
     * These, and the default reference.
     *
     * @throws ParameterException if options contradict each other
     */
    ConvergenceOptions options() {
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
            return options;
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    /** @throws ParameterException if what was chosen says something of one state, and not of two */
    final void requireDistance() {
        if (metric == Metric.NORM) {
            throw wrong("--metric norm is the size of one state: a distance between two is needed here");
        }
    }

    /** Wrong usage of the command that has these options. */
    final ParameterException wrong(String problem) {
        return new ParameterException(command.commandLine(), problem);
    }
}
