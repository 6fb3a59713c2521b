package io.github.latentconvergence.internal.ffm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The CUDA driver, {@code libcuda.so.1}: the functions of it that are used. It comes with the display driver; nothing of CUDA is linked or shipped. Loaded once; what cannot be
 * had is said each time it is asked for.
 */
final class CudaDriver {
    static final String LIBRARY = "libcuda.so.1";
    /** The release of CUDA whose drivers take the PTX that is shipped. */
    static final int OLDEST = 10_000;

    private static final int NAME_BYTES = 256;

    final CudaFunction init = find("cuInit");
    final CudaFunction driverGetVersion = find("cuDriverGetVersion");
    final CudaFunction deviceGetCount = find("cuDeviceGetCount");
    final CudaFunction deviceGet = find("cuDeviceGet");
    final CudaFunction deviceGetName = find("cuDeviceGetName");
    final CudaFunction deviceGetAttribute = find("cuDeviceGetAttribute");
    final CudaFunction deviceTotalMem = find("cuDeviceTotalMem_v2");
    final CudaFunction ctxCreate = find("cuCtxCreate_v2");
    final CudaFunction ctxDestroy = find("cuCtxDestroy_v2");
    final CudaFunction ctxPushCurrent = find("cuCtxPushCurrent_v2");
    final CudaFunction ctxPopCurrent = find("cuCtxPopCurrent_v2");
    final CudaFunction moduleLoadData = find("cuModuleLoadData");
    final CudaFunction moduleGetFunction = find("cuModuleGetFunction");
    final CudaFunction moduleGetGlobal = find("cuModuleGetGlobal_v2");
    final CudaFunction occupancy = find("cuOccupancyMaxActiveBlocksPerMultiprocessor");
    final CudaFunction memGetInfo = find("cuMemGetInfo_v2");
    final CudaFunction memAlloc = find("cuMemAlloc_v2");
    final CudaFunction memFree = find("cuMemFree_v2");
    final CudaFunction memHostAlloc = find("cuMemHostAlloc");
    final CudaFunction memFreeHost = find("cuMemFreeHost");
    final CudaFunction memcpyToDevice = find("cuMemcpyHtoDAsync_v2");
    final CudaFunction memcpyToHost = find("cuMemcpyDtoHAsync_v2");
    final CudaFunction memcpyOnDevice = find("cuMemcpyDtoDAsync_v2");
    final CudaFunction streamCreate = find("cuStreamCreate");
    final CudaFunction streamQuery = find("cuStreamQuery");
    final CudaFunction streamSynchronize = find("cuStreamSynchronize");
    final CudaFunction streamDestroy = find("cuStreamDestroy_v2");
    final CudaFunction eventCreate = find("cuEventCreate");
    final CudaFunction eventRecord = find("cuEventRecord");
    final CudaFunction eventSynchronize = find("cuEventSynchronize");
    final CudaFunction eventElapsedTime = find("cuEventElapsedTime");
    final CudaFunction eventDestroy = find("cuEventDestroy_v2");
    final CudaFunction launchKernel = find("cuLaunchKernel");
    private final CudaFunction getErrorName = find("cuGetErrorName");
    private final CudaFunction getErrorString = find("cuGetErrorString");

    private CudaDriver() {}

    private static final class Library {
        static final SymbolLookup SYMBOLS;
        static final @Nullable CudaDriver DRIVER;
        static final String PROBLEM;

        static {
            SymbolLookup symbols = name -> Optional.empty();
            CudaDriver driver = null;
            String problem = "";
            try {
                symbols = open();
            } catch (IllegalCallerException denied) {
                problem = "native access is not granted to this library";
            } catch (IllegalArgumentException missing) {
                problem = "no CUDA driver: " + LIBRARY + " is not on this machine (it comes with the driver of an NVIDIA GPU)";
            }
            SYMBOLS = symbols;
            if (problem.isEmpty()) {
                try {
                    driver = new CudaDriver();
                } catch (NoSuchElementException tooOld) {
                    problem = "the CUDA driver is too old: " + tooOld.getMessage();
                }
            }
            DRIVER = driver;
            PROBLEM = problem;
        }

        @SuppressWarnings("restricted") // the one purpose of this package
        private static SymbolLookup open() {
            return SymbolLookup.libraryLookup(LIBRARY, Arena.global());
        }
    }

    private static CudaFunction find(String name) {
        return new CudaFunction(name, Library.SYMBOLS.find(name).orElseThrow(() -> new NoSuchElementException("it lacks " + name)));
    }

    /**
     * The driver, ready for use.
     *
     * @throws NativeLibrary.UnavailableException if there is none, it is too old, or it finds no device; the message says which
     */
    static CudaDriver get() throws NativeLibrary.UnavailableException {
        CudaDriver driver = Library.DRIVER;
        if (driver == null) {
            throw new NativeLibrary.UnavailableException(Library.PROBLEM, null);
        }
        try (Arena arena = Arena.ofConfined()) {
            driver.init.i(driver::check, 0); // from the second time on it does nothing
            MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
            driver.driverGetVersion.p(driver::check, number);
            int version = number.get(ValueLayout.JAVA_INT, 0);
            if (version < OLDEST) {
                throw new NativeLibrary.UnavailableException("the CUDA driver is too old: it speaks CUDA " + version(version)
                        + ", and the kernels need " + version(OLDEST) + " or newer", null);
            }
            return driver;
        } catch (CudaException failed) {
            String why = failed.status() == CudaException.NO_DEVICE ? "no CUDA device: " : "the CUDA driver does not start: ";
            throw new NativeLibrary.UnavailableException(why + failed.getMessage(), failed);
        }
    }

    static String version(int number) {
        return number / 1000 + "." + number % 1000 / 10;
    }

    /** Throws unless a call that belongs to no device succeeded. */
    void check(String call, int status) {
        if (status != CudaException.SUCCESS) {
            throw new CudaException(status, call + " failed: " + explain(status));
        }
    }

    /** Like {@code CUDA_ERROR_OUT_OF_MEMORY (2), out of memory}. */
    String explain(int status) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pointer = arena.allocate(ValueLayout.ADDRESS);
            return text(getErrorName, status, pointer, "unknown error") + " (" + status + "), "
                    + text(getErrorString, status, pointer, "which the driver does not explain");
        }
    }

    @SuppressWarnings("restricted") // the one purpose of this package
    private static String text(CudaFunction function, int status, MemorySegment pointer, String unknown) {
        try {
            function.ip((call, failed) -> {
                if (failed != CudaException.SUCCESS) {
                    throw new CudaException(failed, call);
                }
            }, status, pointer);
        } catch (CudaException unexplained) { // one failure is told, not another on top of it
            return unknown;
        }
        MemorySegment text = pointer.get(ValueLayout.ADDRESS, 0);
        return text.address() == 0 ? unknown : text.reinterpret(NAME_BYTES).getString(0);
    }
}
