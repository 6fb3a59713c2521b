package io.github.latentconvergence.internal.ffm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The device code, loaded into a context: one kernel for each entry point. The machine code is tried first, and the PTX where the driver refuses it. Lives as long as the context.
 *
 * @param plan checks a tile and chooses its kernels
 * @param widen widens rows
 * @param mean averages over iterations
 * @param measure computes the reductions of a tile, by the states' type
 */
public record CudaModule(Kernel plan, Kernel widen, Kernel mean, List<Kernel> measure) {
    /** {@code LC_CUDA_PLAN_BYTES}: what {@code lc_cuda_plan} writes. */
    public static final int PLAN_BYTES = 65536;

    private static final String ABI_VERSION = "lc_cuda_abi_version";

    /**
     * One kernel.
     *
     * @param blocks how many blocks the device runs at a time
     * @param threads of each block
     * @param parameters how many it takes
     */
    public record Kernel(String name, MemorySegment handle, int blocks, int threads, int parameters) {}

    /**
     * Throws unless {@code lc_cuda_plan} has left the status of success.
     *
     * @throws NativeLibraryException if it has not
     */
    public static void requirePlanned(long status) {
        if (status != 0) {
            throw wrong("refused a tile with status " + status);
        }
    }

    static CudaModule load(CudaContext context) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment module = loadImage(context, arena);
            requireVersion(context, arena, module);
            return new CudaModule(kernel(context, arena, module, CudaEntry.PLAN), kernel(context, arena, module, CudaEntry.WIDEN),
                    kernel(context, arena, module, CudaEntry.MEAN),
                    Stream.of(CudaEntry.MEASURE_BF16, CudaEntry.MEASURE_F16, CudaEntry.MEASURE_F32, CudaEntry.MEASURE_F64)
                            .map(entry -> kernel(context, arena, module, entry)).toList());
        }
    }

    private static MemorySegment loadImage(CudaContext context, Arena arena) {
        Optional<byte[]> fatbin = CudaImage.read(CudaImage.FATBIN);
        Optional<byte[]> ptx = CudaImage.read(CudaImage.PTX);
        if (fatbin.isPresent()) {
            try {
                return loadImage(context, arena, fatbin.get());
            } catch (CudaException refused) {
                if (!refused.refusesImage() || ptx.isEmpty()) {
                    throw refused;
                }
                try {
                    return loadImage(context, arena, ptx.get());
                } catch (CudaException too) {
                    too.addSuppressed(refused);
                    throw too;
                }
            }
        }
        return loadImage(context, arena, ptx.orElseThrow());
    }

    private static MemorySegment loadImage(CudaContext context, Arena arena, byte[] image) {
        MemorySegment memory = arena.allocate(image.length + 1L, 16); // PTX is text that ends with a zero
        MemorySegment.copy(image, 0, memory, ValueLayout.JAVA_BYTE, 0, image.length);
        MemorySegment module = arena.allocate(ValueLayout.ADDRESS);
        context.driver.moduleLoadData.pp(context, module, memory);
        return module.get(ValueLayout.ADDRESS, 0);
    }

    private static void requireVersion(CudaContext context, Arena arena, MemorySegment module) {
        MemorySegment address = arena.allocate(ValueLayout.JAVA_LONG);
        MemorySegment size = arena.allocate(ValueLayout.JAVA_LONG);
        context.driver.moduleGetGlobal.pppp(context, address, size, module, arena.allocateFrom(ABI_VERSION));
        if (size.get(ValueLayout.JAVA_LONG, 0) != Long.BYTES) {
            throw wrong("have a " + ABI_VERSION + " of " + size.get(ValueLayout.JAVA_LONG, 0) + " bytes; expected 8");
        }
        long version;
        try (CudaMemory.Pinned host = new CudaMemory.Pinned(context, Long.BYTES); CudaStream stream = new CudaStream(context)) {
            stream.downloadFrom(address.get(ValueLayout.JAVA_LONG, 0), host, 0, Long.BYTES);
            stream.synchronize();
            version = host.segment().get(ValueLayout.JAVA_LONG, 0);
        }
        if (version != NativeLibrary.ABI_VERSION) {
            throw wrong("speak interface " + version + "; this build expects " + NativeLibrary.ABI_VERSION);
        }
    }

    private static NativeLibraryException wrong(String problem) {
        return new NativeLibraryException("the CUDA kernels " + problem
                + ": use latent-convergence and latent-convergence-native, with its CUDA classifier, of the same version");
    }

    private static Kernel kernel(CudaContext context, Arena arena, MemorySegment module, CudaEntry entry) {
        MemorySegment function = arena.allocate(ValueLayout.ADDRESS);
        context.driver.moduleGetFunction.ppp(context, function, module, arena.allocateFrom(entry.symbol()));
        MemorySegment handle = function.get(ValueLayout.ADDRESS, 0);
        MemorySegment blocks = arena.allocate(ValueLayout.JAVA_INT);
        context.driver.occupancy.ppil(context, blocks, handle, entry.threads(), 0);
        return new Kernel(entry.symbol(), handle, Math.max(1, blocks.get(ValueLayout.JAVA_INT, 0)) * context.device().multiprocessors(),
                entry.threads(), entry.parameters());
    }
}
