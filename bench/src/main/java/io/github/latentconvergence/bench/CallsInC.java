package io.github.latentconvergence.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.latentconvergence.internal.ffm.NativeLibraryFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A loop in C that calls a kernel: {@code lc_bench_measure} of native/src/bench/c/downcall_bench.c, built for the system that built this jar, and the kernels' own library
 * loaded once more, for it keeps the addresses of its functions to itself.
 */
@SuppressWarnings("restricted") // a benchmark of native calls
public final class CallsInC {
    private static final String LOOP = "/META-INF/native-bench/" + System.mapLibraryName("lc_downcall_bench");
    private static final long LONGEST_NAME = 64;

    private final MethodHandle measure;
    private final MemorySegment tier;

    /**
     * Loads both for as long as {@code arena} lives.
     *
     * @param name of a tier that this machine can run
     */
    public CallsInC(String name, Arena arena) throws IOException {
        try (InputStream loop = CallsInC.class.getResourceAsStream(LOOP); InputStream kernels = NativeLibraryFile.open()) {
            if (loop == null) {
                throw new FileNotFoundException("the resource " + LOOP + " is missing: this jar was built for another system");
            }
            measure = Linker.nativeLinker().downcallHandle(load(loop, arena).findOrThrow("lc_bench_measure"),
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG));
            tier = tier(name, load(kernels, arena));
        }
    }

    private static SymbolLookup load(InputStream library, Arena arena) throws IOException {
        Path file = Files.createTempFile("latent-convergence-bench-", ".library");
        try {
            Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
            return SymbolLookup.libraryLookup(file, arena);
        } finally {
            Files.deleteIfExists(file); // a loaded library needs its file no more
        }
    }

    /** The table of a tier, which begins with its name. */
    private static MemorySegment tier(String name, SymbolLookup kernels) {
        MethodHandle at = Linker.nativeLinker().downcallHandle(kernels.findOrThrow("lc_tier_at"), FunctionDescriptor.of(ADDRESS, JAVA_INT));
        for (int index = 0;; index++) {
            int i = index;
            MemorySegment table = PlainCall.of(() -> (MemorySegment) at.invokeExact(i));
            if (table.address() == 0) {
                throw new IllegalArgumentException("the native library has no tier " + name);
            }
            MemorySegment text = table.reinterpret(ADDRESS.byteSize()).get(ADDRESS, 0);
            if (text.reinterpret(LONGEST_NAME).getString(0).equals(name)) {
                return table;
            }
        }
    }

    /** Calls {@code measure} so many times; see {@code lc_tier.measure}. */
    public void measure(MemorySegment states, MemorySegment work, long tileOffset, long times) {
        int status = PlainCall.of(() -> (int) measure.invokeExact(tier, states, work, tileOffset, times));
        if (status != 0) {
            throw new IllegalStateException("the loop in C was refused with status " + status);
        }
    }
}
