package io.github.latentconvergence;

import io.github.latentconvergence.internal.ffm.CudaContexts;
import io.github.latentconvergence.internal.ffm.CudaDeviceFacts;
import io.github.latentconvergence.internal.ffm.CudaException;
import io.github.latentconvergence.internal.ffm.NativeLibrary;
import io.github.latentconvergence.internal.kernel.JavaKernels;
import io.github.latentconvergence.internal.kernel.KernelSelection;
import io.github.latentconvergence.internal.kernel.Kernels;
import java.util.List;
import java.util.stream.Collectors;

/** From what was asked for to kernels. */
final class Backends {
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
                case CUDA -> cuda(options.device().orElse(0));
            };
        } catch (NativeLibrary.UnavailableException missing) {
            throw new BackendUnavailableException("backend cpu is not available: " + missing.getMessage(), missing);
        }
    }

    private static Kernels cuda(int device) {
        try {
            return KernelSelection.cuda(device);
        } catch (NativeLibrary.UnavailableException missing) {
            throw noCuda(missing);
        }
    }

    static BackendUnavailableException noCuda(NativeLibrary.UnavailableException missing) {
        return new BackendUnavailableException("backend cuda is not available: " + missing.getMessage(), missing);
    }

    /** The devices, or why there are none, on one line. */
    static String describeCuda() {
        try {
            return CudaDeviceFacts.list().stream().map(d -> d.index() + ": " + d.name() + " (" + d.architecture() + ", "
                    + (d.bytes() >> 20) + " MiB, " + d.multiprocessors() + " multiprocessors" + (d.isSupported() ? "" : ", too old") + ")")
                    .collect(Collectors.joining("; ")) + CudaContexts.missingKernels().map(why -> "; " + why).orElse("");
        } catch (NativeLibrary.UnavailableException none) {
            return String.valueOf(none.getMessage());
        } catch (CudaException failed) {
            return "the driver does not describe its devices: " + failed.getMessage();
        }
    }

    /** The tiers of the loaded library that this machine can run, fastest first. */
    static List<Backend.Tier> usableTiers() {
        return KernelSelection.best().library().map(library -> library.tiers().reversed().stream().filter(t -> t.isUsable())
                .map(t -> Backend.Tier.ofLabel(t.name())).toList()).orElse(List.of());
    }
}
