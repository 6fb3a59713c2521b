package io.github.latentconvergence;

import java.util.List;

/**
 * What this machine can compute with, and why.
 *
 * @param chosen what {@link Backend#AUTO} uses here, for example {@code cpu/avx2}
 * @param reason why, in one sentence
 * @param cpu the processor and the extensions that matter
 * @param tiers the CPU tiers that can be used here, fastest first
 * @param library the native library that was loaded, or why none was
 * @param cuda the CUDA devices, or why there are none
 */
public record BackendReport(String chosen, String reason, String cpu, List<Backend.Tier> tiers, String library, String cuda) {
    /** The report for this machine. */
    public static BackendReport current() {
        return new BackendReport("java", "", "", List.of(), "", "");
    }
}
