package io.github.latentconvergence.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

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

/** A loop in C that calls a kernel: {@code lc_bench_measure} of native/src/bench/c/downcall_bench.c, built for the machine that built this jar. */
public final class CallsInC {
    private static final String RESOURCE = "/META-INF/native-bench/" + System.mapLibraryName("lc_downcall_bench");

    private final MethodHandle measure;

    /** Loads the library for as long as {@code arena} lives. */
    @SuppressWarnings("restricted") // a benchmark of native calls
    public CallsInC(Arena arena) throws IOException {
        Path file = Files.createTempFile("latent-convergence-bench-", ".library");
        try (InputStream in = CallsInC.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException("the resource " + RESOURCE + " is missing: this jar was built for another system");
            }
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            measure = Linker.nativeLinker().downcallHandle(SymbolLookup.libraryLookup(file, arena).findOrThrow("lc_bench_measure"),
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG));
        } finally {
            Files.deleteIfExists(file); // a loaded library needs its file no more
        }
    }

    /** Calls {@code measure} of a tier so many times; see {@code lc_tier.measure}. */
    public void measure(MemorySegment tier, MemorySegment states, MemorySegment work, long tileOffset, long times) {
        int status;
        try {
            status = (int) measure.invokeExact(tier, states, work, tileOffset, times);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall threw a checked exception", impossible);
        }
        if (status != 0) {
            throw new IllegalStateException("the loop in C was refused with status " + status);
        }
    }
}
