package io.github.latentconvergence.cli;

import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.analysis.AnalysisOptions;
import io.github.latentconvergence.analysis.StepRule;
import io.github.latentconvergence.analysis.Threshold;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** From where on a token counts as converged. */
final class AnalysisArguments {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(names = "--threshold", paramLabel = "E", description = "Below what a distance counts as converged; default 0.05.")
    private @Nullable Double threshold;

    @Option(names = "--threshold-kind", paramLabel = "K", converter = Converters.OfThresholdKind.class, description = "What E is: relative (default), a fraction of the reference's size; absolute, a distance; of-start, a fraction of the distance at position 0.")
    private Threshold.@Nullable Kind kind;

    @Option(names = "--rule", paramLabel = "RULE", converter = Converters.OfStepRule.class, description = "Which position is the convergence step: stays (default), from where the distance stays below E; first, where it is first below; consecutive:K, where it is K times running.")
    private @Nullable StepRule rule;

    /** Whether any of these was chosen. */
    boolean isGiven() {
        return threshold != null || kind != null || rule != null;
    }

    /**
     * These, for what is measured so.
     *
     * @throws ParameterException if options contradict each other
     */
    AnalysisOptions options(ConvergenceOptions measure) {
        if (kind == Threshold.Kind.ABSOLUTE && threshold == null) {
            throw wrong("--threshold-kind absolute needs --threshold E, a distance in the metric's unit");
        }
        try {
            Threshold below = new Threshold(Objects.requireNonNullElse(kind, Threshold.DEFAULT.kind()),
                    Objects.requireNonNullElse(threshold, Threshold.DEFAULT.value()));
            // At once: what is allowed depends on all of them together.
            return new AnalysisOptions(measure, below, Objects.requireNonNullElse(rule, StepRule.stays()),
                    AnalysisOptions.defaults().bands(), AnalysisOptions.defaults().everyPair());
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(command.commandLine(), problem);
    }
}
