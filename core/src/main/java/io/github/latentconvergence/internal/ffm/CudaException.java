package io.github.latentconvergence.internal.ffm;

import java.util.Set;

/** A call of the CUDA driver failed. The message names the call, the device, and the driver's error, and says what is lost. */
public final class CudaException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** The image was made for other devices or other drivers: another image may do. */
    private static final Set<Integer> REFUSED_IMAGE = Set.of(200, 209, 218, 222);
    /** What leaves a context in which every later call fails: the driver's own header says so of each of them. */
    private static final Set<Integer> STICKY = Set.of(214, 220, 226, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719, 721, 810, 911);

    static final int SUCCESS = 0;
    static final int NO_DEVICE = 100;
    /** No failure, but an answer: there is work left. */
    static final int NOT_READY = 600;

    private final int status;

    CudaException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The driver's number for the error. */
    public int status() {
        return status;
    }

    /** Whether the context in which it happened is dead: every later call in it fails with the same error. */
    public boolean isSticky() {
        return isSticky(status);
    }

    static boolean isSticky(int status) {
        return STICKY.contains(status);
    }

    boolean refusesImage() {
        return REFUSED_IMAGE.contains(status);
    }
}
