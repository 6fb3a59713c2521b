package io.github.latentconvergence.bench;

import io.github.latentconvergence.internal.kernel.JavaKernels;
import io.github.latentconvergence.internal.kernel.KernelSelection;
import io.github.latentconvergence.internal.kernel.Kernels;
import io.github.latentconvergence.internal.ffm.NativeLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** What benchmarks ask of the machine they run on. */
public final class Machine {
    /** Without {@code /sys}: larger than the last-level cache of most machines. */
    private static final long LAST_LEVEL_BYTES = 64L << 20;

    private Machine() {}

    /** How many threads can run at once. */
    public static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Bytes beyond which states that are read again and again come from memory: twice the last-level cache. */
    public static long bytesBeyondCaches() {
        try {
            List<Caches.Cache> caches = Caches.here();
            return 2 * (caches.isEmpty() ? LAST_LEVEL_BYTES : caches.getLast().kibibytes() << 10);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Names of all kernels that this machine can run, Java first, then the tiers from the slowest to the fastest. */
    public static List<String> tiers() {
        return KernelSelection.best().library().map(library -> Stream.concat(Stream.of("java"),
                library.tiers().stream().filter(t -> t.isUsable()).map(t -> t.name())).toList()).orElse(List.of("java"));
    }

    /** The name of the fastest. */
    public static String bestTier() {
        return tiers().getLast();
    }

    /**
     * Kernels by such a name, or by {@code best}.
     *
     * @throws IllegalArgumentException if this machine has none of that name
     */
    public static Kernels kernels(String tier) {
        try {
            return switch (tier) {
                case "best" -> KernelSelection.best().kernels();
                case "java" -> JavaKernels.INSTANCE;
                default -> KernelSelection.cpu(tier).orElseThrow(() -> new IllegalArgumentException(
                        "tier " + tier + " cannot run here: expected one of " + String.join(", ", tiers())));
            };
        } catch (NativeLibrary.UnavailableException missing) {
            throw new IllegalArgumentException("tier " + tier + " cannot run here: " + missing.getMessage(), missing);
        }
    }
}
