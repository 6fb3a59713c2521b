package io.github.latentconvergence;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleConsumer;

/**
 * What to measure and with what. Immutable: each {@code with...} gives a changed copy of {@link #defaults()}.
 *
 * @param metric how far is measured; default {@link Metric#L2}
 * @param reference to what; default {@link Reference#last()}
 * @param normalization applied to both sides first; default none
 * @param backend what computes; default {@link Backend#AUTO}
 * @param tier the instruction set of the CPU kernels; default the best the machine has. Naming one implies {@link Backend#CPU}
 * @param device the index of the {@link CudaDevice} that computes; default the first. Naming one implies {@link Backend#CUDA}
 * @param threads how many threads compute; 0, the default, for as many as there are processors. On CUDA: how many tiles are on their way at a time, 2 to 12
 * @param progress told the fraction done, at most 10 times a second and once at the end, on the calling thread
 * @param referenceSizes whether {@link ConvergenceMatrix#referenceSize} is wanted too, which relative thresholds need; default no
 */
public record ConvergenceOptions(Metric metric, Reference reference, Normalization normalization, Backend backend,
        Optional<Backend.Tier> tier, OptionalInt device, int threads,
        DoubleConsumer progress, boolean referenceSizes) {

    private static final ConvergenceOptions DEFAULTS = new ConvergenceOptions(Metric.L2, Reference.last(), Normalization.none(),
            Backend.AUTO, Optional.empty(), OptionalInt.empty(), 0,
            fraction -> {}, false);

    /**
     * Checks what can be checked without a trace.
     *
     * @throws IllegalArgumentException if threads or device is negative, or a tier or device is named for a backend that has none
     */
    public ConvergenceOptions {
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(normalization, "normalization");
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(tier, "tier");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(progress, "progress");
        if (threads < 0) {
            throw new IllegalArgumentException("threads " + threads + ": expected 1 or more, or 0 for one per processor");
        }
        if (device.isPresent() && (device.getAsInt() < 0 || backend != Backend.CUDA)) {
            throw new IllegalArgumentException(device.getAsInt() < 0
                    ? "CUDA device " + device.getAsInt() + ": devices are numbered from 0 on"
                    : "CUDA device " + device.getAsInt() + " contradicts backend " + backend.label());
        }
        if (tier.isPresent() && (backend == Backend.JAVA || backend == Backend.CUDA)) {
            throw new IllegalArgumentException(
                    "tier " + tier.get().label() + " is one of the CPU kernels: it contradicts backend " + backend.label());
        }
    }

    /** Euclidean distance to the last iteration, nothing normalised, on the best backend with all processors. */
    public static ConvergenceOptions defaults() {
        return DEFAULTS;
    }

    /** These options with another metric. */
    public ConvergenceOptions withMetric(Metric other) {
        return new ConvergenceOptions(other, reference, normalization, backend, tier, device, threads, progress, referenceSizes);
    }

    /** These options with another reference. */
    public ConvergenceOptions withReference(Reference other) {
        return new ConvergenceOptions(metric, other, normalization, backend, tier, device, threads, progress, referenceSizes);
    }

    /** These options with another normalisation. */
    public ConvergenceOptions withNormalization(Normalization other) {
        return new ConvergenceOptions(metric, reference, other, backend, tier, device, threads, progress, referenceSizes);
    }

    /** These options with another backend; a tier that was named is forgotten, and so is a device by any other than {@link Backend#CUDA}. */
    public ConvergenceOptions withBackend(Backend other) {
        return new ConvergenceOptions(metric, reference, normalization, other, Optional.empty(),
                other == Backend.CUDA ? device : OptionalInt.empty(), threads, progress, referenceSizes);
    }

    /** These options on the CPU kernels of one tier. */
    public ConvergenceOptions withTier(Backend.Tier other) {
        return new ConvergenceOptions(metric, reference, normalization, Backend.CPU, Optional.of(other), OptionalInt.empty(),
                threads, progress, referenceSizes);
    }

    /** These options on the CUDA device with this index. */
    public ConvergenceOptions withDevice(int other) {
        return new ConvergenceOptions(metric, reference, normalization, Backend.CUDA, Optional.empty(), OptionalInt.of(other), threads,
                progress, referenceSizes);
    }

    /** These options with so many threads; 0 for one per processor. */
    public ConvergenceOptions withThreads(int other) {
        return new ConvergenceOptions(metric, reference, normalization, backend, tier, device, other, progress, referenceSizes);
    }

    /** These options with a listener for the fraction done, 0 to 1. */
    public ConvergenceOptions withProgress(DoubleConsumer other) {
        return new ConvergenceOptions(metric, reference, normalization, backend, tier, device, threads, other, referenceSizes);
    }

    /** These options with the sizes of the references measured too, or not. */
    public ConvergenceOptions withReferenceSizes(boolean other) {
        return new ConvergenceOptions(metric, reference, normalization, backend, tier, device, threads, progress, other);
    }
}
