package io.github.latentconvergence.internal.ffm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The contexts of this process, at most one alive for each device. Making one takes tenths of a second, so that it stays after its last user; one that is spent is destroyed with
 * its last user, and the next user gets a new one.
 */
public final class CudaContexts {
    /** Guards everything here. */
    private static final Object LOCK = new Object();
    private static final Map<Integer, CudaContext> CURRENT = new HashMap<>();
    private static final Map<CudaContext, Integer> USERS = new HashMap<>();

    private CudaContexts() {}

    /**
     * The context of a device, to be {@linkplain #release released} by whoever asked for it.
     *
     * @throws NativeLibrary.UnavailableException if there is no driver, no such device, it is too old, or there are no kernels; the message says which
     * @throws CudaException if the context cannot be made
     * @throws NativeLibraryException if the kernels are there and wrong
     */
    public static CudaContext acquire(int device) throws NativeLibrary.UnavailableException {
        synchronized (LOCK) {
            CudaContext context = CURRENT.get(device);
            if (context != null && context.isSpent()) {
                CURRENT.remove(device);
                destroyIfUnused(context);
                context = null;
            }
            if (context == null) {
                context = create(device);
                CURRENT.put(device, context);
            }
            USERS.merge(context, 1, Integer::sum);
            return context;
        }
    }

    private static CudaContext create(int index) throws NativeLibrary.UnavailableException {
        CudaDriver driver = CudaDriver.get();
        List<CudaDeviceFacts> devices = CudaDeviceFacts.list(driver);
        if (index >= devices.size()) {
            throw new NativeLibrary.UnavailableException(
                    "there is no CUDA device " + index + ": the driver lists " + devices.size() + ", from 0 on", null);
        }
        CudaDeviceFacts device = devices.get(index);
        if (!device.isSupported()) {
            throw new NativeLibrary.UnavailableException(device.tooOld(), null);
        }
        String missing = CudaImage.missing().orElse(null);
        if (missing != null) {
            throw new NativeLibrary.UnavailableException(missing, null);
        }
        return CudaContext.create(driver, device);
    }

    /** Why there are no kernels for any device, where there are none. */
    public static Optional<String> missingKernels() {
        return CudaImage.missing();
    }

    /** Gives up one use. */
    public static void release(CudaContext context) {
        synchronized (LOCK) {
            USERS.merge(context, -1, (users, one) -> users + one == 0 ? null : users + one);
            if (context.isSpent()) {
                CURRENT.remove(context.device().index(), context);
                destroyIfUnused(context);
            }
        }
    }

    /** Destroys the contexts that nobody uses, and frees the device memory that each takes. */
    public static void releaseIdle() {
        synchronized (LOCK) {
            for (CudaContext context : List.copyOf(CURRENT.values())) {
                if (!USERS.containsKey(context)) {
                    CURRENT.remove(context.device().index());
                    context.destroy();
                }
            }
        }
    }

    private static void destroyIfUnused(CudaContext context) {
        if (!USERS.containsKey(context)) {
            context.destroy();
        }
    }
}
