package io.github.latentconvergence;

import io.github.latentconvergence.internal.ffm.NativeLibrary;
import io.github.latentconvergence.internal.kernel.KernelSelection;
import java.util.List;

/**
 * What this machine can compute with, and why.
 *
 * @param chosen what {@link Backend#AUTO} uses here, for example {@code cpu/avx2}
 * @param reason why
 * @param cpu the processor's own name, with its architecture and how many processors there are
 * @param tiers the CPU tiers that can be used here, fastest first
 * @param library the native library that was loaded, or why none was
 * @param cuda the CUDA devices, or why there are none
 */
public record BackendReport(String chosen, String reason, String cpu, List<Backend.Tier> tiers, String library, String cuda) {
    /** Copies the list. */
    public BackendReport {
        tiers = List.copyOf(tiers);
    }

    /**
     * The report for this machine.
     *
     * @throws IllegalStateException if the native library is there and wrong
     */
    public static BackendReport current() {
        KernelSelection.Choice best = KernelSelection.best();
        String name = best.library().map(NativeLibrary::cpu).filter(cpu -> !cpu.isEmpty()).orElse("unnamed processor");
        return new BackendReport(best.kernels().name(), best.reason(),
                name + " (" + System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " processors)",
                Backends.usableTiers(),
                best.library().map(NativeLibrary::description).orElse("none: " + best.reason()), Backends.NO_CUDA);
    }
}
