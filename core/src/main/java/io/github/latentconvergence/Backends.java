package io.github.latentconvergence;

import io.github.latentconvergence.internal.ffm.NativeLibrary;
import io.github.latentconvergence.internal.kernel.JavaKernels;
import io.github.latentconvergence.internal.kernel.KernelSelection;
import io.github.latentconvergence.internal.kernel.Kernels;
import java.util.List;

/** From what was asked for to kernels. */
final class Backends {
    static final String NO_CUDA = "this build has no CUDA kernels";

    private Backends() {}

    static Kernels choose(ConvergenceOptions options) {
        try {
            if (options.tier().isPresent()) {
                Backend.Tier tier = options.tier().get();
                return KernelSelection.cpu(tier.label()).orElseThrow(() -> new BackendUnavailableException("tier " + tier.label()
                        + " is not usable here: the usable tiers are "
                        + String.join(", ", usableTiers().stream().map(Backend.Tier::label).toList()), null));
            }
            return switch (options.backend()) {
                case AUTO -> KernelSelection.best().kernels();
                case JAVA -> JavaKernels.INSTANCE;
                case CPU -> KernelSelection.cpu();
                case CUDA -> throw new BackendUnavailableException("backend cuda is not available: " + NO_CUDA, null);
            };
        } catch (NativeLibrary.UnavailableException missing) {
            throw new BackendUnavailableException("backend cpu is not available: " + missing.getMessage(), missing);
        }
    }

    /** The tiers of the loaded library that this machine can run, fastest first. */
    static List<Backend.Tier> usableTiers() {
        return KernelSelection.best().library().map(library -> library.tiers().reversed().stream().filter(t -> t.isUsable())
                .map(t -> Backend.Tier.ofLabel(t.name())).toList()).orElse(List.of());
    }
}
