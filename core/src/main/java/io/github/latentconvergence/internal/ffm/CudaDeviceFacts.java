package io.github.latentconvergence.internal.ffm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * A device, as its driver describes it.
 *
 * @param index its number in the driver's list
 * @param name its maker's name for it
 * @param major and {@code minor}: the compute capability
 * @param bytes its memory
 * @param multiprocessors how many it has
 */
public record CudaDeviceFacts(int index, String name, int major, int minor, long bytes, int multiprocessors) {
    private static final int MULTIPROCESSORS = 16;
    private static final int MAJOR = 75;
    private static final int MINOR = 76;
    private static final int OLDEST_MAJOR = 7;
    private static final int OLDEST_MINOR = 5;
    private static final int NAME_BYTES = 256;

    /**
     * All devices that the driver lists.
     *
     * @throws NativeLibrary.UnavailableException if there is no driver or no device; the message says which
     */
    public static List<CudaDeviceFacts> list() throws NativeLibrary.UnavailableException {
        return list(CudaDriver.get());
    }

    static List<CudaDeviceFacts> list(CudaDriver driver) throws NativeLibrary.UnavailableException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
            driver.deviceGetCount.p(driver::check, count);
            List<CudaDeviceFacts> found = new ArrayList<>();
            for (int index = 0; index < count.get(ValueLayout.JAVA_INT, 0); index++) {
                found.add(read(driver, arena, index));
            }
            if (found.isEmpty()) {
                throw new NativeLibrary.UnavailableException("no CUDA device: the driver lists none", null);
            }
            return List.copyOf(found);
        }
    }

    private static CudaDeviceFacts read(CudaDriver driver, Arena arena, int index) {
        int device = device(driver, arena, index);
        MemorySegment name = arena.allocate(NAME_BYTES);
        driver.deviceGetName.pii(of(driver, index), name, NAME_BYTES, device);
        MemorySegment bytes = arena.allocate(ValueLayout.JAVA_LONG);
        driver.deviceTotalMem.pi(of(driver, index), bytes, device);
        return new CudaDeviceFacts(index, name.getString(0), attribute(driver, arena, MAJOR, device),
                attribute(driver, arena, MINOR, device), bytes.get(ValueLayout.JAVA_LONG, 0),
                attribute(driver, arena, MULTIPROCESSORS, device));
    }

    /** The driver's handle. */
    static int device(CudaDriver driver, Arena arena, int index) {
        MemorySegment device = arena.allocate(ValueLayout.JAVA_INT);
        driver.deviceGet.pi(of(driver, index), device, index);
        return device.get(ValueLayout.JAVA_INT, 0);
    }

    private static CudaFunction.Caller of(CudaDriver driver, int index) {
        return (call, status) -> driver.check(call + " of CUDA device " + index, status);
    }

    private static int attribute(CudaDriver driver, Arena arena, int attribute, int device) {
        MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
        driver.deviceGetAttribute.pii(of(driver, device), value, attribute, device);
        return value.get(ValueLayout.JAVA_INT, 0);
    }

    /** Whether there are kernels for it. */
    public boolean isSupported() {
        return major > OLDEST_MAJOR || (major == OLDEST_MAJOR && minor >= OLDEST_MINOR);
    }

    /** Like {@code sm_90}. */
    public String architecture() {
        return "sm_" + major + minor;
    }

    /** For messages, like {@code CUDA device 0 (NVIDIA H100)}. */
    public String label() {
        return "CUDA device " + index + " (" + name + ")";
    }

    /** The message where it is too old. */
    String tooOld() {
        return label() + " is too old: its compute capability is " + major + "." + minor + ", and the kernels need " + OLDEST_MAJOR + "."
                + OLDEST_MINOR + " or newer";
    }
}
