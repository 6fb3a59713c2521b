package io.github.latentconvergence;

import io.github.latentconvergence.internal.ffm.CudaContexts;
import io.github.latentconvergence.internal.ffm.CudaDeviceFacts;
import io.github.latentconvergence.internal.ffm.NativeLibrary;
import io.github.latentconvergence.internal.kernel.CudaBandwidth;
import java.util.List;

/**
 * A CUDA device of this machine. Which one computes is chosen by its index, with {@link ConvergenceOptions#withDevice}.
 *
 * <p><b>Ownership</b>: the first use of a device makes a context on it, which belongs to this library alone and takes some hundred MB of its memory. It stays for the next use, with the
 * buffers of up to twelve threads (some 10 MB each, half of it on the device; more where one token has more states), until {@link #releaseIdle()} or the end of the process. Contexts of other libraries in the process are left as they are. <b>Threads</b>: any number may use a device at once.
 *
 * @param index its number in the driver's list
 * @param name its maker's name for it
 * @param architecture what machine code it runs, for example {@code sm_90}
 * @param memory its memory, in bytes
 * @param multiprocessors how many it has
 * @param supported whether there are kernels for it: those of compute capability 7.5 and newer
 */
public record CudaDevice(int index, String name, String architecture, long memory, int multiprocessors, boolean supported) {
    /** The devices that the driver lists; none where there is no driver or no device, of which {@link BackendReport#cuda()} says the reason. */
    public static List<CudaDevice> list() {
        try {
            return CudaDeviceFacts.list().stream().map(
                    d -> new CudaDevice(d.index(), d.name(), d.architecture(), d.bytes(), d.multiprocessors(), d.isSupported()))
                    .toList();
        } catch (NativeLibrary.UnavailableException none) {
            return List.of();
        }
    }

    /**
     * Measures how fast states come to the device from pinned memory of this machine, in bytes per second: what a measurement of states in the host's memory cannot beat. Takes
     * under a second.
     *
     * @throws BackendUnavailableException if the device is not to be had, or there are no kernels
     * @throws IllegalStateException if a call of the driver fails; the message names call, device and error
     */
    public double measureLinkBandwidth() {
        try {
            return CudaBandwidth.link(index);
        } catch (NativeLibrary.UnavailableException missing) {
            throw Backends.noCuda(missing);
        }
    }

    /**
     * Measures how fast the device reads and writes its own memory, in bytes per second, by a plain copy there: what a measurement of {@link DeviceStates} is held against. Takes under a second.
     *
     * @throws BackendUnavailableException as for the link
     * @throws IllegalStateException as for the link
     */
    public double measureMemoryBandwidth() {
        try {
            return CudaBandwidth.memory(index);
        } catch (NativeLibrary.UnavailableException missing) {
            throw Backends.noCuda(missing);
        }
    }

    /**
     * Ends this library's contexts that nothing uses at the moment, and gives their device memory back. The next use makes new ones.
     *
     * @throws IllegalStateException if a call of the driver fails; the message names call, device and error
     */
    public static void releaseIdle() {
        CudaContexts.releaseIdle();
    }
}
