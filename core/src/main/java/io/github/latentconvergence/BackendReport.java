package io.github.latentconvergence;

import io.github.latentconvergence.internal.ffm.NativeLibrary;
import io.github.latentconvergence.internal.kernel.KernelSelection;
import io.github.latentconvergence.internal.kernel.ReadRoofline;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * What this machine can compute with, and why.
 *
 * @param chosen what {@link Backend#AUTO} uses here, for example {@code cpu/avx2}
 * @param reason why
 * @param cpu the processor's own name, with its architecture and how many processors there are
 * @param tiers the CPU tiers that can be used here, fastest first
 * @param library the native library that was loaded, or why none was
 * @param cuda the CUDA devices by their indices, or why there are none
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
                best.library().map(NativeLibrary::description).orElse("none: " + best.reason()), Backends.describeCuda());
    }

    /**
     * Measures how fast this machine reads memory, in bytes per second: what a pass over a large trace cannot beat. Takes under a second and 256 MiB; the best of several
     * rounds of plain streaming reads, in one and in four places at once.
     *
     * @param threads how many read at the same time; at least 1
     */
    public static double measureReadBandwidth(int threads) {
        try (StateTensor tensor = StateTensor.allocate(DType.F32, Shape.of(ROOFLINE_BYTES >> 10, 256))) {
            MemorySegment memory = tensor.segment();
            memory.fill((byte) 1); // pages that nobody has written are all the same page
            ReadRoofline roofline = new ReadRoofline(KernelSelection.best().kernels());
            long best = Long.MAX_VALUE;
            for (int round = 0; round < ROOFLINE_ROUNDS; round++) {
                for (int streams : ReadRoofline.STREAMS) {
                    best = Math.min(best, roofline.nanos(memory, threads, streams));
                }
            }
            return ROOFLINE_BYTES * 1e9 / best;
        }
    }

    private static final long ROOFLINE_BYTES = 256L << 20;
    private static final int ROOFLINE_ROUNDS = 7;
}
