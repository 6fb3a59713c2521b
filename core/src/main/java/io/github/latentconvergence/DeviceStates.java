package io.github.latentconvergence;

import io.github.latentconvergence.internal.ffm.NativeLibrary;
import io.github.latentconvergence.internal.kernel.CudaResident;
import io.github.latentconvergence.internal.kernel.KernelSelection;
import io.github.latentconvergence.internal.kernel.Kernels;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Latent states that were copied to a CUDA device once, to be measured there as often as wanted: a copy takes far longer than a measurement.
 *
 * <p><b>Shape</b>: {@code [iterations][tokens][hidden]}, as the tensor's or trace's. <b>Dtype</b>: any, kept as it is. <b>Ownership</b>: the copy's memory belongs to this object and is freed by
 * {@link #close}; the tensor or trace that was copied stays open meanwhile (closing it throws), must not be written to, and is what references of single states are taken from. A reference that is no part of
 * the states is copied for each measurement. <b>Threads</b>: may be measured from any number of threads at once. {@code close()} while a measurement runs throws
 * {@link IllegalStateException} and leaves the copy open; so does any use after {@code close()}. <b>NaN</b>: as for states in the host's memory: the same bits come out.
 * <b>Errors</b>: a failed call of the driver is an {@link IllegalStateException} that names the call, the device and the error; after one that ends the device's context, every
 * measurement of this copy says so, and closing it and copying again is what helps.
 */
public final class DeviceStates implements AutoCloseable {
    private static final long CLOSED = -1;

    private final StateTensor states;
    private final Optional<Trace> trace;
    private final StateTensor.Hold hold;
    private final CudaResident resident;
    private final AtomicLong measurements = new AtomicLong();

    private DeviceStates(StateTensor states, Optional<Trace> trace, int device) {
        states.requireNoBatch();
        if (states.shape().rank() != 3) {
            throw new IllegalArgumentException("states of shape " + states.shape() + ": expected [iterations][tokens][hidden]");
        }
        this.states = states;
        this.trace = trace;
        this.hold = states.hold();
        try {
            this.resident = CudaResident.of(states, device);
        } catch (NativeLibrary.UnavailableException missing) {
            hold.close();
            throw Backends.noCuda(missing);
        } catch (RuntimeException | Error failure) {
            hold.close();
            throw failure;
        }
    }

    /**
     * Copies bare states to a device.
     *
     * @param device the index of a {@link CudaDevice}
     * @throws BackendUnavailableException if there is no such device, or no kernels for it; the message says which
     * @throws IllegalArgumentException if the states are not {@code [iterations][tokens][hidden]}
     * @throws IllegalStateException if the states are closed or have a batch axis, or a call of the driver fails: the device may have no room
     * @throws CancellationException if the calling thread is interrupted
     */
    public static DeviceStates upload(StateTensor states, int device) {
        return new DeviceStates(states, Optional.empty(), device);
    }

    /**
     * Copies the states of a trace to a device; what else the trace knows, such as its mask and weight, is known when they are measured.
     *
     * @param device the index of a {@link CudaDevice}
     * @throws BackendUnavailableException as for bare states
     * @throws IllegalStateException as for bare states
     * @throws CancellationException if the calling thread is interrupted
     */
    public static DeviceStates upload(Trace trace, int device) {
        return new DeviceStates(trace.states(), Optional.of(trace), device);
    }

    /** The index of the device that they are on. */
    public int device() {
        return resident.device();
    }

    /** Bytes of device memory that they take. */
    public long bytes() {
        return resident.bytes();
    }

    /** Whether they have not been closed. */
    public boolean isOpen() {
        return measurements.get() != CLOSED;
    }

    List<ConvergenceMatrix> measure(List<ConvergenceOptions> options) {
        options.forEach(this::check);
        if (measurements.getAndUpdate(n -> n == CLOSED ? CLOSED : n + 1) == CLOSED) {
            throw new IllegalStateException("the states on the device have been closed");
        }
        try {
            Kernels kernels = KernelSelection.cuda(resident);
            return new Measurement(states, trace, options).run(kernels);
        } finally {
            measurements.decrementAndGet();
        }
    }

    private void check(ConvergenceOptions options) {
        if (options.backend() != Backend.AUTO && options.backend() != Backend.CUDA) {
            throw new IllegalArgumentException(
                    "states on a CUDA device are measured there: backend " + options.backend().label() + " contradicts that");
        }
        if (options.device().isPresent() && options.device().getAsInt() != device()) {
            throw new IllegalArgumentException(
                    "states on CUDA device " + device() + " are measured there: device " + options.device().getAsInt()
                            + " contradicts that");
        }
    }

    /**
     * Frees the device memory, and lets the tensor or trace be closed; a second call does nothing.
     *
     * @throws IllegalStateException if a measurement runs; the copy then stays open. Or if the driver fails to free it; it then goes with the device's context
     */
    @Override
    public void close() {
        long before = measurements.getAndUpdate(n -> n == 0 ? CLOSED : n);
        if (before > 0) {
            throw new IllegalStateException("the states on the device are in use by " + before + " running measurement(s) and stay open");
        }
        if (before == 0) {
            try {
                resident.close();
            } finally {
                hold.close();
            }
        }
    }

    @Override
    public String toString() {
        return "DeviceStates" + states.shape() + " " + states.dtype().label() + " on CUDA device " + device()
                + (isOpen() ? "" : " (closed)");
    }
}
